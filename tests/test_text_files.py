"""Files of text."""

from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.text_files import read_lines


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
