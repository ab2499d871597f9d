"""Columns as Whoosh reads them; `disk.segment.columns` says how they lie in a file."""

from collections.abc import Iterator
from typing import Any

from whoosh.columns import ColumnReader

from kbsearch.engines.disk.segment.columns import CodedColumn
from kbsearch.inverted.array_file import ArrayFile


def column_reader(file: ArrayFile, name: str) -> ColumnReader:
    """Return what reads a column. Raises ArrayFileDamaged if it is not there."""
    if f"codes/{name}" in file:
        return ArrayColumnReader(CodedColumn(file, name))
    return NumberReader(file.array(f"numbers/{name}").tolist())


class ArrayColumnReader(ColumnReader):
    """Reads the value that each document has in a column."""

    def __init__(self, values: CodedColumn | list[int]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


class NumberReader(ArrayColumnReader):
    """Reads a column of whole numbers; they sort in both directions."""

    _sign = 1

    def sort_key(self, docnum: int) -> Any:
        """Return what a document is sorted by."""
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        """Sort the greatest first."""
        self._sign = -1
