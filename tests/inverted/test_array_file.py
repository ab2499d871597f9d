"""Named arrays in one file."""

from typing import Any

import numpy as np
import pytest

from kbsearch.inverted.array_file import ArrayFile, ArrayFileDamaged, laid_out


def written(**arrays: Any) -> bytes:
    return b"".join(laid_out(arrays))


def test_arrays_come_back_as_they_were() -> None:
    wide = np.array([1, 2**40], np.int64)
    file = ArrayFile(written(wide=wide, letters=b"abc", none=np.empty(0, np.float32)))
    assert file.names == ("wide", "letters", "none")
    assert file.array("wide").tolist() == [1, 2**40]
    assert bytes(file.bytes("letters")) == b"abc"
    assert file.array("none").size == 0


def test_every_array_begins_where_the_processor_likes_it() -> None:
    whole = written(one=b"x", two=np.ones(3, np.uint16), three=np.ones(5, np.int64))
    base, file = np.frombuffer(whole, np.uint8).ctypes.data, ArrayFile(whole)
    assert [(file.array(name).ctypes.data - base) % 64 for name in file.names] == [0, 0, 0]


def test_an_array_is_a_view_that_cannot_be_written() -> None:
    array = ArrayFile(written(one=np.ones(3, np.int32))).array("one")
    assert not array.flags.owndata
    assert not array.flags.writeable


def test_big_endian_arrays_are_turned_round() -> None:
    file = ArrayFile(written(one=np.array([1, 2], ">u4")))
    assert file.array("one").tolist() == [1, 2]


@pytest.mark.parametrize("array", [np.ones((2, 2), np.int32), np.array(["a"]), np.array([None])])
def test_what_is_no_row_of_numbers_is_refused(array: object) -> None:
    with pytest.raises(ValueError, match="wrong"):
        written(wrong=array)


@pytest.mark.parametrize("kept", [0, 8, 20, -1, -24])
def test_a_file_that_lost_its_end_is_told(kept: int) -> None:
    whole = written(one=np.arange(100, dtype=np.int64))
    with pytest.raises(ArrayFileDamaged):
        ArrayFile(whole[:kept])


def test_an_array_that_is_not_there_is_told() -> None:
    with pytest.raises(ArrayFileDamaged, match="no two"):
        ArrayFile(written(one=b"x")).array("two")
