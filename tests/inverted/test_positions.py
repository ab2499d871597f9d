"""The places of terms and their coding."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.inverted.positions import (
    LAST_POSITION,
    STEP,
    decode,
    decode_all,
    encode,
    encode_all,
    picked,
    picked_from_runs,
    steps,
)

postings = st.lists(st.integers(0, LAST_POSITION) | st.integers(0, 200), min_size=1).map(sorted)


def coded(*found: list[int]) -> np.ndarray:
    return np.frombuffer(b"".join(map(encode, found)), np.uint8)


def flat(found: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    starts = np.cumsum([0, *map(len, found)])
    return np.array([place for posting in found for place in posting], np.int64), starts


@given(postings)
def test_a_posting_comes_back_as_it_was(posting: list[int]) -> None:
    assert decode(encode(posting)) == posting


@given(st.lists(postings))
def test_many_postings_are_coded_as_each_is_alone(found: list[list[int]]) -> None:
    places, starts = encode_all(*flat(found))
    alone = [encode(posting) for posting in found]
    assert places.tobytes() == b"".join(alone)
    assert np.diff(starts).tolist() == [len(code) for code in alone]


@given(st.lists(postings))
def test_many_postings_come_back_as_they_were(found: list[list[int]]) -> None:
    positions, starts = decode_all(coded(*found))
    expected = flat(found)
    assert (positions.tolist(), starts.tolist()) == (expected[0].tolist(), expected[1].tolist())


@given(st.lists(postings), st.data())
def test_chosen_postings_come_back_alone(found: list[list[int]], data: st.DataObject) -> None:
    chosen = [number for number in range(len(found)) if data.draw(st.booleans())]
    positions, starts = decode_all(picked(coded(*found), np.array(chosen, np.int32)))
    expected = flat([found[number] for number in chosen])
    assert (positions.tolist(), starts.tolist()) == (expected[0].tolist(), expected[1].tolist())


@given(st.lists(postings, min_size=1, max_size=9), st.integers(1, 40), st.data())
def test_postings_are_picked_from_a_long_list_as_from_a_short_one(
    some: list[list[int]], often: int, data: st.DataObject
) -> None:
    codes = coded(*some * often)
    numbers = st.sets(st.integers(0, len(some) * often - 1), max_size=20)
    chosen = np.array(sorted(data.draw(numbers)), np.intp)
    begins = steps(codes)
    runs = begins[chosen // STEP], begins[chosen // STEP + 1]
    found = picked_from_runs(codes, *runs, chosen % STEP)
    assert found.tobytes() == picked(codes, chosen).tobytes()
    assert found.tobytes() == b"".join(encode(some[number % len(some)]) for number in chosen)


@pytest.mark.parametrize("number", [0, 63, 64, 8191, 8192, 2**20 - 1, 2**20, LAST_POSITION])
def test_a_number_takes_a_byte_more_from_6_and_13_and_20_bits_on(number: int) -> None:
    size = 1 + sum(number >= 2**bits for bits in (6, 13, 20))
    assert len(encode([number])) == size
    assert encode_all(np.array([number]), np.array([0, 1])).places.size == size


def test_what_stands_too_far_behind_is_kept_at_the_last_position() -> None:
    far = [5, LAST_POSITION + 1, 2**40]
    kept = [5, LAST_POSITION, LAST_POSITION]
    assert decode(encode(far)) == kept
    assert decode_all(encode_all(*flat([far])).places).positions.tolist() == kept
