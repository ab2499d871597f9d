"""Columns as arrays: numbers, bytes that are one of some values, and the rest as Whoosh keeps it.

numbers   the values of a column of whole numbers
codes     of a column of bytes: the number of each document's value in `value_...`, a `Strings`
column    what Whoosh itself writes for a column of another kind
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
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
from kbsearch.engines.document import TAG_SEPARATOR
from kbsearch.engines.postings import Mask
from kbsearch.engines.whoosh.postings import Arrays
from kbsearch.engines.whoosh.strings import Strings, string_arrays

_SEPARATOR = ord(TAG_SEPARATOR)
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
    return {f"codes/{name}": least(codes), **string_arrays("value", name, distinct)}


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

    def listing(self, entry: bytes) -> Mask:
        """Return which documents have this entry in their value, a list with separators."""
        joined = np.frombuffer(self._values.joined, np.uint8)
        if not joined.size:  # all values are empty
            return np.zeros(self._codes.size, np.bool_)
        offsets = self._values.offsets.astype(np.int64)
        begins = np.concatenate((offsets[:-1], np.flatnonzero(joined == _SEPARATOR) + 1))
        for place, byte in enumerate(entry):
            begins = begins[joined.take(begins + place, mode="clip") == byte]
        codes = np.searchsorted(offsets, begins, "right") - 1
        ends, limits = begins + len(entry), offsets[codes + 1]
        closed = joined.take(ends, mode="clip") == _SEPARATOR
        return np.isin(self._codes, codes[(ends == limits) | (ends < limits) & closed])
