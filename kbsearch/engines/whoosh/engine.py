"""The embedded engine: Whoosh's segments as flat arrays, in generations that are never half."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Lock

from kbsearch.engines.base import IndexState, Update, View
from kbsearch.engines.building import inverted_runs
from kbsearch.engines.document import index_fingerprint
from kbsearch.engines.relations import sample_of
from kbsearch.engines.whoosh.committing import is_building
from kbsearch.engines.whoosh.disk import Disk
from kbsearch.engines.whoosh.failures import storage_errors
from kbsearch.engines.whoosh.generations import Generations
from kbsearch.engines.whoosh.guard import check_whoosh
from kbsearch.engines.whoosh.manifest import Content
from kbsearch.engines.whoosh.merging import merge
from kbsearch.engines.whoosh.snapshot import (
    GenerationSnapshot,
    check_fingerprint,
    make_snapshot,
    state_of,
)
from kbsearch.engines.whoosh.words import add_lexicon
from kbsearch.engines.whoosh.writer import add_segment, taken_in
from kbsearch.errors import IndexWouldShrink
from kbsearch.progress import Progress, Stage, silent
from kbsearch.tickets import StoredTicket

_PATIENCE = 10.0
"""Seconds that a rebuild waits for a merge; for another rebuild it waits in vain."""


class WhooshEngine:
    """A `SearchEngine` in a folder."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        """Look after the index of every view under `root`. Raises EngineUnusable."""
        check_whoosh()
        disk = disk or Disk()
        self._generations = {view: Generations(root / view.value, disk) for view in View}
        self._snapshots: dict[View, GenerationSnapshot] = {}
        self._opening = Lock()

    def rebuild(
        self,
        view: View,
        tickets: Iterable[StoredTicket],
        *,
        watermark: int,
        total: int | None = None,
        least: int = 0,
        progress: Progress = silent,
    ) -> IndexState:
        """Make these the only searchable tickets, in one swap; searches go on meanwhile.

        What is replaced is kept as the spare. Raises IndexWouldShrink.
        """
        generations = self._generations[view]
        with storage_errors(generations.path), generations.building(_PATIENCE) as building:
            entries, words, samples = [], [], []
            for inverted in inverted_runs(tickets, total=total, progress=progress):
                entries.append(add_segment(building, inverted, in_lexicon=True))
                words.append(inverted.words)
                samples.append(sample_of(inverted))
            progress(Stage.WRITING, 0, 1)
            count = sum(entry.documents for entry in entries)
            if count < least:
                raise IndexWouldShrink(count, least)
            lexicon = add_lexicon(building, words, samples)
            progress(Stage.WRITING, 1, 1)
            content = Content(tuple(entries), lexicon, count, watermark, index_fingerprint())
            progress(Stage.SWAPPING, 0, 1)
            with generations.writing() as writing:
                writing.supersede(content)
        progress(Stage.SWAPPING, 1, 1)
        return self.snapshot(view).state

    def apply(
        self, view: View, updates: Sequence[Update], *, after: int, watermark: int
    ) -> IndexState:
        """Take in what changed behind `after`, up to `watermark`; twice does no harm.

        If the index is damaged, what can be read of it is what the changes are added to.
        """
        return self._take_in(
            view, updates, lambda now: watermark if after <= now < watermark else None
        )

    def apply_ahead(self, view: View, updates: Sequence[Update]) -> IndexState:
        """Take in what became of these tickets before their turn; the watermark stays."""
        return self._take_in(view, updates, lambda now: now)

    def _take_in(
        self, view: View, updates: Sequence[Update], watermark_after: Callable[[int], int | None]
    ) -> IndexState:
        """Commit the updates, unless there is no watermark that would be right after them."""
        generations = self._generations[view]
        with storage_errors(generations.path):
            with generations.writing() as writing:
                opened = generations.usable()
                check_fingerprint(opened.manifest)
                watermark = watermark_after(opened.manifest.content.watermark)
                if watermark is None:
                    return state_of(opened.manifest)
                content = taken_in(writing, opened, updates, watermark)
                manifest = writing.extend(opened, content)
            merge(generations)
        return state_of(manifest)

    def is_rebuilding(self, view: View) -> bool:
        """Tell whether a process rebuilds or merges the index now."""
        path = self._generations[view].path
        with storage_errors(path):
            return path.is_dir() and is_building(path)

    def rollback(self, view: View) -> IndexState:
        """Go back to the spare; what is left becomes the spare.

        The watermark is that of the spare: what changed since must be applied again.
        Raises OperatorError if there is no spare.
        """
        generations = self._generations[view]
        with storage_errors(generations.path), generations.writing() as writing:
            return state_of(writing.rollback())

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
        generations = self._generations[view]
        held = self._snapshots.get(view)
        if held is not None and held.opened.stamp == generations.stamp():
            return held
        with storage_errors(generations.path), self._opening:
            held = self._snapshots.get(view)
            if held is None or held.opened.stamp != generations.stamp():
                held = self._snapshots[view] = make_snapshot(generations.usable(), held)
        return held

    def verify(self, view: View) -> list[str]:
        """Hash every byte of the index and its spare; return a sentence for what is wrong."""
        generations = self._generations[view]
        with storage_errors(generations.path):
            return [f"{finding}." for finding in generations.verify()]
