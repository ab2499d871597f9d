"""The files that commands write themselves."""

import os
from pathlib import Path

import pytest

from kbsearch.errors import InputError
from kbsearch.text_files import new_lines


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
        _ = 1 / 0
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
