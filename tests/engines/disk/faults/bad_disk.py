"""Damage an index in place, and tell what is wrong with how that is noticed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from kbsearch.engines.disk.generations.catalogue import ManifestStore
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Manifest, PoolFile
from kbsearch.engines.disk.generations.opened import GenerationReader
from kbsearch.errors import IndexDamaged
from kbsearch.messages.message import render
from tests.engines.disk.faults.damages import DAMAGES
from tests.engines.disk.faults.looking import generations
from tests.engines.disk.faults.operations import add, reindex, rollback
from tests.engines.disk.faults.watched import QuickDisk


class Damaged(NamedTuple):
    """One trial: what was done, whether a whole generation was still found, and what is wrong."""

    what: str
    whole: bool
    wrong: str


def damaged_current(prepared: Path, random: Random, count: int) -> Iterator[Damaged]:
    """Damage files of the current generation, `count` times, each time in a copy of the index.

    Nothing of a damaged file may be handed out; an index with a spare must still answer in full,
    and any index must go on.
    """
    current = generations(prepared, QuickDisk()).current()
    for root, what in damaged_copies(prepared, current, random, count):
        whole, wrong = _wrong(generations(root, QuickDisk()), prepared)
        yield Damaged(what, whole, wrong or _wrong_afterwards(root))


def damaged_spare(prepared: Path, random: Random, count: int) -> Iterator[Damaged]:
    """Damage files of the spare: answers stay, `verify` tells, and nobody goes back to it."""
    number = generations(prepared, QuickDisk()).current().spare
    assert number
    spare = ManifestStore(generations(prepared, QuickDisk()).path, QuickDisk()).read(number)
    for root, what in damaged_copies(prepared, spare, random, count):
        yield Damaged(what, whole=True, wrong=_wrong_with_spare(root))


def damaged_copies(
    prepared: Path, manifest: Manifest, random: Random, count: int
) -> Iterator[tuple[Path, str]]:
    """Yield copies of a folder in which files of this generation are damaged, and how they are."""
    path = generations(prepared, QuickDisk()).path
    files = [path / "segments" / file.name for file in manifest.content.files()]
    files.append(path / "generations" / f"{manifest.number}.json")
    if generations(prepared, QuickDisk()).current() == manifest:
        files.append(path / "CURRENT")
    root = prepared.with_name("damaged")
    for n in range(count):
        shutil.copytree(prepared, root)
        inside = [root / file.relative_to(prepared) for file in files]
        yield root, DAMAGES[n % len(DAMAGES)](inside, random)
        shutil.rmtree(root)


def _wrong(index: Generations, prepared: Path) -> tuple[bool, str]:
    """Return whether it is opened whole, and what is wrong with how it is."""
    try:
        index.open()
    except IndexDamaged:
        pass
    else:
        return False, "open() did not notice"
    if not index.verify():
        return False, "verify() did not notice"
    has_spare = generations(prepared, QuickDisk()).current().spare is not None
    try:
        opened = index.usable()
    except IndexDamaged:
        return False, "the spare was not found" if has_spare else ""
    if not opened.findings:
        return False, "nothing was said"
    whole = not opened.manifest.content.partial
    if has_spare and not whole:
        return whole, "the spare was not used"
    return whole, _altered(opened, prepared)


def _altered(opened: GenerationReader, prepared: Path) -> str:
    """Return what was handed out that is not what was written."""
    pool = generations(prepared, QuickDisk()).path / "segments"
    for segment in opened.segments:
        if segment.buffer != (pool / segment.entry.file.name).read_bytes():
            return f"{segment.entry.file.name} was handed out"
        deleted = segment.entry.deleted
        if isinstance(deleted, PoolFile):
            if segment.deleted.tobytes() != (pool / deleted.name).read_bytes():
                return f"{deleted.name} was handed out"
        elif tuple(segment.deleted) != deleted:
            return "other deletions were handed out"
    lexicon = opened.manifest.content.lexicon
    if lexicon and bytes(opened.lexicon or b"") != (pool / lexicon.name).read_bytes():
        return f"{lexicon.name} was handed out"
    return ""


def _wrong_afterwards(root: Path) -> str:
    index = generations(root, QuickDisk())
    try:
        opened = index.usable()
    except IndexDamaged:
        reindex(root, QuickDisk())
    else:
        with index.writing() as writing:
            writing.extend(opened, opened.manifest.content)
    if damaged := index.verify():
        return f"after another commit, {render(damaged[0])}"
    reindex(root, QuickDisk())
    return "a rebuild is partial" if index.open().manifest.content.partial else ""


def _wrong_with_spare(root: Path) -> str:
    index = generations(root, QuickDisk())
    index.open()
    if not index.verify():
        return "verify() did not notice"
    try:
        rollback(root, QuickDisk())
    except IndexDamaged:
        add(root, QuickDisk())
        index.open()
        return ""
    return "rollback() did not notice"
