"""A generation as an index of Whoosh, so that everything of Whoosh that reads an index reads it."""

from whoosh.index import TOC, FileIndex

from kbsearch.engines.disk.generations.opened import GenerationReader, OpenedSegment
from kbsearch.engines.disk.segment.segment import INDEX_NAME
from kbsearch.engines.whoosh.codec.codec import ArrayCodec, MappedStorage
from kbsearch.engines.whoosh.codec.schema import make_schema
from kbsearch.engines.whoosh.codec.whoosh_segment import ArraySegment


class GenerationIndex(FileIndex):
    """An index of Whoosh whose table of contents is a manifest."""

    def __init__(self, opened: GenerationReader) -> None:
        """Read what is opened."""
        self.opened = opened
        self.storage = MappedStorage(opened)
        self.indexname = INDEX_NAME
        self._schema = make_schema()

    def latest_generation(self) -> int:
        """Return the number of the generation: another one is another index."""
        return self.opened.manifest.number

    def _read_toc(self) -> TOC:
        segments = [_segment(one) for one in self.opened.segments]
        return TOC(self._schema, segments, self.latest_generation())


def _segment(opened: OpenedSegment) -> ArraySegment:
    entry, deleted = opened.entry, opened.deleted.tolist()
    return ArraySegment(ArrayCodec(), INDEX_NAME, entry.id, entry.documents, deleted)
