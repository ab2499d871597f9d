"""Our codec for an index that Whoosh itself writes, with a segment of Whoosh's making.

A segment is one file, `<segment>.arrays`, as kbsearch writes it; or two that Whoosh's writer
writes one after the other, `<segment>.documents` and `<segment>.terms`, which have the same arrays
between them.
"""

from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from secrets import token_hex

from whoosh.codec import base
from whoosh.filedb.filestore import Storage

from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.engines.disk.segment.segment import WHOLE
from kbsearch.engines.whoosh.codec.codec import ArrayCodec
from kbsearch.engines.whoosh.codec.whoosh_segment import ArraySegment
from kbsearch.inverted.array_file import ArrayFile, laid_out
from tests.engines.whoosh.writing.documents import ArrayDocumentWriter, WrittenDocumentReader
from tests.engines.whoosh.writing.fields import ArrayFieldWriter, WrittenTermsReader

DOCUMENTS = ".documents"
TERMS = ".terms"


class WrittenSegment(ArraySegment):
    """A segment that Whoosh makes, and deletes documents from."""

    def __init__(self, codec: base.Codec, indexname: str) -> None:
        super().__init__(codec, indexname, token_hex(8), 0)

    def should_assemble(self) -> bool:
        """Tell Whoosh not to join the files into one of its own, whose directory is pickled."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._documents = doccount

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or take that back."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)


class WritingCodec(ArrayCodec):
    """What Whoosh asks to write a segment too."""

    def new_segment(self, storage: Storage, indexname: str) -> WrittenSegment:
        return WrittenSegment(self, indexname)

    def per_document_writer(self, storage: Storage, segment: ArraySegment) -> ArrayDocumentWriter:
        return ArrayDocumentWriter(_writing(storage, segment.make_filename(DOCUMENTS)))

    def field_writer(self, storage: Storage, segment: ArraySegment) -> ArrayFieldWriter:
        return ArrayFieldWriter(_writing(storage, segment.make_filename(TERMS)))

    def per_document_reader(self, storage: Storage, segment: ArraySegment) -> WrittenDocumentReader:
        return WrittenDocumentReader(_opened(storage, segment, DOCUMENTS, TERMS), segment)

    def terms_reader(self, storage: Storage, segment: ArraySegment) -> WrittenTermsReader:
        documents = self.per_document_reader(storage, segment)
        return WrittenTermsReader(_opened(storage, segment, TERMS), documents)


def _writing(storage: Storage, name: str) -> Callable[[Arrays], None]:
    def write(arrays: Arrays) -> None:
        with storage.create_file(name) as file:
            for piece in laid_out(arrays):
                file.write(piece)

    return write


def _opened(storage: Storage, segment: ArraySegment, *halves: str) -> ArrayFile:
    """Open the one file of a segment, or the first of these halves that there is."""
    names = [segment.make_filename(end) for end in (WHOLE, *halves)]
    with storage.open_file(next(name for name in names if storage.file_exists(name))) as file:
        if file.is_real:
            return ArrayFile(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)))
        return ArrayFile(file.read())
