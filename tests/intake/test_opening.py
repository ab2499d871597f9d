"""Opening files: gzip, and what is no file of tickets."""

import gzip
import os
from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile


def _file(folder: Path, content: bytes) -> InputFile:
    path = folder / "calls.csv"
    path.write_bytes(content)
    return InputFile(path)


def _read(file: InputFile) -> bytes:
    with file.bytes() as stream:
        return stream.read()


def test_a_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, b"id\n1\n")) == b"id\n1\n"


def test_gzip_is_told_by_its_content(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, gzip.compress(b"id\n1\n"))) == b"id\n1\n"


def test_gzip_members_are_read_in_a_row(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, gzip.compress(b"a") + gzip.compress(b"b"))) == b"ab"


def test_gzip_that_breaks_off_is_told(tmp_path: Path) -> None:
    file = _file(tmp_path, gzip.compress(os.urandom(1000))[:-20])
    with pytest.raises(FileUnreadable, match="its gzip data has no end"):
        _read(file)


def test_gzip_that_is_damaged_is_told(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"id,subject\n" * 100))
    packed[15] ^= 0xFF
    with pytest.raises(FileUnreadable, match="is damaged"):
        _read(_file(tmp_path, bytes(packed)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b" \n\n", "is empty", id="blank lines"),
        pytest.param(gzip.compress(b""), "is empty", id="nothing packed"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG picture", id="picture"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "an Excel workbook", id="workbook"),
        pytest.param(bytes(range(256)) * 9, "bytes that are no text", id="every byte"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(FileUnreadable, match=what):
        _file(tmp_path, content).sample()


def test_one_nul_does_not_make_a_file_unreadable(tmp_path: Path) -> None:
    assert _file(tmp_path, b"id,subject\n1,a\x00b\n").sample()


def test_a_folder_is_no_ordinary_file(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="is no ordinary file"):
        InputFile(tmp_path)


def test_the_position_is_that_in_the_packed_file(tmp_path: Path) -> None:
    file = _file(tmp_path, gzip.compress(b"x" * 100_000))
    _read(file)
    assert file.position == file.size < 1000


def test_utf_16_that_breaks_off_is_told(tmp_path: Path) -> None:
    file = _file(tmp_path, "id\n1".encode("utf-16")[:-1])
    with pytest.raises(FileUnreadable, match="no UTF-16"), file.text("utf-16") as stream:
        stream.read()
