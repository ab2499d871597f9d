"""Where terms stand in a few documents."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.scoring.phrase_match import Located, beside, located
from kbsearch.inverted.positions import encode
from kbsearch.inverted.posting_lists import Hits

POSITIONS = st.lists(st.integers(0, 6) | st.integers(0, 300), max_size=5).map(sorted)
TERM = st.lists(POSITIONS, min_size=4, max_size=4)
"""Where one term stands in each of four documents."""


def hits(positions: list[list[int]]) -> Hits:
    rows = np.array([row for row, places in enumerate(positions) if places], np.intp)
    weights = np.array([len(positions[row]) for row in rows], np.float32)
    return Hits(rows, rows, weights)


def found(terms: list[list[list[int]]], documents: int = 4) -> list[Located]:
    codes = b"".join(encode(places) for term in terms for places in term if places)
    return located([*map(hits, terms)], np.frombuffer(codes, np.uint8), documents)


@given(st.lists(TERM, max_size=4))
def test_terms_that_are_decoded_together_stand_where_each_does(
    terms: list[list[list[int]]],
) -> None:
    for one, positions in zip(found(terms), terms, strict=True):
        assert one.weights.tolist() == [len(places) for places in positions]
        rows = [(row, place) for row, places in enumerate(positions) for place in places]
        assert [divmod(key, 1 << 32) for key in one.keys.tolist()] == rows


@given(st.lists(TERM, min_size=1, max_size=3))
def test_terms_stand_side_by_side_where_each_follows_the_one_before(
    terms: list[list[list[int]]],
) -> None:
    rows = [
        row
        for row in range(4)
        for start in terms[0][row]
        if all(start + step in term[row] for step, term in enumerate(terms))
    ]
    assert beside(found(terms)).tolist() == rows


def test_a_term_that_is_nowhere_has_no_weight_and_no_place() -> None:
    (one,) = found([[[], []]], 2)
    assert (one.weights.tolist(), one.keys.tolist()) == ([0.0, 0.0], [])
