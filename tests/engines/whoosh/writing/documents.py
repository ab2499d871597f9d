"""The per-document half of a segment in Whoosh's terms: lengths, columns, stored values, vectors.

Beside the columns (`columns.py`) it has these arrays, each of one field where one is named:

    lengths    the sum of the weights of each document's tokens, in tenths
    stored     a `Strings`, stored_.../: one row a document
    vectors    `vector_starts`: where the terms of each document begin in the `Strings`
               vector_text_..., `vector_weights`, and the `Strings` vector_value_...
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from whoosh.codec import base
from whoosh.columns import Column, ColumnReader
from whoosh.fields import FieldType
from whoosh.filedb.structfile import BufferFile
from whoosh.formats import Format

from kbsearch.engines.disk.segment.columns import least
from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.engines.disk.segment.strings import Strings, offsets, string_arrays
from kbsearch.engines.whoosh.codec.documents import ArrayDocumentReader
from kbsearch.engines.whoosh.codec.matcher import ArrayMatcher, MatchedPostings
from tests.engines.whoosh.writing.columns import column_arrays
from tests.engines.whoosh.writing.stored import decode_stored, encode_stored

VectorItem = tuple[str, float, bytes]


def tenths_of(lengths: ArrayLike) -> NDArray[np.uint32]:
    """Return lengths, which are sums of weights, in whole tenths."""
    return np.rint(np.multiply(lengths, 10)).astype(np.uint32)


@dataclass
class _Row:
    """What is known of one document."""

    stored: dict[str, Any] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    vectors: dict[str, list[VectorItem]] = field(default_factory=dict)


class ArrayDocumentWriter(base.PerDocumentWriter):
    """Gather documents; `write` takes the arrays of all of them at the end."""

    def __init__(self, write: Callable[[Arrays], None]) -> None:
        self._write = write
        self._rows: list[_Row] = []
        self._row: _Row | None = None
        self._columns: dict[str, Column] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document. Raises ValueError unless it is the next."""
        if self._row is not None or docnum != len(self._rows):
            raise ValueError(f"document {docnum} does not follow {len(self._rows)} documents")
        self._row = _Row()

    def add_field(
        self,
        fieldname: str,
        fieldobj: FieldType,
        value: Any,
        length: float | None,
    ) -> None:
        """Keep the length and the stored value that a field has in the document."""
        if value is not None:
            self._document.stored[fieldname] = value
        if length or fieldobj.scorable:
            self._document.lengths[fieldname] = length or 0

    def add_column_value(self, fieldname: str, columnobj: Column, value: Any) -> None:
        """Keep the value that a column has in the document."""
        self._columns.setdefault(fieldname, columnobj)
        self._document.columns[fieldname] = value

    def add_vector_items(
        self,
        fieldname: str,
        fieldobj: FieldType,
        items: Iterable[VectorItem],
    ) -> None:
        """Keep the terms that a field has in the document."""
        self._document.vectors[fieldname] = list(items)

    def finish_doc(self) -> None:
        """Take the document in."""
        self._rows.append(self._document)
        self._row = None

    def cancel_doc(self) -> None:
        """Forget the document."""
        self._row = None

    def close(self) -> None:
        """Write the file."""
        if self._row is not None:
            self.finish_doc()
        self._write(self._arrays())
        self.is_closed = True

    @property
    def _document(self) -> _Row:
        if self._row is None:
            raise ValueError("no document was started")
        return self._row

    def _arrays(self) -> Arrays:
        arrays: Arrays = {}
        columns: defaultdict[str, dict[int, Any]] = defaultdict(dict)
        for number, row in enumerate(self._rows):
            for name, value in row.columns.items():
                columns[name][number] = value
        for name, values in columns.items():
            arrays |= column_arrays(name, self._columns[name], values, len(self._rows))
        for name in _names(row.lengths for row in self._rows):
            lengths = [row.lengths.get(name, 0) for row in self._rows]
            arrays[f"lengths/{name}"] = least(tenths_of(lengths))
        if any(row.stored for row in self._rows):
            rows = [encode_stored(row.stored) for row in self._rows]
            arrays |= string_arrays("stored", "", rows)
        for name in _names(row.vectors for row in self._rows):
            arrays |= _vector_arrays(name, [row.vectors.get(name, []) for row in self._rows])
        return arrays


def _names(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(rows)))


def _vector_arrays(name: str, rows: list[list[VectorItem]]) -> Arrays:
    items = list(chain.from_iterable(rows))
    return {
        f"vector_starts/{name}": offsets(np.array([len(row) for row in rows])),
        f"vector_weights/{name}": np.array([weight for _, weight, _ in items], np.float32),
        **string_arrays("vector_text", name, [text.encode() for text, _, _ in items]),
        **string_arrays("vector_value", name, [value for _, _, value in items]),
    }


class WrittenDocumentReader(ArrayDocumentReader):
    """What is known of the documents of a segment, with all that Whoosh's writer wrote of them."""

    def has_column(self, fieldname: str) -> bool:
        return super().has_column(fieldname) or f"column/{fieldname}" in self._file

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        if f"column/{fieldname}" not in self._file:
            return super().column_reader(fieldname, column)
        kept = self._file.bytes(f"column/{fieldname}")
        return column.reader(BufferFile(kept), 0, len(kept), self.doc_count_all())

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        begin, end = self._vector(docnum, fieldname)
        return begin < end

    def vector(self, docnum: int, fieldname: str, format_: Format) -> ArrayMatcher:
        begin, end = self._vector(docnum, fieldname)
        if begin == end:
            raise LookupError(f"document {docnum} has no vector of {fieldname}")
        texts = Strings(self._file, "vector_text", fieldname)
        values = Strings(self._file, "vector_value", fieldname)
        postings = MatchedPostings(
            [texts[number].decode() for number in range(begin, end)],
            self._file.array(f"vector_weights/{fieldname}")[begin:end].tolist(),
            lambda: [values[number] for number in range(begin, end)],
            (0.0, 0.0),
        )
        return ArrayMatcher(postings, format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        if "stored_bytes/" not in self._file:
            return {}
        return decode_stored(Strings(self._file, "stored", "")[docnum])

    def _vector(self, docnum: int, fieldname: str) -> tuple[int, int]:
        name = f"vector_starts/{fieldname}"
        if name not in self._file:
            return 0, 0
        begin, end = self._file.array(name)[docnum : docnum + 2].tolist()
        return begin, end
