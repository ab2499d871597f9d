"""Columns as Whoosh knows them; `disk.segment.columns` says how most of them lie in a file.

column    what Whoosh itself writes for a column of another kind
"""

from collections.abc import Iterator, Mapping
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

from kbsearch.engines.disk.segment.columns import CodedColumn, coded_arrays, least
from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.inverted.array_file import Array, ArrayFile

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
