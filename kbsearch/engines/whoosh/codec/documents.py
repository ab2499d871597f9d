"""The per-document half of a segment as Whoosh reads it: lengths and columns.

An array `lengths/FIELD` has the sum of the weights of each document's tokens, in tenths.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import Column, ColumnReader

from kbsearch.engines.whoosh.codec.columns import column_reader
from kbsearch.engines.whoosh.codec.whoosh_segment import ArraySegment
from kbsearch.inverted.array_file import ArrayFile


class ArrayDocumentReader(base.PerDocumentReader):
    """What is known of the documents of a segment."""

    def __init__(self, file: ArrayFile, segment: ArraySegment) -> None:
        """Read the documents in `file`; `segment` knows which of them are deleted."""
        self._file = file
        self._segment = segment

    def doc_count(self) -> int:
        """Return how many documents there are, without the deleted."""
        return self.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Return how many documents there are, with the deleted."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Tell whether a document is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether this document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        """Return the documents that are deleted."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """Tell that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether there is a column of this name."""
        return any(f"{kind}/{fieldname}" in self._file for kind in ("numbers", "codes"))

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        """Return what reads a column."""
        return column_reader(self._file, fieldname)

    def lengths(self, fieldname: str) -> NDArray[np.uint32]:
        """Return the length of each document in a field, in tenths; none if it has no lengths."""
        name = f"lengths/{fieldname}"
        return self._file.array(name) if name in self._file else np.empty(0, np.uint32)

    def doc_field_length(self, docnum: int, fieldname: str, default: float = 0) -> float:
        """Return the length of a document in a field."""
        lengths = self.lengths(fieldname)
        return int(lengths[docnum]) / 10 if lengths.size else default

    def field_length(self, fieldname: str) -> float:
        """Return the length of all documents in a field."""
        return int(self.lengths(fieldname).sum(dtype=np.int64)) / 10

    def min_field_length(self, fieldname: str) -> float:
        """Return the length of the shortest document in a field."""
        return min(self.lengths(fieldname).tolist(), default=0) / 10

    def max_field_length(self, fieldname: str) -> float:
        """Return the length of the longest document in a field."""
        return max(self.lengths(fieldname).tolist(), default=0) / 10

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return nothing: the store has the tickets."""
        return {}
