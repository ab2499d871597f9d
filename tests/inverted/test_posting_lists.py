"""Postings give the same answers however they are packed and joined."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.inverted.posting_lists import (
    BLOCK,
    NOTHING,
    DensePostings,
    Documents,
    JoinedPostings,
    PackedPostings,
    PostingList,
    PostingRun,
    Postings,
    intersect,
)

SIZE = 80
NUMBERS = st.sets(st.integers(0, SIZE - 1)).map(sorted)


def of(**weights: float) -> Postings:
    """Return postings from d1=2.0, d5=1.0."""
    return plain({int(name[1:]): weight for name, weight in weights.items()})


def plain(held: dict[int, float]) -> Postings:
    weights = np.array([held[number] for number in sorted(held)], np.float32)
    return Postings(np.array(sorted(held), np.intp), weights)


def dense(held: dict[int, float]) -> DensePostings:
    bits = np.zeros(max(held, default=0) + 1, np.bool_)
    bits[list(held)] = True
    tenths = [round(held[number] * 10) for number in sorted(held)]
    return DensePostings(np.packbits(bits, bitorder="little"), np.array(tenths, np.uint8))


def joined(held: dict[int, float]) -> JoinedPostings:
    """Return postings of three segments: one is plain, one dense, one without the term."""
    cut = SIZE // 3
    first = plain({number: weight for number, weight in held.items() if number < cut})
    second = dense({number - cut: weight for number, weight in held.items() if number >= cut})
    return JoinedPostings(
        [PostingRun(0, cut, first), PostingRun(cut, SIZE, second), PostingRun(SIZE, SIZE, NOTHING)]
    )


def packed(held: dict[int, float]) -> PackedPostings:
    """Return postings of three blocks, of which the one in the middle is empty."""
    numbers = sorted(held)
    edges = np.array([0, BLOCK, 2 * BLOCK, 3 * BLOCK])
    cuts = np.searchsorted(numbers, edges).tolist()
    tenths = np.array([round(held[number] * 10) for number in numbers], np.uint8)
    return PackedPostings(np.array(numbers, np.intp).astype(np.uint16), cuts, tenths)


def listed(postings: Postings) -> list[tuple[int, float]]:
    return list(zip(postings.documents.tolist(), postings.weights.tolist(), strict=True))


HELD = st.dictionaries(st.integers(0, SIZE - 1), st.sampled_from((0.1, 0.5, 1.3, 25.5)))
KINDS = st.sampled_from((plain, dense, joined))


@given(HELD, KINDS, NUMBERS)
def test_however_they_lie_the_same_is_read(
    held: dict[int, float], kind: Callable[[dict[int, float]], PostingList], wanted: list[int]
) -> None:
    postings = kind(held)
    expected = plain(held)
    documents: Documents = np.array(wanted, np.intp)
    mask = np.isin(np.arange(SIZE), wanted)
    assert postings.size == len(held)
    assert listed(postings.read()) == listed(expected)
    hits = postings.find(documents)
    assert documents[hits.rows].tolist() == postings.at(hits.numbers).tolist()
    assert dict(listed(Postings(documents[hits.rows], hits.weights))) == {
        number: weight for number, weight in listed(expected) if number in wanted
    }
    assert postings.at(np.arange(len(held))).tolist() == expected.documents.tolist()
    assert postings.count(mask) == len(set(held) & set(wanted))
    postings.mark(mask)
    assert np.flatnonzero(mask).tolist() == sorted({*held, *wanted})


@given(HELD, NUMBERS)
def test_packed_postings_are_read_across_their_blocks(
    held: dict[int, float], wanted: list[int]
) -> None:
    far = {number + 2 * BLOCK * (number % 2): weight for number, weight in held.items()}
    asked = sorted(number + 2 * BLOCK * (number % 2) for number in wanted)
    postings, mask = packed(far), np.zeros(3 * BLOCK, np.bool_)
    assert dict(listed(postings.read())) == pytest.approx(far)
    hits = postings.find(np.array(asked, np.intp))
    assert hits.rows.tolist() == [row for row, number in enumerate(asked) if number in far]
    assert hits.weights.tolist() == [
        pytest.approx(far[number]) for number in asked if number in far
    ]
    places = np.arange(0, len(far), 2)
    assert postings.at(places).tolist() == sorted(far)[::2]
    assert postings.find(np.array(sorted(far), np.intp)).numbers.tolist() == [*range(len(far))]
    postings.mark(mask)
    assert np.flatnonzero(mask).tolist() == sorted(far)
    assert postings.count(mask) == postings.size == len(far)


def test_terms_that_stand_together_weigh_as_the_least_of_them() -> None:
    documents, weights = intersect([of(d1=2.0, d3=1.0, d5=4.0), of(d1=3.0, d4=1.0, d5=0.5)])
    assert (documents.tolist(), weights.tolist()) == ([1, 5], [2.0, 0.5])


def test_terms_that_never_stand_together_give_nothing() -> None:
    assert intersect([of(d1=1.0), of(d2=1.0)]).size == 0
    assert intersect([of(d1=1.0), NOTHING]).size == 0
    assert intersect([]).size == 0
