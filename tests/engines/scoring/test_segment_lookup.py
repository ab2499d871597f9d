"""What a plan asks of the segments, it asks once."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.plan import Phrase, Plan
from kbsearch.engines.scoring.collection import Collection
from kbsearch.engines.scoring.segment_lookup import QueryPostings, SegmentRange
from kbsearch.inverted.field import Field
from tests.engines.desk import clause, phrase, reading
from tests.engines.reference import Paper
from tests.engines.reference_docs import TERMS, PaperSegment, paper, papers, segments


def test_what_is_deleted_is_not_counted() -> None:
    dead, kept = paper(1, "jam", alive=False), paper(2, "jam")
    collection = Collection([PaperSegment([dead, kept]), PaperSegment([paper(3, "jam")])])
    assert collection.documents == collection.counts([phrase("jam")])[0] == 2


def test_a_phrase_is_looked_for_but_once() -> None:
    both, one = PaperSegment([paper(1, "paper", "jam")]), PaperSegment([paper(2, "jam")])
    together = clause(reading("jam"), reading("paper", "jam"))
    plan = Plan((together, together), required=(phrase("paper jam"),))
    Collection([both, one]).search(plan, limit=9)
    assert both.asked == one.asked == [phrase("paper jam")]


@given(papers(), st.integers(0, 24), st.sampled_from(list(permutations(TERMS, 2))), st.data())
def test_a_pair_is_held_where_its_terms_stand_side_by_side(
    held: list[Paper], cut: int, terms: tuple[str, ...], data: st.DataObject
) -> None:
    lookups, texts = QueryPostings(cut_in_two(held, cut)), Phrase(terms)
    among = sorted(data.draw(st.sets(st.integers(0, max(len(held) - 1, 0))))) if held else []
    found = lookups.together([texts], np.array(among, np.intp))[:, 0].tolist()
    least = [
        min(held[number].bag[Field.TEXT, term] for term in terms)
        if held[number].has(texts)
        else 0.0
        for number in among
    ]
    assert found == pytest.approx(least, rel=1e-6)
    standing = {number for number, weight in zip(among, found, strict=True) if weight}
    assert standing == {*among} & {*lookups.holding(texts).tolist()}


@given(papers(), st.integers(0, 24))
def test_the_documents_of_a_term_are_those_that_hold_it(held: list[Paper], cut: int) -> None:
    expected = [number for number, one in enumerate(held) if (Field.TEXT, "jam") in one.bag]
    found = QueryPostings(cut_in_two(held, cut)).postings("jam").read()
    assert found.documents.tolist() == expected


def cut_in_two(held: list[Paper], cut: int) -> list[SegmentRange]:
    """Return the papers as the parts of a collection."""
    first, second = segments(held, min(cut, len(held)))
    filled = [
        SegmentRange(first, 0, int(first.alive.sum())),
        SegmentRange(second, first.ids.size, int(second.alive.sum())),
    ]
    return [part for part in filled if part.segment.ids.size]
