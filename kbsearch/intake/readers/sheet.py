"""Choose the sheet of a workbook that holds tickets, and read its cells as texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kbsearch.intake.readers.heading import ROWS, find_heading, known_names
from kbsearch.intake.readers.records import Record
from kbsearch.intake.rows import HEAD, ROW_LIMIT

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


def records_of(sheet: CalamineSheet) -> Iterator[Record]:
    """Yield every row of a sheet; of one beyond the limit, the beginnings of its cells."""
    first = (sheet.start or (0, 0))[0] + 1
    for number, row in enumerate(sheet.iter_rows(), start=first):
        cells = [text_of_cell(cell) for cell in row]
        size = sum(map(len, cells))
        if size > ROW_LIMIT:
            cells = [cell[: HEAD // len(cells) + 1] for cell in cells]
        yield Record(number, number, cells, size, cut=size > ROW_LIMIT)
