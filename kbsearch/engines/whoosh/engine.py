"""The embedded engine: Whoosh's segments as flat arrays, in generations that are never half."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kbsearch.engines.base import IndexSnapshot, Pace, View, foreign_spare
from kbsearch.engines.disk.following import Follower
from kbsearch.engines.disk.generations.committing import StagedFiles, is_building
from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.failures import storage_errors
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Content
from kbsearch.engines.disk.held import HeldSnapshot
from kbsearch.engines.disk.merging import merge
from kbsearch.engines.disk.snapshot import (
    GenerationSnapshot,
    check_fingerprint,
    state_of,
)
from kbsearch.engines.disk.updating import add_segment, taken_in
from kbsearch.engines.disk.words import add_lexicon
from kbsearch.engines.indexing.document import index_fingerprint
from kbsearch.engines.indexing.parallel import inverted_runs
from kbsearch.engines.source import Source, Update
from kbsearch.engines.whoosh.guard import check_whoosh
from kbsearch.errors import IndexBusy, IndexWouldShrink
from kbsearch.messages.message import Message
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.history import Mark
from kbsearch.records.index_state import IndexState

_PATIENCE = 10.0
"""Seconds that a rebuild waits for a merge; for another rebuild it waits in vain."""


class WhooshEngine:
    """A `SearchEngine` in a folder."""

    def __init__(
        self,
        root: Path,
        disk: Disk | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look after the index of every view under `root`. Raises EngineUnusable.

        clock  tells for how long files that were hashed are trusted.
        """
        check_whoosh()
        disk = disk or Disk()
        self._generations = {view: Generations(root / view.value, disk) for view in View}
        self._held = {view: HeldSnapshot(self._generations[view], clock) for view in View}

    def rebuild(
        self, view: View, source: Source, *, least: int = 0, progress: Progress = silent
    ) -> IndexState:
        """Make the tickets of the source the only searchable ones, in one swap.

        What is replaced is kept as the spare. Raises IndexWouldShrink.
        """
        generations = self._generations[view]
        with storage_errors(generations.path):
            with generations.building(_PATIENCE) as building:
                follower = Follower(generations, building, source)
                content = _built(building, source, least, progress)
                content = follower.brought_up(content, progress)
                progress(Stage.SWAPPING, 0, 1)
                with generations.writing() as writing:
                    writing.supersede(follower.completed(content))
            progress(Stage.SWAPPING, 1, 1)
            merge(generations)
        return self.snapshot(view).state

    def apply(self, view: View, updates: Sequence[Update], *, after: int, mark: Mark) -> IndexState:
        """Take in what changed after a sequence, up to `mark`; twice does no harm.

        If the index is damaged, what can be read of it is what the changes are added to.
        """

        def fits(now: Mark) -> bool:
            return now.store == mark.store and after <= now.sequence < mark.sequence

        return self._take_in(view, updates, lambda now: mark if fits(now) else None)

    def apply_ahead(self, view: View, updates: Sequence[Update]) -> IndexState:
        """Take in what became of these tickets before their turn; the watermark stays."""
        return self._take_in(view, updates, lambda now: now)

    def _take_in(
        self, view: View, updates: Sequence[Update], mark_after: Callable[[Mark], Mark | None]
    ) -> IndexState:
        """Commit the updates, unless there is no mark that would be right after them."""
        generations = self._generations[view]
        with storage_errors(generations.path):
            with generations.writing() as writing:
                opened = generations.usable()
                check_fingerprint(opened.manifest)
                mark = mark_after(opened.manifest.content.mark)
                if mark is None:
                    return state_of(opened.manifest)
                content = taken_in(writing, opened, updates, mark)
                manifest = writing.extend(opened, content)
            merge(generations)
        return state_of(manifest)

    def is_rebuilding(self, view: View) -> bool:
        """Tell whether a process rebuilds or merges the index now."""
        path = self._generations[view].path
        with storage_errors(path):
            return path.is_dir() and is_building(path)

    def rollback(self, view: View, source: Source, *, progress: Progress = silent) -> IndexState:
        """Go back to the spare, with all that changed since; what is left becomes the spare.

        Raises OperatorError if there is no spare, or none that belongs to the source.
        """
        generations = self._generations[view]
        with storage_errors(generations.path):
            with generations.building(_PATIENCE) as building:
                spare = generations.spare().manifest
                check_fingerprint(spare)
                if not source.holds(spare.content.mark):
                    raise foreign_spare()
                follower = Follower(generations, building, source)
                content = follower.brought_up(spare.content, progress)
                with generations.writing() as writing:
                    if generations.spare().manifest != spare:
                        raise IndexBusy("The spare was just replaced; look at it and try again")
                    writing.rollback(follower.completed(content))
            merge(generations)
        return self.snapshot(view).state

    def drop_spare(self, view: View) -> IndexState:
        """Remove the spare, and every file of the folder that the current generation does not need.

        Raises IndexBusy if another process rebuilds, merges, or opens files for too long.
        """
        generations = self._generations[view]
        with (
            storage_errors(generations.path),
            generations.building(_PATIENCE),
            generations.writing() as writing,
        ):
            return state_of(writing.drop_spare())

    def mend(self, view: View) -> IndexState | None:
        """Make what can still be read of a damaged index the current one, and return its state.

        That is the spare, if there is one that is whole; its watermark is older. None if nothing
        is damaged. What is partial stays so until it is rebuilt.
        """
        generations = self._generations[view]
        with storage_errors(generations.path), generations.writing() as writing:
            opened = generations.usable()
            if opened.findings:
                writing.extend(opened, opened.manifest.content)
            elif not opened.manifest.content.partial:
                return None
            return state_of(opened.manifest)

    def tickets(self, view: View) -> int:
        """Return how many tickets the index has, even if another analysis made it."""
        generations = self._generations[view]
        with storage_errors(generations.path):
            return generations.usable().manifest.content.tickets

    def snapshot(self, view: View) -> GenerationSnapshot:
        """Return the index as it is now."""
        with storage_errors(self._generations[view].path):
            return self._held[view].get()

    def recheck(self, view: View, seen: IndexSnapshot | None) -> bool:
        """Hash the files of the index at once, since what was read of them cannot be."""
        with storage_errors(self._generations[view].path):
            return self._held[view].recheck(seen)

    def glance(self, view: View) -> None:
        """Hash the files of the index if one looks changed from outside."""
        with storage_errors(self._generations[view].path):
            self._held[view].glance()

    def check(self, view: View, pace: Pace) -> bool:
        """Hash the files of the index, slowly."""
        with storage_errors(self._generations[view].path):
            return self._held[view].check(pace)

    def verify(self, view: View) -> list[Message]:
        """Hash every byte of the index and its spare; return what is wrong."""
        generations = self._generations[view]
        with storage_errors(generations.path):
            return [*generations.verify()]


def _built(building: StagedFiles, source: Source, least: int, progress: Progress) -> Content:
    """Return all tickets of the source as files of the pool. Raises IndexWouldShrink."""
    mark, total = source.mark(), source.count()
    entries, words = [], []
    for inverted in inverted_runs(source.tickets(), total=total, progress=progress):
        entries.append(add_segment(building, inverted, in_lexicon=True))
        words.append(inverted.words)
    progress(Stage.WRITING, 0, 1)
    count = sum(entry.documents for entry in entries)
    if count < least:
        raise IndexWouldShrink(count, least)
    lexicon = add_lexicon(building, words)
    progress(Stage.WRITING, 1, 1)
    return Content(tuple(entries), lexicon, count, mark.sequence, index_fingerprint()).at(mark)
