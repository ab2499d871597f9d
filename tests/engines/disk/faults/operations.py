"""What is done to an index while a fault strikes. Its files hold noise: nobody reads them here."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

from kbsearch.engines.disk.generations.committing import StagedFiles
from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Content, SegmentEntry
from kbsearch.engines.disk.generations.opened import GenerationReader
from kbsearch.engines.disk.generations.pool import new_id
from kbsearch.errors import IndexDamaged, IndexMissing
from tests.engines.disk.faults.looking import Wrong, generations, held, leftovers
from tests.engines.disk.faults.watched import QuickDisk

DOCUMENTS = 300


class Operation(NamedTuple):
    """A change of an index: what it is called, what is there before, and what it does.

    go_on  goes on after a fault, without any step that somebody would have to think of; raises
           Wrong, or a KbsearchError, if anything was lost.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path, Disk], None]
    go_on: Callable[[Path], None]


def noise(seed: int, size: int = 5_000) -> list[bytes]:
    """Return the pieces of a file."""
    return [np.random.default_rng(seed).bytes(size), b"the end"]


def reindex(root: Path, disk: Disk) -> None:
    """Build two segments and a lexicon aside, and make them the generation."""
    index = generations(root, disk)
    with index.building() as building:
        watermark = 1 + _watermark(index)
        segments = tuple(segment(building, watermark + n) for n in (1, 2))
        lexicon = building.add(f"{new_id()}.lex", noise(watermark))
        with index.writing() as writing:
            writing.supersede(Content(segments, lexicon, 2 * DOCUMENTS, watermark, "analysis"))


def add(root: Path, disk: Disk) -> None:
    """Add a segment, and delete a document of the first."""
    index = generations(root, disk)
    with index.writing() as writing:
        opened = index.open()
        new = segment(writing, opened.manifest.content.watermark)
        first, *others = opened.manifest.content.segments
        deleted = np.union1d(opened.segments[0].deleted, [7]).astype(np.uint32)
        first = replace(first, deleted=writing.add_deletions(first.id, deleted))
        writing.extend(opened, grown(opened, [first, *others, new]))


def delete_many(root: Path, disk: Disk) -> None:
    """Delete more documents than stand in a manifest."""
    index = generations(root, disk)
    with index.writing() as writing:
        opened = index.open()
        first, *others = opened.manifest.content.segments
        deleted = np.arange(200, dtype=np.uint32)
        first = replace(first, deleted=writing.add_deletions(first.id, deleted))
        writing.extend(opened, grown(opened, [first, *others]))


def merge(root: Path, disk: Disk) -> None:
    """Make one segment of all, aside, and put it in their place."""
    index = generations(root, disk)
    with index.building() as building:
        merged = segment(building, 1)
        with index.writing() as writing:
            opened = index.open()
            writing.extend(opened, grown(opened, [merged]))


def rollback(root: Path, disk: Disk) -> None:
    """Go back to the spare."""
    index = generations(root, disk)
    with index.writing() as writing:
        writing.rollback(index.spare().manifest.content)


def prepare_nothing(_: Path) -> None:
    """Leave the folder as it is: no index yet."""


def prepare_index(root: Path) -> None:
    """Make an index that has a spare, additions, and deletions in a file."""
    for step in (reindex, reindex, add, delete_many, add):
        step(root, QuickDisk())


def prepare_without_spare(root: Path) -> None:
    """Make an index that was built once, and added to."""
    for step in (reindex, delete_many, add):
        step(root, QuickDisk())


def segment(adding: StagedFiles, seed: int) -> SegmentEntry:
    """Add a segment of noise."""
    name = new_id()
    file = adding.add(f"{name}.seg", noise(seed))
    return SegmentEntry(name, file, DOCUMENTS)


def grown(opened: GenerationReader, segments: Iterable[SegmentEntry]) -> Content:
    """Return what a generation holds once it has taken in one more change."""
    content = opened.manifest.content
    return replace(content, segments=tuple(segments), watermark=content.watermark + 1)


def go_on(root: Path) -> None:
    """Take in another change; that also clears away what a crash left behind."""
    if held(root) is None:
        reindex(root, QuickDisk())
    add(root, QuickDisk())
    held(root)
    if left := leftovers(root):
        raise Wrong(f"{', '.join(sorted(left))} stayed")


OPERATIONS = (
    Operation("first build", prepare_nothing, reindex, go_on),
    Operation("add", prepare_index, add, go_on),
    Operation("deletion of many", prepare_index, delete_many, go_on),
    Operation("merge", prepare_index, merge, go_on),
    Operation("reindex", prepare_index, reindex, go_on),
    Operation("rollback", prepare_index, rollback, go_on),
)


def _watermark(index: Generations) -> int:
    try:
        return index.current().content.watermark
    except (IndexMissing, IndexDamaged):
        return 0


def changing(root: Path, random: Random) -> Callable[[int], None]:
    """Return what changes an index in some way each time it is called."""
    ways = (add, delete_many, merge, reindex, rollback)
    return lambda _: random.choice(ways)(root, QuickDisk())
