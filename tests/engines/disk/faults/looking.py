"""What an index holds and what lies about in it, by the strict reading: no help of a spare."""

from pathlib import Path

from kbsearch.engines.disk.generations.catalogue import ManifestStore
from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Content
from kbsearch.errors import IndexMissing
from kbsearch.messages.message import render
from tests.engines.disk.faults.watched import QuickDisk

LOCKS = {"writer.lock", "rebuild.lock", "pool.lock", "check.lock"}

Held = Content | None
"""What a generation holds; None where no index was built."""


class Wrong(AssertionError):
    """What a fault must not lead to."""


def generations(root: Path, disk: Disk) -> Generations:
    """Return the generations of the one view."""
    return Generations(root / "index" / "internal", disk)


def held(root: Path) -> Held:
    """Return what CURRENT names.

    Raises IndexDamaged if it is not whole, Wrong if its spare is not.
    """
    index = generations(root, QuickDisk())
    try:
        opened = index.open()
    except IndexMissing:
        return None
    if damaged := index.verify():
        raise Wrong(f"{render(damaged[0])}")
    return opened.manifest.content


def leftovers(root: Path) -> set[str]:
    """Return the files that neither the current generation nor its spare needs."""
    path = generations(root, QuickDisk()).path
    current = generations(root, QuickDisk()).current()
    needed = {"CURRENT"} | LOCKS
    for number in (current.number, current.spare):
        if number is not None:
            needed |= {f"{number}.json"} | ManifestStore(path, QuickDisk()).files(number)
    return {file.name for file in path.rglob("*") if file.is_file()} - needed
