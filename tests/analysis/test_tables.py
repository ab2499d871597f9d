"""Tables are read as they stand."""

from pathlib import Path

import pytest

from kbsearch.analysis.tables import read_table


def test_the_header_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("word\tnote\nthe\t-\nécran\t-\n", "utf-8")
    assert read_table(path) == (("the", "-"), ("écran", "-"))


def test_a_row_of_another_width_is_named(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("word\tnote\nthe\t-\nmy\n", "utf-8")
    with pytest.raises(ValueError, match=r"^words.tsv, line 3: 1 columns, expected 2$"):
        read_table(path)
