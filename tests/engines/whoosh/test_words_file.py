"""The words of a build come back from their files as they went in."""

from collections import Counter
from pathlib import Path

import pytest

from kbsearch.analysis.sounds import sounds
from kbsearch.engines.whoosh.words_file import append_words, read_words, write_words
from kbsearch.engines.words import WordRow
from kbsearch.errors import IndexDamaged


def test_words_come_back(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    write_words(path, Counter({"printer": 3, "почта": 1, "صلى الله": 2}))
    append_words(path, Counter({"printer": 1}))
    assert [(row.word, row.count) for row in read_words(path)] == [
        ("printer", 3),
        ("почта", 1),
        ("صلى الله", 2),
        ("printer", 1),
    ]
    assert next(read_words(path)) == WordRow("printer", 3, sounds("printer"))


def test_a_growing_file_need_not_be_there_yet(tmp_path: Path) -> None:
    assert list(read_words(tmp_path / "words-added.tsv", growing=True)) == []


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_line_that_a_crash_left_unfinished_is_dropped(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "words-added.tsv"
    append_words(path, Counter({"printer": 3, "tray": 1}))
    path.write_bytes(path.read_bytes()[:-cut])
    assert [row.word for row in read_words(path, growing=True)] == ["printer"]
    append_words(path, Counter({"toner": 1}))
    assert [row.word for row in read_words(path, growing=True)] == ["printer", "toner"]


@pytest.mark.parametrize(
    "line", ["printer", "printer\tmany\tA\tB\tC\tD", "printer\t3\tA", "printer\t3\tA\tB\tC\tD\tE"]
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "words.tsv"
    write_words(path, Counter({"tray": 1}))
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(IndexDamaged, match=r"words\.tsv, line 2 cannot be read; run: kbsearch re"):
        list(read_words(path))
