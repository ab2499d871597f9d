"""Writing segments, and what one generation becomes with some changed tickets."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.disk.generations.committing import StagedFiles
from kbsearch.engines.disk.generations.manifest import Content, SegmentEntry
from kbsearch.engines.disk.generations.opened import GenerationReader, OpenedSegment
from kbsearch.engines.disk.generations.pool import new_id
from kbsearch.engines.disk.segment.segment import MappedSegment, segment_arrays, segment_file_name
from kbsearch.engines.disk.words import word_arrays
from kbsearch.engines.indexing.document import extract
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.engines.source import Update
from kbsearch.inverted.array_file import ArrayFile, laid_out
from kbsearch.inverted.documents import InvertedDocuments
from kbsearch.records.history import Mark


def taken_in(
    adding: StagedFiles, base: GenerationReader, updates: Sequence[Update], mark: Mark
) -> Content:
    """Write what a generation becomes with these updates, and return it.

    Added tickets become one segment; nothing is merged, so that the size of the index costs no
    time. Nothing is committed, so no search sees it yet.
    """
    latest = {update.ticket_id: update.ticket for update in updates}
    changed = np.fromiter(latest, np.int64, len(latest))
    kept = [_without(adding, segment, changed) for segment in base.segments]
    if added := [extract(ticket) for ticket in latest.values() if ticket is not None]:
        kept.append((add_segment(adding, Inverter().invert(added), in_lexicon=False), len(added)))
    content = replace(
        base.manifest.content,
        segments=tuple(entry for entry, alive in kept if alive),
        tickets=sum(alive for _, alive in kept),
    )
    return content.at(mark)


def _without(
    adding: StagedFiles, segment: OpenedSegment, tickets: NDArray[np.int64]
) -> tuple[SegmentEntry, int]:
    """Delete these tickets from a segment.

    Returns its entry for the manifest, and how many documents are left in it.
    """
    ids = MappedSegment(ArrayFile(segment.buffer)).ids
    deleted = np.union1d(segment.deleted, np.flatnonzero(np.isin(ids, tickets)))
    alive = segment.entry.documents - deleted.size
    if deleted.size == segment.deleted.size or not alive:
        return segment.entry, alive
    deletions = adding.add_deletions(segment.entry.id, deleted.astype(np.uint32))
    return replace(segment.entry, deleted=deletions), alive


def add_segment(
    adding: StagedFiles, inverted: InvertedDocuments, *, in_lexicon: bool
) -> SegmentEntry:
    """Write a segment to the pool, and return its entry for the manifest.

    in_lexicon  its words go into a lexicon; else the segment holds them itself.
    """
    arrays = segment_arrays(inverted)
    if not in_lexicon:
        arrays |= word_arrays(inverted.words)
    segment_id = new_id()
    file = adding.add(segment_file_name(segment_id), laid_out(arrays))
    return SegmentEntry(segment_id, file, inverted.ids.size, in_lexicon=in_lexicon)
