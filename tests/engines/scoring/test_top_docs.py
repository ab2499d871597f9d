"""The documents that may stand in an answer, and what each word gave to them."""

import numpy as np
import pytest

from kbsearch.engines.plan import Clause, Phrase, Plan
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


PAIRS = Phrase(("paper", "jam")), Phrase(("red", "ink"))
PLAN = Plan(tuple(Clause(word, ()) for word in ("paper", "red", "jam")), pairs=PAIRS)


def of(*numbers: int) -> CandidateDocs:
    return CandidateDocs(PLAN, np.array(numbers, np.intp), WORDS)


def test_the_best_reading_of_each_word_counts() -> None:
    best = max(given_by(FIRST)[4], given_by(LIKELIER)[4])
    assert of(1, 4, 7).shares.tolist() == [
        [pytest.approx(given_by(FIRST)[1]), 0, pytest.approx(given_by(SECOND)[1])],
        [pytest.approx(best), 0, 0],
        [0, 0, 0],
    ]


def test_documents_score_the_sum_of_their_shares() -> None:
    expected = given_by(FIRST)[1] + given_by(SECOND)[1]
    assert of(1, 8).scores.tolist() == [pytest.approx(expected), 0]


def test_pairs_count_in_the_documents_that_are_named() -> None:
    found = of(1, 4, 7, 8)
    before = found.scores.tolist()
    found.pair(np.array([4, 8], np.intp), np.array([[0.5, 0.25], [0.0, 2.0]], np.float32))
    assert found.together.tolist() == [[0, 0], [0.5, 0.25], [0, 0], [0, 2]]
    assert found.scores.tolist() == [before[0], before[1] + 0.75, before[2], before[3] + 2]


def test_documents_are_named_by_their_places() -> None:
    assert of(1, 4, 7).places(np.array([7, 1])).tolist() == [2, 0]
