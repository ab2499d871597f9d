"""Whoosh's writer, but that it makes of the content of one generation that of the next."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from whoosh.writing import SegmentWriter

from kbsearch.engines.array_file import ArrayFile, laid_out
from kbsearch.engines.document import extract
from kbsearch.engines.inverted import InvertedDocuments
from kbsearch.engines.inverting import Inverter
from kbsearch.engines.source import Update
from kbsearch.engines.whoosh.codec import WHOLE, ArrayCodec
from kbsearch.engines.whoosh.committing import Adding
from kbsearch.engines.whoosh.index import NAME, GenerationIndex
from kbsearch.engines.whoosh.manifest import Content, SegmentEntry
from kbsearch.engines.whoosh.opened import Opened, OpenedSegment
from kbsearch.engines.whoosh.segment import MappedSegment, segment_arrays
from kbsearch.engines.whoosh.whoosh_segment import ArraySegment
from kbsearch.engines.whoosh.words import word_arrays
from kbsearch.history import Mark
from kbsearch.tickets import StoredTicket


def taken_in(adding: Adding, base: Opened, updates: Sequence[Update], mark: Mark) -> Content:
    """Return what a generation becomes with these updates, its new files added to the pool.

    Nothing is committed, so no search sees it yet.
    """
    latest = {update.ticket_id: update.ticket for update in updates}
    writer = ContentWriter(GenerationIndex(base), adding)
    writer.delete_tickets(latest)
    for ticket in latest.values():
        if ticket is not None:
            writer.add_document(ticket=ticket)
    writer.commit(merge=False)
    return writer.content.at(mark)


class ContentWriter(SegmentWriter):
    """Deletes and adds tickets; `content` is what comes of it.

    New tickets become one segment. Nothing is merged, so that it takes no longer in a large index
    than in a small one.
    """

    content: Content

    def __init__(self, index: GenerationIndex, adding: Adding) -> None:
        """Write what follows the generation of `index`; `adding` takes the new files."""
        super().__init__(index, codec=ArrayCodec(), compound=False, _lk=False)
        self._opened = index.opened
        self._adding = adding
        self._tickets: list[StoredTicket] = []

    def delete_tickets(self, ids: Collection[int]) -> None:
        """Delete the documents of these tickets, where there are any."""
        wanted = np.fromiter(ids, np.int64, len(ids))
        for segment, opened in zip(self.segments, self._opened.segments, strict=True):
            held = MappedSegment(ArrayFile(opened.buffer)).ids
            for number in np.flatnonzero(np.isin(held, wanted)).tolist():
                segment.delete_document(number)

    def add_document(self, *, ticket: StoredTicket) -> None:  # type: ignore[override]  # no fields
        """Add a ticket."""
        self._tickets.append(ticket)
        self._added = True
        self.docnum += 1

    def _flush_segment(self) -> None:
        inverted = Inverter().invert([extract(ticket) for ticket in self._tickets])
        self._entry = add_segment(self._adding, inverted, self.newsegment, in_lexicon=False)

    def _close_segment(self) -> None:
        """Whoosh's own files of the segment were never begun."""
        self.pool.cleanup()

    def _commit_toc(self, segments: list[ArraySegment]) -> None:
        before = {segment.entry.id: segment for segment in self._opened.segments}
        entries = []
        for segment in segments:
            opened = before.get(segment.segid)
            entry = self._entry if opened is None else self._entry_of(opened, segment)
            if segment.deleted_count() < entry.documents:
                entries.append(entry)
        self.content = replace(
            self._opened.manifest.content,
            segments=tuple(entries),
            tickets=sum(segment.doc_count() for segment in segments),
        )

    def _entry_of(self, opened: OpenedSegment, segment: ArraySegment) -> SegmentEntry:
        """Return how a segment stands in the manifest now."""
        if segment.deleted_count() == opened.deleted.size:
            return opened.entry
        numbers = np.array(list(segment.deleted_docs()), np.uint32)
        return replace(opened.entry, deleted=self._adding.add_deletions(opened.entry.id, numbers))


def add_segment(
    adding: Adding,
    inverted: InvertedDocuments,
    segment: ArraySegment | None = None,
    *,
    in_lexicon: bool,
) -> SegmentEntry:
    """Write a segment to the pool, and return how it stands in a manifest.

    in_lexicon  its words go into a lexicon; else they stand in the segment.
    """
    segment = segment or ArraySegment(ArrayCodec(), NAME)
    arrays = segment_arrays(inverted)
    if not in_lexicon:
        arrays |= word_arrays(inverted.words)
    file = adding.add(segment.make_filename(WHOLE), laid_out(arrays))
    return SegmentEntry(segment.segid, file, inverted.ids.size, in_lexicon=in_lexicon)
