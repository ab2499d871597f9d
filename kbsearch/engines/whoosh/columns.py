"""Columns as arrays: numbers, bytes that are one of some values, and the rest as Whoosh keeps it.

numbers   the values of a column of whole numbers
codes     of a column of bytes: the number of each document's value in `value_...`, a `Strings`
entry_... of a column whose values are lists: the distinct entries of all, ascending, a `Strings`;
          those documents that list entry e, ascending, are `listing` from `listing_starts[e]` on
column    what Whoosh itself writes for a column of another kind
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

import numpy as np
from whoosh.columns import (
    Column,
    ColumnReader,
    CompressedBlockColumn,
    NumericColumn,
    PickleColumn,
    RefBytesColumn,
    VarBytesColumn,
)
from whoosh.filedb.structfile import BufferFile, StructFile

from kbsearch.engines.array_file import Array, ArrayFile
from kbsearch.engines.document import LISTS, TAG_SEPARATOR
from kbsearch.engines.postings import Mask
from kbsearch.engines.whoosh.postings import Arrays
from kbsearch.engines.whoosh.strings import Strings, offsets, string_arrays

_SEPARATOR = TAG_SEPARATOR.encode()
_INTEGERS = dict.fromkeys("bBhHiIlq", np.int64) | dict.fromkeys("LQ", np.uint64)
_PICKLED = (PickleColumn, CompressedBlockColumn)


def column_arrays(name: str, column: Column, values: Mapping[int, Any], documents: int) -> Arrays:
    """Return the arrays of a column.

    values  by document; the others have the column's default.

    Raises TypeError for a column whose values Whoosh would pickle.
    """
    if isinstance(column, _PICKLED):
        raise TypeError(f"the column {name} would be pickled; use one of numbers or bytes")
    default = column.default_value()
    kind = getattr(column, "_typecode", "")
    if type(column) is NumericColumn and kind in _INTEGERS:
        numbers = np.full(documents, default, _INTEGERS[kind])
        numbers[list(values)] = list(values.values())
        return {f"numbers/{name}": least(numbers)}
    if type(column) in {VarBytesColumn, RefBytesColumn}:
        return coded_arrays(name, [values.get(number, default) for number in range(documents)])
    kept = BytesIO()
    writer = column.writer(StructFile(kept))
    for document, value in values.items():
        writer.add(document, value)
    writer.finish(documents)
    return {f"column/{name}": kept.getvalue()}


def coded_arrays(name: str, values: Sequence[bytes]) -> Arrays:
    """Return a column of bytes: its distinct values, ascending, and which of them each has."""
    distinct = sorted(set(values))
    code_of = {value: code for code, value in enumerate(distinct)}
    codes = np.fromiter(map(code_of.__getitem__, values), np.int64, len(values))
    arrays: Arrays = {f"codes/{name}": least(codes), **string_arrays("value", name, distinct)}
    return arrays | _listing_arrays(name, values) if name in LISTS else arrays


def _listing_arrays(name: str, values: Sequence[bytes]) -> Arrays:
    listing: defaultdict[bytes, list[int]] = defaultdict(list)
    for document, value in enumerate(values):
        for entry in set(value.split(_SEPARATOR)):
            listing[entry].append(document)
    listing.pop(b"", None)
    entries = sorted(listing)
    sizes = np.fromiter((len(listing[entry]) for entry in entries), np.int64, len(entries))
    documents = chain.from_iterable(listing[entry] for entry in entries)
    return {
        **string_arrays("entry", name, entries),
        f"listing_starts/{name}": offsets(sizes),
        f"listing/{name}": least(np.fromiter(documents, np.int64)),
    }


def least(numbers: Array) -> Array:
    """Return whole numbers in the smallest kind of array that holds them all."""
    if not numbers.size or numbers.min() < 0:
        return numbers
    return numbers.astype(np.min_scalar_type(numbers.max()))


def has_column(file: ArrayFile, name: str) -> bool:
    """Tell whether a file has a column of this name."""
    return any(f"{kind}/{name}" in file for kind in ("numbers", "codes", "column"))


def column_reader(file: ArrayFile, name: str, column: Column, documents: int) -> ColumnReader:
    """Return what reads a column. Raises ArrayFileDamaged if it is not there."""
    if f"numbers/{name}" in file:
        return NumberReader(file.array(f"numbers/{name}"))
    if f"codes/{name}" in file:
        return CodedReader(CodedColumn(file, name))
    kept = file.bytes(f"column/{name}")
    return column.reader(BufferFile(kept), 0, len(kept), documents)


class NumberReader(ColumnReader):
    """Reads a column of whole numbers."""

    def __init__(self, numbers: Array) -> None:
        self._numbers = numbers
        self._sign = 1

    def __len__(self) -> int:
        return self._numbers.size

    def __getitem__(self, docnum: int) -> int:
        return int(self._numbers[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers.tolist())

    def sort_key(self, docnum: int) -> Any:  # noqa: ANN401 - Whoosh says bytes and takes what sorts
        """Return what a document is sorted by."""
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        """Sort the greatest first."""
        self._sign = -1


class CodedReader(ColumnReader):
    """Reads a column of bytes."""

    def __init__(self, column: "CodedColumn") -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, docnum: int) -> bytes:
        return self._column[docnum]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._column)


class CodedColumn:
    """A column of bytes: the value of each document, and the documents of a value."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Map it. Raises ArrayFileDamaged if it is not there."""
        self._codes = file.array(f"codes/{name}")
        self._values = Strings(file, "value", name)

    def __len__(self) -> int:
        return self._codes.size

    def __getitem__(self, document: int) -> bytes:
        return self._values[self._codes[document]]

    def __iter__(self) -> Iterator[bytes]:
        values = list(self._values)
        return map(values.__getitem__, self._codes.tolist())

    def any_of(self, values: Iterable[bytes]) -> Mask:
        """Return which documents have one of these values."""
        return np.isin(self._codes, [self._values.find(value) for value in values])


class Entries:
    """The entries of a column whose values are lists, each with the documents that list it."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Map them. Raises ArrayFileDamaged if they are not there."""
        self._entries = Strings(file, "entry", name)
        self._starts = file.array(f"listing_starts/{name}").data
        self._listing = file.array(f"listing/{name}")

    def listing(self, entry: bytes) -> Array:
        """Return the documents that list an entry, ascending."""
        number = self._entries.find(entry)
        if number < 0:
            return self._listing[:0]
        return self._listing[self._starts[number] : self._starts[number + 1]]

    def keep_listing(self, allowed: Mask, entries: Iterable[bytes]) -> None:
        """Take those documents out of a mask that do not list all of these entries."""
        for entry in entries:
            documents = self.listing(entry)
            listing = allowed[documents]
            allowed[:] = False
            if not documents.size:
                return
            allowed[documents] = listing
