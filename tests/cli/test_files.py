"""The files that commands read and write themselves."""

import os
from pathlib import Path

import pytest

from kbsearch.cli.files import new_lines, read_lines
from kbsearch.errors import FileUnreadable, InputError


def test_lines_end_only_at_line_feeds(tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_bytes("\ufeffa\u2028b\x0bc\nd".encode())
    assert read_lines(path) == ["a\u2028b\x0bc", "d"]


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    path.write_bytes(b"fine\ncaf\xe9\n")
    with pytest.raises(FileUnreadable, match=r"queries\.tsv, line 2: is not UTF-8"):
        read_lines(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"gone\.tsv cannot be read \(No such file"):
        read_lines(tmp_path / "gone.tsv")


def test_a_file_is_replaced_when_all_its_lines_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    path.write_text("old\n")
    with new_lines(path) as lines:
        lines.append("new")
        assert path.read_text() == "old\n"
    assert path.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_stays_as_it_was_when_the_work_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.run"
    path.write_text("old\n")
    with pytest.raises(ZeroDivisionError), new_lines(path):
        1 / 0  # noqa: B018  # any failure
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"), new_lines(tmp_path / "no" / "a.run"):
        pytest.fail("the work began")


def test_a_device_is_written_to_and_not_replaced() -> None:
    with new_lines(Path(os.devnull)) as lines:
        lines.append("gone")
    assert Path(os.devnull).is_char_device()


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Is a directory"), new_lines(tmp_path):
        pytest.fail("the work began")
