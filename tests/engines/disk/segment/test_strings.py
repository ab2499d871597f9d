"""Tables of byte strings."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.disk.segment.strings import (
    HashedStrings,
    Strings,
    hashed_string_arrays,
    narrow,
    string_arrays,
)
from kbsearch.inverted.array_file import Array, ArrayFile, ArrayFileDamaged, laid_out

STRINGS = st.sets(st.binary(max_size=12)).map(sorted)


def file_of(arrays: Mapping[str, Array | bytes]) -> ArrayFile:
    """Return arrays as they are read."""
    return ArrayFile(b"".join(laid_out(arrays)))


def hashed(strings: list[bytes]) -> HashedStrings:
    """Return a table of these strings, which ascend."""
    return HashedStrings(file_of(hashed_string_arrays("term", "text", strings)), "term", "text")


@given(STRINGS, st.binary(max_size=12))
def test_every_string_is_found_and_no_other(strings: list[bytes], other: bytes) -> None:
    table = hashed(strings)
    assert list(table) == strings
    assert [table.find(string) for string in strings] == list(range(len(strings)))
    assert table.find(other) == (strings.index(other) if other in strings else -1)


@given(STRINGS, st.binary(max_size=12))
def test_strings_in_order_are_found_by_halving(strings: list[bytes], other: bytes) -> None:
    table = Strings(file_of(string_arrays("value", "tags", strings)), "value", "tags")
    assert table.find(other) == (strings.index(other) if other in strings else -1)


@given(STRINGS, st.binary(min_size=1, max_size=3))
def test_strings_are_found_by_their_ends(strings: list[bytes], suffix: bytes) -> None:
    expected = [number for number, one in enumerate(strings) if one.endswith(suffix)]
    assert hashed(strings).ending(suffix) == expected


def test_strings_that_share_a_bucket_are_told_apart() -> None:
    strings = sorted(b"%d" % number for number in range(5000))
    table = hashed(strings)
    assert all(table.find(string) == number for number, string in enumerate(strings))
    assert [table.find(b"%d" % number) for number in range(5000, 9000)] == [-1] * 4000


@pytest.mark.parametrize("bounds", [(1, 0), (0, 5), (9, 1 << 31)], ids=str)
def test_slots_that_lie_outside_are_damage(bounds: tuple[int, int]) -> None:
    arrays = hashed_string_arrays("term", "text", [b"a", b"b"])
    arrays["term_buckets/text"] = np.array(bounds, np.uint32)
    table = HashedStrings(file_of(arrays), "term", "text")
    with pytest.raises(ArrayFileDamaged, match="outside"):
        table.find(b"a")


def test_more_than_32_bits_can_tell_is_refused() -> None:
    with pytest.raises(ValueError, match="4294967296 entries are too many"):
        narrow(np.array([0, 1 << 32]))
