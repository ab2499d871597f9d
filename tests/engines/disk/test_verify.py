"""Whatever is damaged in an index is told, and what is left of it answers."""

import os
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.messages.message import render
from kbsearch.records.history import Mark
from tests.engines.desk import Listed, asking, ids, listing, saved, ticket
from tests.sentences import sentences

VIEW = View.INTERNAL


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def one(folder: Path, pattern: str) -> Path:
    """Return the one file of that kind."""
    [path] = (folder / "segments").glob(pattern)
    return path


@pytest.mark.parametrize("pattern", ["*.arrays", "*.lexicon"])
def test_a_truncated_file_is_named(engine: WhooshEngine, folder: Path, pattern: str) -> None:
    path = one(folder, pattern)
    cut(path)
    [found] = engine.verify(VIEW)
    assert render(found).startswith(f"{path} has lost its end")


@pytest.mark.parametrize("pattern", ["*.arrays", "*.lexicon"])
def test_a_lost_file_is_named(engine: WhooshEngine, folder: Path, pattern: str) -> None:
    path = one(folder, pattern)
    path.unlink()
    assert sentences(engine.verify(VIEW)) == (f"{path} is gone",)


def test_a_sound_index_has_nothing_to_tell(engine: WhooshEngine) -> None:
    engine.apply(VIEW, saved(ticket(3, "one more")), after=0, mark=Mark(11))
    assert engine.verify(VIEW) == []
    assert engine.snapshot(VIEW).state.damage == ()


def test_without_a_spare_the_sound_segments_answer(
    engine: WhooshEngine, root: Path, folder: Path
) -> None:
    built = one(folder, "*.arrays")
    engine.apply(VIEW, saved(ticket(3, "the printer again")), after=0, mark=Mark(11))
    cut(built)
    left = WhooshEngine(root).snapshot(VIEW)
    assert ids(left.search(asking("printer"), limit=9)) == [3]
    assert left.state.partial
    assert str(built) in render(left.state.damage[0])


def test_the_spare_answers_for_a_damaged_index(
    engine: WhooshEngine, root: Path, folder: Path
) -> None:
    before = set((folder / "segments").glob("*.arrays"))
    engine.rebuild(VIEW, Listed([ticket(9, "zeppelin")], 20))
    [new] = set((folder / "segments").glob("*.arrays")) - before
    cut(new)
    spare = WhooshEngine(root).snapshot(VIEW)
    assert ids(spare.search(listing(), limit=9)) == [1, 2]
    assert (spare.state.watermark, spare.state.partial) == (10, False)
    assert str(new) in render(spare.state.damage[0])


def test_changes_are_added_to_what_is_left(engine: WhooshEngine, root: Path, folder: Path) -> None:
    cut(one(folder, "*.arrays"))
    other = WhooshEngine(root)
    state = other.apply(VIEW, saved(ticket(3, "the printer again")), after=0, mark=Mark(11))
    assert (state.tickets, state.partial, state.damage) == (1, True, ())
    assert other.verify(VIEW) == []
