"""The embedded engine: Whoosh keeps the index, whole arrays score it."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import cast

from whoosh import index
from whoosh.writing import IndexWriter, SegmentWriter

from kbsearch.engines.base import Field, Found, IndexState, Lexicon, Plan, Update, View
from kbsearch.engines.document import index_fingerprint
from kbsearch.engines.whoosh.failures import storage_errors
from kbsearch.engines.whoosh.folder import IndexFolder, read_manifest, write_manifest
from kbsearch.engines.whoosh.guard import check_whoosh
from kbsearch.engines.whoosh.schema import document, make_schema
from kbsearch.engines.whoosh.snapshot import (
    Snapshot,
    check_fingerprint,
    is_current,
    open_snapshot,
)
from kbsearch.engines.whoosh.verify import problems
from kbsearch.engines.whoosh.words_file import (
    ADDED,
    BUILT,
    append_words,
    count_words,
    write_words,
)
from kbsearch.progress import Progress, Stage, silent
from kbsearch.tickets import StoredTicket

_SMALL_SEGMENTS = 24
"""Segments of single tickets that may gather before Whoosh merges them."""
_POOL_MEGABYTES = 192
"""Memory for postings before Whoosh sorts them into a file."""


class WhooshEngine:
    """A `SearchEngine` in a folder."""

    def __init__(self, root: Path) -> None:
        """Look after the index of every view under `root`. Raises EngineUnusable."""
        check_whoosh()
        self._root = root
        self._snapshots: dict[View, Snapshot] = {}
        self._opening = Lock()

    def rebuild(
        self,
        view: View,
        tickets: Iterable[StoredTicket],
        *,
        watermark: int,
        total: int | None = None,
        progress: Progress = silent,
    ) -> IndexState:
        """Make these the only searchable tickets, in one swap; searches go on meanwhile."""
        folder = IndexFolder(self._root, view)
        with storage_errors(folder), folder.rebuilding():
            build = folder.new_build()
            try:
                count = _write_build(build, tickets, total, progress)
                write_manifest(build, IndexState(count, watermark, index_fingerprint(), 0))
            except BaseException:
                shutil.rmtree(build)
                raise
            progress(Stage.SWAPPING, 0, 1)
            with folder.writing():
                folder.swap(build)
        progress(Stage.SWAPPING, 1, 1)
        return self.state(view)

    def apply(self, view: View, updates: Sequence[Update], *, watermark: int) -> IndexState:
        """Take in what changed since; doing it twice does no harm."""
        folder = IndexFolder(self._root, view)
        with storage_errors(folder), folder.writing():
            build = folder.current()
            state = read_manifest(build)
            check_fingerprint(state)
            if watermark <= state.watermark:
                return state
            count = _write_updates(build, updates)
            write_manifest(build, IndexState(count, watermark, state.fingerprint, 0))
        return self.state(view)

    def search(self, view: View, plan: Plan, *, limit: int) -> Found:
        """Return the best tickets first, ties by ticket id, at most `limit`."""
        return self._snapshot(view).collection.search(plan, limit)

    def shares(self, view: View, plan: Plan, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """Return what each clause of the plan gave to the score of each of these tickets."""
        return self._snapshot(view).collection.shares(plan, ids)

    def lexicon(self, view: View) -> Lexicon:
        """Return the words of the index as it is now."""
        return self._snapshot(view).words

    def state(self, view: View) -> IndexState:
        """Return what the index is made of."""
        return read_manifest(IndexFolder(self._root, view).current())

    def verify(self, view: View) -> list[str]:
        """Return a sentence for each thing that is wrong with the index, none if it is sound."""
        return problems(IndexFolder(self._root, view))

    def _snapshot(self, view: View) -> Snapshot:
        folder = IndexFolder(self._root, view)
        held = self._snapshots.get(view)
        if held is not None and is_current(held, folder):
            return held
        with storage_errors(folder), self._opening:
            held = self._snapshots.get(view)
            if held is None or not is_current(held, folder):
                held = self._snapshots[view] = open_snapshot(folder, held)
        return held


def _write_build(
    build: Path, tickets: Iterable[StoredTicket], total: int | None, progress: Progress
) -> int:
    # One file a segment would be handier, but Whoosh 3.54 copies such a file into memory whole.
    options = {"limitmb": _POOL_MEGABYTES, "compound": False}
    words: Counter[str] = Counter()
    count = 0
    with _writing(index.create_in(str(build), make_schema()).writer(**options)) as writer:
        for ticket in tickets:
            fields = document(ticket)
            writer.add_document(**fields)
            count_words(words, fields[Field.TEXT].tokens)
            count += 1
            progress(Stage.ANALYSING, count, total)
        progress(Stage.WRITING, 0, 1)
        writer.commit(merge=False)
    write_words(build / BUILT, words)
    progress(Stage.WRITING, 1, 1)
    return count


def _write_updates(build: Path, updates: Sequence[Update]) -> int:
    """Return how many tickets the index then holds."""
    opened = index.open_dir(str(build), schema=make_schema())
    latest = {update.ticket_id: update.ticket for update in updates}
    words: Counter[str] = Counter()
    with _writing(opened.writer()) as writer:
        for ticket_id, ticket in latest.items():
            if ticket is None:
                writer.delete_by_term("id", str(ticket_id))
            else:
                fields = document(ticket)
                writer.update_document(**fields)
                count_words(words, fields[Field.TEXT].tokens)
        append_words(build / ADDED, words)  # first, so that no ticket is found before its words
        writer.commit(merge=len(writer.segments) > _SMALL_SEGMENTS)
    return int(opened.doc_count())


@contextmanager
def _writing(opened: IndexWriter) -> Iterator[SegmentWriter]:
    """Hand on a writer; whatever fails, its files are closed and its lock is let go."""
    writer = cast("SegmentWriter", opened)
    try:
        yield writer
    except BaseException:
        with suppress(OSError, ValueError):  # closing writes, which a full disk refuses again
            writer._close_segment()
        if not writer.is_closed:
            writer._finish()
        raise
