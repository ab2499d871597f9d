"""Read a workbook from the standard input and write the rows of one sheet to the standard output.

This is a program of its own, `python -m kbsearch.intake.readers.sheet`: the library takes what
memory a workbook asks for, and ends the process where that is more than there is. The first line
is JSON of `Sheet`, or of {"fault": "..."}; each other line is [number, characters, cells].
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kbsearch.intake.readers.heading import ROWS, find_heading, known_names
from kbsearch.intake.rows import COLUMN_LIMIT, HEAD, ROW_LIMIT

MEMORY = 340_000_000
"""Bytes of addresses that this program may have; about two thirds of them can be rows."""
SECONDS = 14
"""Seconds of a processor that it may take."""
EXACT = 1e15
"""Numbers from which a spreadsheet keeps no single units."""

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that is read.

    name     as the workbook calls it.
    others   the names of other sheets that hold something.
    heading  which of its rows is the heading, from 0.
    """

    name: str
    others: tuple[str, ...]
    heading: int


def text_of_cell(value: Cell) -> str:
    """Return what a cell shows: a number without an empty fraction, a time as ISO 8601 has it.

    >>> text_of_cell(123.0), text_of_cell(1.5), text_of_cell(True)
    ('123', '1.5', 'true')
    >>> text_of_cell(datetime(2026, 3, 1)), text_of_cell(datetime(2026, 3, 1, 8, 30))
    ('2026-03-01', '2026-03-01T08:30:00')
    """
    match value:
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < EXACT:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def chosen(workbook: CalamineWorkbook) -> tuple[CalamineSheet, Sheet] | None:
    """Return the sheet whose heading has most names that we know; None if all are empty."""
    best, found, filled = -1, None, []
    for name in _visible(workbook):
        sheet = workbook.get_sheet_by_name(name)
        rows = [[text_of_cell(cell) for cell in row] for row in sheet.to_python(nrows=ROWS)]
        if not rows:
            continue
        filled.append(name)
        heading = find_heading(rows)
        if known_names(rows[heading]) > best:
            best, found = known_names(rows[heading]), (sheet, name, heading)
    if found is None:
        return None
    sheet, name, heading = found
    return sheet, Sheet(name, tuple(other for other in filled if other != name), heading)


def _visible(workbook: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets that a person sees; of all, if they see none."""
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    seen = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    return seen or [one.name for one in sheets]


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, int, Sequence[str]]]:
    first = (sheet.start or (0, 0))[0] + 1
    for number, row in enumerate(sheet.iter_rows(), start=first):
        cells = [text_of_cell(cell) for cell in row]
        size = sum(map(len, cells))
        if size > ROW_LIMIT:
            cells = [cell[: HEAD // len(cells) + 1] for cell in cells]
        yield number, size, cells


def main(content: BinaryIO) -> None:
    """Write the sheet that holds tickets, under limits of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found = chosen(CalamineWorkbook.from_filelike(content))
    except PasswordError:
        _write({"fault": "is locked by a password; save it without one"})
        return
    except CalamineError as error:
        _write({"fault": f"is no whole workbook ({error}); save it again, or export it as CSV"})
        return
    if found is None:
        _write({"fault": "holds no sheet with rows; save it again with its tickets"})
        return
    sheet, about = found
    if sheet.width > COLUMN_LIMIT:
        _write({"fault": f"has {sheet.width:,} columns, the limit is {COLUMN_LIMIT:,}"})
        return
    _write(asdict(about))
    for row in _rows(sheet):
        _write(row)


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main(sys.stdin.buffer)
