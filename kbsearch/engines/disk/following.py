"""What is built aside is brought up to the store before it takes the place of what is in use."""

from kbsearch.engines.disk.generations.committing import StagedFiles
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Content
from kbsearch.engines.disk.generations.opened import GenerationReader
from kbsearch.engines.disk.segment.segment import MappedSegment
from kbsearch.engines.disk.snapshot import alive
from kbsearch.engines.disk.updating import taken_in
from kbsearch.engines.source import Source
from kbsearch.errors import IndexDamaged, IndexMissing, IndexOutdated
from kbsearch.inverted.array_file import ArrayFile
from kbsearch.progress import Progress, Stage

_LAST = 2
"""Batches of changes that are taken in while other writers wait."""


class Follower:
    """Brings what is not committed yet up to the store; no search sees it."""

    def __init__(self, generations: Generations, adding: StagedFiles, source: Source) -> None:
        """Follow `source`; `adding` takes the new files."""
        self._generations = generations
        self._adding = adding
        self._source = source

    def brought_up(self, content: Content, progress: Progress) -> Content:
        """Take in all that has changed by now; what changes meanwhile may be left."""
        start, end = content.watermark, self._source.mark().sequence
        while content.watermark < end and (changes := self._source.changes(content.mark)):
            opened = self._generations.opened(content)
            content = taken_in(self._adding, opened, *changes)
            end = max(end, content.watermark)
            progress(Stage.CATCHING_UP, content.watermark - start, end - start)
        return content

    def completed(self, content: Content) -> Content:
        """Take in the rest while the writer's lock is held, and with it all that searches find.

        While an import runs the rest may be long, and changes that were taken in ahead of their
        turn may be among it. Such tickets, which only the generation in use has, are taken in by
        themselves.
        """
        for _ in range(_LAST):
            if changes := self._source.changes(content.mark):
                content = taken_in(self._adding, self._generations.opened(content), *changes)
        opened = self._generations.opened(content)
        if lacking := self._lacking(opened):
            updates = self._source.updates(lacking)
            content = taken_in(self._adding, opened, updates, content.mark)
        return content

    def _lacking(self, opened: GenerationReader) -> list[int]:
        """Return the tickets of which the generation in use has a later revision."""
        try:
            used = self._generations.usable()
        except (IndexDamaged, IndexMissing, IndexOutdated):
            return []
        there = used.manifest.content
        if there.fingerprint != opened.manifest.content.fingerprint:
            return []
        if not self._source.holds(there.mark):
            return []
        held = _revisions(opened)
        found = _revisions(used)
        return [number for number, revision in found.items() if held.get(number, 0) < revision]


def _revisions(opened: GenerationReader) -> dict[int, int]:
    """Return the revision of each ticket of a generation, by its id."""
    found: dict[int, int] = {}
    for segment in opened.segments:
        mapped, living = MappedSegment(ArrayFile(segment.buffer)), alive(segment)
        ids, revisions = mapped.ids[living], mapped.revisions()[living]
        found |= zip(ids.tolist(), revisions.tolist(), strict=True)
    return found
