"""An index as a search sees it: one generation, whatever is committed meanwhile."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.disk.generations.manifest import Manifest, PoolFile
from kbsearch.engines.disk.generations.opened import GenerationReader, OpenedSegment
from kbsearch.engines.disk.segment.segment import MappedSegment, SegmentReader
from kbsearch.engines.disk.words import words_of
from kbsearch.engines.indexing.document import index_fingerprint
from kbsearch.engines.scoring.snapshot import Snapshot
from kbsearch.errors import IndexOutdated
from kbsearch.inverted.array_file import ArrayFile
from kbsearch.inverted.documents import NO_WORDS
from kbsearch.inverted.merge import join_words
from kbsearch.lexicon.table import WordTable, table_of
from kbsearch.records.index_state import IndexState


class GenerationSnapshot(Snapshot):
    """One generation, opened."""

    def __init__(
        self,
        opened: GenerationReader,
        words: WordTable,
        segments: Mapping[PoolFile, MappedSegment],
    ) -> None:
        """Join the segments of a generation.

        words     those of its lexicon.
        segments  by the file of each: those that the next generation shares with this one are not
                  opened again.
        """
        younger = [one.entry for one in opened.segments if not one.entry.in_lexicon]
        super().__init__(
            [SegmentReader(segments[one.entry.file], alive(one)) for one in opened.segments],
            words,
            join_words([words_of(segments[one.file].file) for one in younger]),
            replace(state_of(opened.manifest), damage=opened.findings),
        )
        self.opened = opened
        self.words = words
        self.segments = segments


def make_snapshot(
    opened: GenerationReader, before: GenerationSnapshot | None
) -> GenerationSnapshot:
    """Make of an opened generation what can be searched. Raises IndexOutdated."""
    check_fingerprint(opened.manifest)
    known = before.segments if before else {}
    segments = {
        file: known.get(file) or MappedSegment(ArrayFile(segment.buffer))
        for segment in opened.segments
        for file in [segment.entry.file]
    }
    return GenerationSnapshot(opened, _built_words(opened, before), segments)


def state_of(manifest: Manifest) -> IndexState:
    """Return what a generation is made of."""
    content = manifest.content
    return IndexState(
        tickets=content.tickets,
        watermark=content.watermark,
        fingerprint=content.fingerprint,
        size_bytes=sum(file.bytes for file in content.files()),
        unmerged=sum(one.documents for one in content.segments if not one.in_lexicon),
        spare=manifest.spare is not None,
        partial=content.partial,
        store=content.store,
        change=content.change,
    )


def alive(segment: OpenedSegment) -> NDArray[np.bool_]:
    """Return which documents of a segment are not deleted."""
    mask = np.ones(segment.entry.documents, np.bool_)
    mask[segment.deleted] = False
    return mask


def check_fingerprint(manifest: Manifest) -> None:
    """Raise IndexOutdated if another analysis than ours made the terms."""
    if manifest.content.fingerprint != index_fingerprint():
        raise IndexOutdated(
            "The index was made by another version of the analysis and would miss tickets;"
            " run: kbsearch reindex"
        )


def _built_words(opened: GenerationReader, before: GenerationSnapshot | None) -> WordTable:
    """Return the words of the lexicon, none if it is lost."""
    if opened.lexicon is None:
        return table_of(NO_WORDS)
    if before and before.opened.manifest.content.lexicon == opened.manifest.content.lexicon:
        return before.words
    return WordTable(ArrayFile(opened.lexicon))
