"""Where terms stand in a few documents."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.located import Coded, beside, located
from kbsearch.engines.positions import encode
from kbsearch.engines.postings import Hits

POSITIONS = st.lists(st.integers(0, 6) | st.integers(0, 300), max_size=5).map(sorted)
TERM = st.lists(POSITIONS, min_size=4, max_size=4)
"""Where one term stands in each of four documents."""


def coded(positions: list[list[int]]) -> Coded:
    rows = np.array([row for row, places in enumerate(positions) if places], np.intp)
    codes = b"".join(encode(places) for places in positions if places)
    weights = np.array([len(positions[row]) for row in rows], np.float32)
    return Coded(Hits(rows, rows, weights), np.frombuffer(codes, np.uint8))


@given(st.lists(TERM, max_size=4))
def test_terms_that_are_decoded_together_stand_where_each_does(
    terms: list[list[list[int]]],
) -> None:
    for found, positions in zip(located([*map(coded, terms)], 4), terms, strict=True):
        assert found.weights.tolist() == [len(places) for places in positions]
        rows = [(row, place) for row, places in enumerate(positions) for place in places]
        assert [divmod(key, 1 << 32) for key in found.keys.tolist()] == rows


@given(st.lists(TERM, min_size=1, max_size=3))
def test_terms_stand_side_by_side_where_each_follows_the_one_before(
    terms: list[list[list[int]]],
) -> None:
    rows = [
        row
        for row in range(4)
        if any(
            all(start + step in term[row] for step, term in enumerate(terms))
            for start in terms[0][row]
        )
    ]
    assert beside(located([*map(coded, terms)], 4)).tolist() == rows


def test_a_term_that_is_nowhere_has_no_weight_and_no_place() -> None:
    (found,) = located([coded([[], []])], 2)
    assert (found.weights.tolist(), found.keys.tolist()) == ([0.0, 0.0], [])
