"""Read workbooks of Excel and LibreOffice: one sheet, its heading, and a row for each ticket."""

from collections.abc import Callable, Generator, Iterator
from tempfile import TemporaryFile
from typing import IO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import listed
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.delimited import read_delimited
from kbsearch.intake.readers.heading import check_width
from kbsearch.intake.readers.records import Record
from kbsearch.intake.readers.sheet import Sheet, chosen, records_of
from kbsearch.intake.readers.table import Table
from kbsearch.intake.rows import BadRow, Row

LIMIT = 128_000_000
"""Bytes of a workbook."""
MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin; what else ends in .xls is mostly CSV under that name."""

_PANIC = "PanicException"
"""What a library in Rust raises where it did not expect what it read; no module has it."""


def read_workbook(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each row below the heading of the sheet that holds tickets."""
    with file.bytes() as stream:
        is_workbook = stream.read(4) in MAGIC
    if not is_workbook:
        yield from read_delimited(file)
        return
    file.blank = 0
    with TemporaryFile() as content:
        _copy(file, content)
        sheet, about = _sheet(file, content)
        check_width(file, sheet.width)
        yield from _rows(file, records_of(sheet), about)


def _copy(file: InputFile, content: IO[bytes]) -> None:
    """Copy the workbook to where it can be read in any order."""
    with file.bytes() as stream:
        while chunk := stream.read(SAMPLE):
            content.write(chunk)
            if content.tell() > LIMIT:
                raise FileUnreadable(
                    f"{file.path} has more than {LIMIT:,} bytes; export it as CSV (UTF-8) and"
                    " import that."
                )
    content.seek(0)


def _sheet(file: InputFile, content: IO[bytes]) -> tuple[CalamineSheet, Sheet]:
    """Return the sheet that holds tickets. Raises FileUnreadable if there is none."""
    try:
        found = chosen(CalamineWorkbook.from_filelike(content))
    except PasswordError:
        raise FileUnreadable(f"{file.path} is locked by a password; save it without one.") from None
    except BaseException as error:
        if not isinstance(error, CalamineError) and type(error).__name__ != _PANIC:
            raise
        raise FileUnreadable(
            f"{file.path} is no whole workbook ({error}); save it again, or export it as CSV."
        ) from None
    if found is None:
        raise FileUnreadable(
            f"{file.path} holds no sheet with rows; save it again with its tickets."
        )
    return found


def _rows(file: InputFile, records: Iterator[Record], sheet: Sheet) -> Iterator[Row | BadRow]:
    """Yield the rows of a sheet."""
    if sheet.others:
        file.note(
            f"the sheet {listed([sheet.name])} was read; others were passed over:"
            f" {listed(sheet.others)}."
        )
    above = [next(records) for _ in range(sheet.heading)]
    heading = next(records)
    if any(any(record.cells) for record in above):
        file.note(f"the heading is in row {heading.first}; those above it were passed over.")
    yield from Table(file, heading.cells, frozenset(), _blank(file)).rows(records)


def _blank(file: InputFile) -> Callable[[int, int], None]:
    """Return what counts the rows that hold nothing."""

    def count(first: int, last: int) -> None:
        file.blank += last - first + 1

    return count
