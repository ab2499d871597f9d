"""Small segments become larger ones, so that a search never looks into many."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.disk.generations.committing import CommitSession, StagedFiles
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import SegmentEntry
from kbsearch.engines.disk.generations.opened import GenerationReader, OpenedSegment
from kbsearch.engines.disk.segment.segment import MappedSegment
from kbsearch.engines.disk.snapshot import alive
from kbsearch.engines.disk.updating import add_segment
from kbsearch.engines.disk.words import words_of
from kbsearch.errors import IndexBusy
from kbsearch.inverted.array_file import ArrayFile
from kbsearch.inverted.documents import MOST_DOCUMENTS, NO_WORDS, InvertedDocuments
from kbsearch.inverted.merge import Part, join

FACTOR = 4
"""Segments of about one size that become one: each ticket is written log4(tickets) times."""


def due(segments: Sequence[OpenedSegment]) -> list[OpenedSegment]:
    """Return the segments that should become one, none if there is no need.

    Segments are of one size if they have 2, 8, 32, 128, ... documents at most. With those that are
    due go all that are smaller, so that one merge does for several.
    """
    levels: defaultdict[int, list[OpenedSegment]] = defaultdict(list)
    for segment in segments:
        levels[_level(segment.entry.documents - segment.deleted.size)].append(segment)
    chosen: list[OpenedSegment] = []
    held: list[OpenedSegment] = []
    for level in sorted(levels):
        held += levels[level]
        if _documents(held) > MOST_DOCUMENTS:
            break
        if len(levels[level]) >= FACTOR:
            chosen = list(held)
    return chosen


def merge(generations: Generations) -> None:
    """Merge what is due, unless another process merges or rebuilds.

    The new segment is made without the writer's lock. What was deleted meanwhile is deleted in it
    too; if one of the old segments is gone by then, so is the reason for it.
    """
    if not due(generations.usable().segments):
        return
    with suppress(IndexBusy), generations.building() as building:
        opened = generations.usable()
        chosen = due(opened.segments)
        if not chosen:
            return
        entry = _merged(building, chosen)
        if generations.check(_only(opened, chosen)):  # what is damaged must not be written afresh
            generations.forget()
            building.discard()
            return
        with generations.writing() as writing:
            if not _swap(writing, generations.usable(), chosen, entry):
                building.discard()


def _only(opened: GenerationReader, chosen: Sequence[OpenedSegment]) -> GenerationReader:
    """Return some segments of a generation as if it had no others."""
    segments = tuple(segment.entry for segment in chosen)
    content = replace(opened.manifest.content, segments=segments, lexicon=None)
    return replace(opened, manifest=replace(opened.manifest, content=content))


def _merged(building: StagedFiles, chosen: Sequence[OpenedSegment]) -> SegmentEntry:
    parts: list[Part] = [(_inverted(segment), alive(segment)) for segment in chosen]
    return add_segment(building, join(parts), in_lexicon=False)


def _inverted(segment: OpenedSegment) -> InvertedDocuments:
    """Return the documents of a segment, without the words that the lexicon counts."""
    file = ArrayFile(segment.buffer)
    words = NO_WORDS if segment.entry.in_lexicon else words_of(file)
    return MappedSegment(file).inverted()._replace(words=words)


def _swap(
    writing: CommitSession,
    now: GenerationReader,
    chosen: Sequence[OpenedSegment],
    entry: SegmentEntry,
) -> bool:
    """Put the merged segment in the place of those that it was made of, if they are still there."""
    present = {segment.entry.file: segment for segment in now.segments}
    files = [segment.entry.file for segment in chosen]
    if now.findings or not present.keys() >= set(files):
        return False
    deleted = np.concatenate(
        [_deleted_since(segment, present[segment.entry.file]) for segment in chosen]
    )
    numbers = np.flatnonzero(deleted).astype(np.uint32)
    entry = replace(entry, deleted=writing.add_deletions(entry.id, numbers))
    kept = [one.entry for one in now.segments if one.entry.file not in files]
    content = replace(now.manifest.content, segments=(*kept, entry))
    writing.extend(now, content)
    return True


def _deleted_since(before: OpenedSegment, now: OpenedSegment) -> NDArray[np.bool_]:
    """Return, for each document that was merged, whether it was deleted meanwhile."""
    return ~alive(now)[alive(before)]


def _documents(segments: Sequence[OpenedSegment]) -> int:
    return sum(segment.entry.documents - segment.deleted.size for segment in segments)


def _level(documents: int) -> int:
    return max(documents - 1, 0).bit_length() // 2
