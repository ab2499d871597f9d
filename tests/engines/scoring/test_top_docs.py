"""The documents that may stand in an answer, and what each word gave to them."""

import numpy as np
import pytest

from kbsearch.engines.plan import Clause, Phrase, Plan
from kbsearch.engines.scoring.adjacency import PairGains
from kbsearch.engines.scoring.bm25 import Saturated, WeightedPostings
from kbsearch.engines.scoring.top_docs import CandidateDocs
from kbsearch.inverted.posting_lists import Postings

NORMS = np.full(9, 0.5, np.float32)


def weighted(worth: float, **held: float) -> WeightedPostings:
    """Return a reading that d1=2.0, d5=1.0 hold."""
    numbers = np.array([int(name[1:]) for name in held], np.intp)
    postings = Postings(numbers, np.array([*held.values()], np.float32))
    return WeightedPostings(Saturated(postings, NORMS), worth)


def given_by(reading: WeightedPostings) -> dict[int, float]:
    documents, weights = reading.postings.read()
    return dict(zip(documents.tolist(), (weights * reading.worth).tolist(), strict=True))


FIRST, LIKELIER, SECOND = weighted(2.0, d1=1.0, d4=3.0), weighted(3.0, d4=1.0), weighted(1.0, d1=1)
WORDS = {0: [FIRST, LIKELIER], 2: [SECOND]}


JAM, INK = Phrase(("paper", "jam")), Phrase(("red", "ink"))
PLAN = Plan(tuple(Clause(word, ()) for word in ("paper", "red", "jam")), pairs=(INK,))


def of(*numbers: int) -> CandidateDocs:
    documents = np.array(numbers, np.intp)
    return CandidateDocs(PLAN, documents, np.zeros(len(numbers), np.float32), WORDS)


def test_the_best_reading_of_each_word_counts_in_whatever_order_the_documents_are() -> None:
    shares = of(4, 7, 1).shares(np.array([0, 1, 2]))
    best = max(given_by(FIRST)[4], given_by(LIKELIER)[4])
    assert shares.tolist() == [
        [pytest.approx(best), 0, 0],
        [0, 0, 0],
        [pytest.approx(given_by(FIRST)[1]), 0, pytest.approx(given_by(SECOND)[1])],
    ]


def test_documents_score_the_sum_of_their_shares() -> None:
    ranked = of(1, 8)
    ranked.rescore()
    expected = given_by(FIRST)[1] + given_by(SECOND)[1]
    assert ranked.scores.tolist() == [pytest.approx(expected), 0]


def test_a_related_word_counts_where_it_gives_more_than_the_readings() -> None:
    ranked = of(4, 1, 7)
    ranked.relate({2: [weighted(9.0, d1=1.0, d4=1.0, d7=1.0)]})
    gained = given_by(weighted(9.0, d1=1.0))[1]
    shares = ranked.shares(np.array([0, 1, 2]))
    assert shares[:, 2].tolist() == [pytest.approx(gained)] * 3
    assert ranked.scores.tolist() == [pytest.approx(one) for one in shares.sum(axis=1).tolist()]


def test_what_relates_nothing_leaves_the_scores_as_they_are() -> None:
    ranked = of(4, 1)
    ranked.relate({})
    assert ranked.scores.tolist() == [0, 0]


def test_the_pairs_of_the_plan_count_and_those_of_another_do_not() -> None:
    ranked = of(4, 1)
    given = np.array([[5.0, 0.0], [6.0, 0.25], [7.0, 2.0]], np.float32)
    ranked.pair(PairGains(np.array([1, 3, 4], np.intp), {JAM: 0, INK: 1}, given))
    assert ranked.together.tolist() == [[2.0], [0.0]]
    assert ranked.scores.tolist() == [2.0, 0.0]


def test_the_first_are_the_best() -> None:
    ranked = CandidateDocs(PLAN, np.arange(5), np.array([3, 9, 5, 7, 1], np.float32), WORDS)
    tickets = np.arange(5, dtype=np.int64)
    assert ranked.first(tickets, 3).tolist() == [1, 3, 2]
    assert ranked.first(tickets, 9).tolist() == [1, 3, 2, 0, 4]
