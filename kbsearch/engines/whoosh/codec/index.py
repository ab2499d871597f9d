"""A generation as an index of Whoosh, so that everything of Whoosh that reads an index reads it."""

from collections.abc import Iterator

from whoosh.filedb.filestore import Storage
from whoosh.index import TOC, FileIndex

from kbsearch.engines.disk.generations.opened import GenerationReader
from kbsearch.engines.disk.segment.segment import INDEX_NAME
from kbsearch.engines.whoosh.codec.codec import ArrayCodec
from kbsearch.engines.whoosh.codec.schema import make_schema
from kbsearch.engines.whoosh.codec.whoosh_segment import ArraySegment


class MappedStorage(Storage):
    """The files of a generation, which are mapped already; nothing can be written."""

    def __init__(self, opened: GenerationReader) -> None:
        """Hold what is opened."""
        super().__init__()
        self._buffers = {segment.entry.file.name: segment.buffer for segment in opened.segments}

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the files."""
        return iter(self._buffers)

    def file_exists(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return name in self._buffers

    def file_length(self, name: str) -> int:
        """Return how many bytes a file has."""
        return len(self._buffers[name])

    def mapped(self, name: str) -> memoryview:
        """Return the bytes of a file, not copied."""
        return self._buffers[name]


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
        segments = [
            ArraySegment(
                ArrayCodec(),
                INDEX_NAME,
                segment.entry.documents,
                segid=segment.entry.id,
                deleted=segment.deleted.tolist(),
            )
            for segment in self.opened.segments
        ]
        return TOC(self._schema, segments, self.latest_generation())
