"""Whatever is wrong with an index is said in a sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.engines.whoosh.folder import IndexFolder
from kbsearch.errors import IndexDamaged
from tests.engines.desk import asking, saved, ticket

VIEW = View.INTERNAL


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def one(build: Path, pattern: str) -> Path:
    """Return the one file of that kind."""
    [path] = build.glob(pattern)
    return path


@pytest.mark.parametrize("pattern", ["MAIN_*.trm", "_MAIN_*.toc", "words.tsv"])
def test_a_truncated_file_is_named(
    engine: WhooshEngine, folder: IndexFolder, root: Path, pattern: str
) -> None:
    path = one(folder.current(), pattern)
    cut(path)
    [sentence] = engine.verify(VIEW)
    assert sentence.startswith(f"{path} has lost its end")
    with pytest.raises(IndexDamaged, match=r"has lost its end .*; run: kbsearch reindex$"):
        WhooshEngine(root).search(VIEW, asking("printer"), limit=1)


@pytest.mark.parametrize("pattern", ["MAIN_*.trm", "_MAIN_*.toc", "words.tsv"])
def test_a_lost_file_is_told(
    engine: WhooshEngine, folder: IndexFolder, root: Path, pattern: str
) -> None:
    one(folder.current(), pattern).unlink()
    assert len(engine.verify(VIEW)) == 1
    with pytest.raises(IndexDamaged, match=r"has lost files of its index; run: kbsearch reindex$"):
        WhooshEngine(root).search(VIEW, asking("printer"), limit=1)


@pytest.mark.parametrize(
    ("name", "text"),
    [("manifest.json", "{"), ("words.tsv", "a word without its sounds\n" * 50)],
)
def test_a_file_of_ours_that_cannot_be_read_is_named(
    engine: WhooshEngine, folder: IndexFolder, root: Path, name: str, text: str
) -> None:
    (folder.current() / name).write_text(text, "utf-8")
    [sentence] = engine.verify(VIEW)
    assert name in sentence
    with pytest.raises(IndexDamaged, match=name):
        WhooshEngine(root).search(VIEW, asking("printer"), limit=1)


def test_a_damaged_pointer_is_told(engine: WhooshEngine, folder: IndexFolder) -> None:
    (folder.path / "CURRENT").write_text("nothing", "utf-8")
    asked: list[Callable[[], object]] = [
        lambda: engine.search(VIEW, asking("printer"), limit=1),
        lambda: engine.apply(VIEW, saved(ticket(3, "more")), watermark=99),
        lambda: engine.state(VIEW),
        lambda: engine.verify(VIEW),
    ]
    for ask in asked:
        with pytest.raises(IndexDamaged, match="CURRENT names no index"):
            ask()


def test_a_wrong_count_is_told(engine: WhooshEngine, folder: IndexFolder) -> None:
    path = folder.current() / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"tickets": 2', '"tickets": 5'), "utf-8")
    [sentence] = engine.verify(VIEW)
    assert "says 5 tickets, holds 2" in sentence


def test_a_rebuild_mends_it(engine: WhooshEngine, folder: IndexFolder) -> None:
    cut(one(folder.current(), "MAIN_*.trm"))
    engine.rebuild(VIEW, [ticket(1, "The printer jams")], watermark=11)
    assert engine.verify(VIEW) == []
    assert engine.search(VIEW, asking("printer"), limit=1).total == 1


@pytest.mark.parametrize("column", ["number", "product", "tags"])
def test_a_lost_column_is_not_made_up(
    engine: WhooshEngine, folder: IndexFolder, root: Path, column: str
) -> None:
    one(folder.current(), f"MAIN_*.{column}.col").unlink()
    with pytest.raises(IndexDamaged, match=f"lost its column {column}; run: kbsearch reindex"):
        WhooshEngine(root).search(VIEW, asking("printer"), limit=1)
    assert any(column in sentence for sentence in engine.verify(VIEW))
