"""The two roads by which tickets become a segment: Whoosh's own writer, and all at once."""

from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex

from kbsearch.engines.disk.segment.segment import WHOLE, MappedSegment, segment_arrays
from kbsearch.engines.indexing.document import extract
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.inverted.array_file import ArrayFile, laid_out
from kbsearch.records.ticket import StoredTicket
from tests.engines.whoosh.writing.codec import DOCUMENTS, TERMS, WritingCodec
from tests.engines.whoosh.writing.schema import document, writing_schema

Arrays = dict[str, NDArray[Any]]


def empty() -> FileIndex:
    """Return an index in memory without any segment."""
    index: FileIndex = RamStorage().create_index(writing_schema())
    return index


def written(tickets: Iterable[StoredTicket]) -> FileIndex:
    """Return an index in memory to which Whoosh has written these tickets as one segment."""
    index = empty()
    add(index, tickets)
    return index


def add(index: FileIndex, tickets: Iterable[StoredTicket]) -> None:
    """Have Whoosh write these tickets as one more segment."""
    writer = index.writer(codec=WritingCodec())
    for ticket in tickets:
        writer.add_document(**document(ticket))
    writer.commit(merge=False)


def written_whole(tickets: Iterable[StoredTicket]) -> FileIndex:
    """Return an index in memory whose one segment was written all at once."""
    tickets = list(tickets)
    index = written(tickets)
    with index.reader() as reader:
        [segment] = reader.segments() or []
    for half in (DOCUMENTS, TERMS):
        index.storage.delete_file(segment.make_filename(half))
    with index.storage.create_file(segment.make_filename(WHOLE)) as file:
        file.write(whole_file(tickets))
    return index


def only_segment(index: FileIndex) -> Arrays:
    """Return the arrays of both files of the one segment that Whoosh's writer has written."""
    with index.reader() as reader:
        [segment] = reader.segments() or []
    found: Arrays = {}
    for half in (DOCUMENTS, TERMS):
        with index.storage.open_file(segment.make_filename(half)) as file:
            found |= arrays(file.read())
    return found


def whole_file(tickets: Iterable[StoredTicket]) -> bytes:
    """Return the file of a segment that is made of these tickets at once."""
    inverted = Inverter().invert([extract(ticket) for ticket in tickets])
    return b"".join(laid_out(segment_arrays(inverted)))


def mapped(tickets: Iterable[StoredTicket]) -> MappedSegment:
    """Return a segment of these tickets as a search sees it."""
    return MappedSegment(ArrayFile(whole_file(tickets)))


def arrays(buffer: bytes) -> Arrays:
    """Return the arrays of a file by their names."""
    file = ArrayFile(buffer)
    return {name: file.array(name) for name in file.names}
