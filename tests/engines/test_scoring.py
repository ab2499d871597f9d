"""Arrays score as plain Python does."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kbsearch.engines.base import Clause, Field, Filters, Phrase, Plan, Reading, ReadingKind
from kbsearch.engines.scoring import (
    NOTHING,
    SATURATION,
    Documents,
    Floats,
    Mask,
    Postings,
    best,
    idf,
    intersect,
    norms,
    saturate,
)
from kbsearch.engines.searching import Collection
from tests.engines.reference import Bag, Paper, scores

TERMS = ("ink", "jam", "net", "log")
WEIGHTS = st.sampled_from((0.2, 0.5, 0.8, 1.0, 1.3, 2.6, 7.0))


class PaperSegment:
    """Papers as arrays; see `searching.Segment`."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self.ids: NDArray[np.int64] = np.array([paper.ticket_id for paper in papers], np.int64)
        self.alive: Mask = np.array([paper.alive for paper in papers], np.bool_)

    def postings(self, field: Field, term: str) -> Postings:
        held = [
            (number, paper.bag[field, term])
            for number, paper in enumerate(self._papers)
            if (field, term) in paper.bag
        ]
        documents, weights = zip(*held, strict=True) if held else ((), ())
        return Postings(np.array(documents, np.int32), np.array(weights, np.float32))

    def lengths(self, field: Field) -> Floats:
        return np.array([paper.length(field) for paper in self._papers], np.float32)

    def holding(self, phrase: Phrase) -> Documents:
        held = [set(self.postings(Field.TEXT, term).documents.tolist()) for term in phrase.terms]
        return np.array(sorted(set.intersection(*held)), np.int32)

    def created(self) -> NDArray[np.int64]:
        return np.zeros(len(self._papers), np.int64)

    def passing(self, filters: Filters) -> Mask | None:
        return None if filters == Filters() else np.zeros(len(self._papers), np.bool_)


@st.composite
def papers(draw: st.DrawFn) -> list[Paper]:
    """Some tickets with random terms, some of them deleted."""
    bags = st.dictionaries(st.tuples(st.sampled_from(Field), st.sampled_from(TERMS)), WEIGHTS)
    drawn: list[tuple[bool, Bag]] = draw(st.lists(st.tuples(st.booleans(), bags), max_size=12))
    numbers = draw(st.permutations(range(len(drawn))))
    return [Paper(number, *one) for number, one in zip(numbers, drawn, strict=True)]


READINGS = st.builds(
    Reading,
    kind=st.just(ReadingKind.EXACT),
    terms=st.lists(st.sampled_from(TERMS), min_size=1, max_size=2, unique=True).map(tuple),
    weight=st.sampled_from((1.0, 0.9, 0.35)),
    word=st.just("word"),
    because=st.just(""),
    field=st.sampled_from(Field),
    apart=st.just(True),
)
CLAUSES = st.builds(Clause, st.just("word"), st.lists(READINGS, min_size=1, max_size=3).map(tuple))
PLANS = st.builds(Plan, st.lists(CLAUSES, min_size=1, max_size=3).map(tuple))


@given(papers(), st.integers(0, 12), PLANS)
def test_a_collection_scores_as_plain_python_does(held: list[Paper], cut: int, plan: Plan) -> None:
    collection = Collection([PaperSegment(held[:cut]), PaperSegment(held[cut:])])
    answer = collection.search(plan, limit=99)
    expected = scores(plan, held)
    assert {one.ticket_id: one.score for one in answer.scored} == pytest.approx(expected, rel=1e-5)
    assert answer.total == len(expected)
    order = [(-one.score, one.ticket_id) for one in answer.scored]
    assert order == sorted(order)


@given(papers(), PLANS)
def test_shares_add_up(held: list[Paper], plan: Plan) -> None:
    collection = Collection([PaperSegment(held)])
    for one in collection.search(plan, limit=99).scored:
        [share] = collection.shares(plan, [one.ticket_id]).values()
        assert sum(share) == pytest.approx(one.score, rel=1e-5)


@given(papers(), st.integers(0, 12))
def test_how_the_tickets_are_cut_into_segments_does_not_matter(held: list[Paper], cut: int) -> None:
    plan = Plan((Clause("jam", (Reading(ReadingKind.EXACT, ("jam",), 1.0, "jam", ""),)),))
    one = Collection([PaperSegment(held)]).search(plan, limit=99)
    two = Collection([PaperSegment(held[:cut]), PaperSegment(held[cut:])]).search(plan, limit=99)
    assert [s.ticket_id for s in one.scored] == [s.ticket_id for s in two.scored]


def test_no_segments_answer_nothing() -> None:
    assert Collection([]).search(Plan(()), limit=5).total == 0


@given(
    st.lists(st.sampled_from((0.5, 1.0, 1.5, 2.0)), max_size=30),
    st.integers(0, 40),
    st.randoms(use_true_random=False),
)
def test_the_best_come_first_and_ties_by_id(
    values: list[float], limit: int, chance: Random
) -> None:
    numbers = list(range(100, 100 + len(values)))
    chance.shuffle(numbers)
    expected = sorted(zip(values, numbers, strict=True), key=lambda one: (-one[0], one[1]))[:limit]
    ids, found = best(np.array(values, np.float32), np.array(numbers, np.int64), limit)
    assert list(zip(found.tolist(), ids.tolist(), strict=True)) == expected


def of(**weights: float) -> Postings:
    """Return postings from d1=2.0, d5=1.0."""
    documents = np.array([int(name[1:]) for name in weights], np.int32)
    return Postings(documents, np.array(list(weights.values()), np.float32))


def test_terms_that_stand_together_weigh_as_the_least_of_them() -> None:
    documents, weights = intersect([of(d1=2.0, d3=1.0, d5=4.0), of(d1=3.0, d4=1.0, d5=0.5)])
    assert (documents.tolist(), weights.tolist()) == ([1, 5], [2.0, 0.5])


def test_terms_that_never_stand_together_give_nothing() -> None:
    assert intersect([of(d1=1.0), of(d2=1.0)]).documents.size == 0
    assert intersect([of(d1=1.0), NOTHING]).documents.size == 0


@given(st.integers(1, 10**6), st.data())
def test_an_idf_is_never_negative(documents: int, data: st.DataObject) -> None:
    matching = data.draw(st.integers(0, documents))
    assert idf(documents, matching) > 0


@pytest.mark.parametrize("field", Field)
def test_a_term_gives_more_in_a_shorter_text_and_never_more_than_its_bound(field: Field) -> None:
    saturation = SATURATION[field]
    beneath = norms(np.array([5.0, 50.0], np.float32), 20.0, saturation)
    short, long = saturate(of(d0=3.0, d1=3.0), beneath, saturation.k1)
    assert 0 < long < short < saturation.k1 + 1
