"""Segments as flat arrays, for Whoosh: hand it an `ArrayCodec` and it keeps nothing in pickles.

A segment is one file that the bulk road writes, `<segment>.arrays`; or two that Whoosh's own
writer writes one after the other, `<segment>.documents` and `<segment>.terms`, which have the same
arrays between them.
"""

from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from typing import NoReturn, Protocol, runtime_checkable

from whoosh.codec import base
from whoosh.filedb.filestore import Storage

from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.engines.disk.segment.segment import WHOLE
from kbsearch.engines.whoosh.codec.documents import ArrayDocumentReader, ArrayDocumentWriter
from kbsearch.engines.whoosh.codec.field_writer import ArrayFieldWriter
from kbsearch.engines.whoosh.codec.terms import ArrayTermsReader
from kbsearch.engines.whoosh.codec.whoosh_segment import ArraySegment
from kbsearch.inverted.array_file import ArrayFile, laid_out

DOCUMENTS = ".documents"
TERMS = ".terms"


@runtime_checkable
class Mapped(Protocol):
    """A storage of Whoosh whose files are mapped already."""

    def mapped(self, name: str) -> memoryview:
        """Return the bytes of a file, not copied."""


class ArrayCodec(base.Codec):
    """What Whoosh asks to write and to read a segment."""

    def new_segment(self, storage: Storage, indexname: str) -> ArraySegment:  # noqa: ARG002 - as Whoosh calls it
        """Return an empty segment with a name of its own."""
        return ArraySegment(self, indexname)

    def per_document_writer(self, storage: Storage, segment: ArraySegment) -> ArrayDocumentWriter:
        """Return what writes the documents."""
        return ArrayDocumentWriter(_writing(storage, segment.make_filename(DOCUMENTS)))

    def field_writer(self, storage: Storage, segment: ArraySegment) -> ArrayFieldWriter:
        """Return what writes the terms."""
        return ArrayFieldWriter(_writing(storage, segment.make_filename(TERMS)))

    def per_document_reader(self, storage: Storage, segment: ArraySegment) -> ArrayDocumentReader:
        """Return what reads the documents."""
        return ArrayDocumentReader(_opened(storage, segment, DOCUMENTS), segment)

    def terms_reader(self, storage: Storage, segment: ArraySegment) -> ArrayTermsReader:
        """Return what reads the terms; the documents too are opened at once, if there are any."""
        documents = None
        if any(storage.file_exists(segment.make_filename(end)) for end in (WHOLE, DOCUMENTS)):
            documents = self.per_document_reader(storage, segment)
        return ArrayTermsReader(_opened(storage, segment, TERMS), documents)

    def postings_writer(self, dbfile: object, byteids: object = None) -> NoReturn:
        """There is no file of postings: they stand with their terms."""
        raise NotImplementedError("postings are written by the field writer")

    def postings_reader(self, *arguments: object, **options: object) -> NoReturn:
        """There is no file of postings: they stand with their terms."""
        raise NotImplementedError("postings are read by the terms reader")


def _writing(storage: Storage, name: str) -> Callable[[Arrays], None]:
    def write(arrays: Arrays) -> None:
        with storage.create_file(name) as file:
            for piece in laid_out(arrays):
                file.write(piece)

    return write


def _opened(storage: Storage, segment: ArraySegment, half: str) -> ArrayFile:
    whole = segment.make_filename(WHOLE)
    name = whole if storage.file_exists(whole) else segment.make_filename(half)
    if isinstance(storage, Mapped):
        return ArrayFile(storage.mapped(name))
    with storage.open_file(name) as file:
        if file.is_real:
            return ArrayFile(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)))
        return ArrayFile(file.read())
