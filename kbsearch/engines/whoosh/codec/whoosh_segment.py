"""A segment as Whoosh names it, and knows which of its documents are deleted."""

from collections.abc import Iterable, Iterator

from whoosh.codec import base
from whoosh.filedb.filestore import ReadOnlyError


class ArraySegment(base.Segment):
    """The name of a segment, the number of its documents, and which of them are deleted."""

    def __init__(
        self,
        codec: base.Codec,
        indexname: str,
        segid: str,
        documents: int,
        deleted: Iterable[int] = (),
    ) -> None:
        """Name a segment that there is by its `segid`."""
        self._codec = codec
        self.indexname = indexname
        self.segid = segid
        self.compound = False
        self._documents = documents
        self._deleted = set(deleted)

    def codec(self) -> base.Codec:
        """Return what reads it."""
        return self._codec

    def doc_count_all(self) -> int:
        """Return how many documents there are, with the deleted."""
        return self._documents

    def deleted_count(self) -> int:
        """Return how many documents are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Return the documents that are deleted, in order."""
        return iter(sorted(self._deleted))

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Refuse: a generation never changes."""
        raise ReadOnlyError("kbsearch deletes tickets itself")

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether this document is deleted."""
        return docnum in self._deleted
