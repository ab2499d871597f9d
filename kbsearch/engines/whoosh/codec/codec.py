"""Segments as Whoosh reads them. None is written by Whoosh: `disk.updating` does that."""

from typing import Any

from whoosh.codec import base
from whoosh.filedb.filestore import ReadOnlyError, Storage

from kbsearch.engines.disk.generations.opened import GenerationReader
from kbsearch.engines.disk.segment.segment import WHOLE
from kbsearch.engines.whoosh.codec.documents import ArrayDocumentReader
from kbsearch.engines.whoosh.codec.terms import ArrayTermsReader
from kbsearch.engines.whoosh.codec.whoosh_segment import ArraySegment
from kbsearch.inverted.array_file import ArrayFile


class MappedStorage(Storage):
    """The files of a generation, which are mapped already; nothing can be written."""

    def __init__(self, opened: GenerationReader) -> None:
        """Hold what is opened."""
        super().__init__()
        self._buffers = {segment.entry.file.name: segment.buffer for segment in opened.segments}

    def mapped(self, name: str) -> memoryview:
        """Return the bytes of a file, not copied."""
        return self._buffers[name]


class ArrayCodec(base.Codec):
    """What Whoosh asks to read a segment."""

    def read_only(self, *_: Any, **__: Any) -> object:
        """Refuse to write, or to read postings apart from their terms."""
        raise ReadOnlyError("kbsearch writes its segments itself")

    new_segment = per_document_writer = field_writer = read_only
    postings_writer = postings_reader = read_only

    def per_document_reader(
        self, storage: MappedStorage, segment: ArraySegment
    ) -> ArrayDocumentReader:
        """Return what reads the documents."""
        return ArrayDocumentReader(_opened(storage, segment), segment)

    def terms_reader(self, storage: MappedStorage, segment: ArraySegment) -> ArrayTermsReader:
        """Return what reads the terms."""
        documents = self.per_document_reader(storage, segment)
        return ArrayTermsReader(_opened(storage, segment), documents)


def _opened(storage: MappedStorage, segment: ArraySegment) -> ArrayFile:
    return ArrayFile(storage.mapped(segment.make_filename(WHOLE)))
