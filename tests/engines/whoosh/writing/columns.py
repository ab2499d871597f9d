"""Columns as Whoosh's writer hands them over.

column    what Whoosh itself writes for a column that is neither of whole numbers nor of bytes
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import numpy as np
from whoosh.columns import (
    Column,
    CompressedBlockColumn,
    NumericColumn,
    PickleColumn,
    RefBytesColumn,
    VarBytesColumn,
)
from whoosh.filedb.structfile import StructFile

from kbsearch.engines.disk.segment.columns import coded_arrays, least
from kbsearch.engines.disk.segment.postings import Arrays

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
