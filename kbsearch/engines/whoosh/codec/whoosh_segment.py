"""A segment as Whoosh names it, and knows which of its documents are deleted."""

from collections.abc import Iterable, Iterator
from secrets import token_hex

from whoosh.codec import base


class ArraySegment(base.Segment):
    """The name of a segment, the number of its documents, and which of them are deleted."""

    def __init__(
        self,
        codec: base.Codec,
        indexname: str,
        documents: int = 0,
        *,
        segid: str | None = None,
        deleted: Iterable[int] = (),
    ) -> None:
        """Name a new segment, or one that there is by its `segid`."""
        self._codec = codec
        self.indexname = indexname
        self.segid = segid or token_hex(8)
        self.compound = False
        self._documents = documents
        self._deleted = set(deleted)

    def codec(self) -> base.Codec:
        """Return what reads it."""
        return self._codec

    def should_assemble(self) -> bool:
        """Tell Whoosh not to join the files into one of its own, whose directory is pickled."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Say how many documents there are, with the deleted."""
        self._documents = doccount

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
        """Delete a document, or take that back."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether this document is deleted."""
        return docnum in self._deleted
