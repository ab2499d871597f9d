"""Read workbooks of Excel and LibreOffice: one sheet, its heading, and a row for each ticket.

A few bytes of a workbook can stand for more cells than any machine holds. So a program of its own
reads it, `sheet`, under limits of memory and time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import kbsearch
from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import listed
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.delimited import read_delimited
from kbsearch.intake.readers.records import Record
from kbsearch.intake.readers.sheet import Sheet
from kbsearch.intake.readers.table import Table
from kbsearch.intake.rows import BadRow, Row

LIMIT = 128_000_000
"""Bytes of a workbook."""
MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin; what else ends in .xls is mostly CSV under that name."""
PROGRAM = [sys.executable, "-P", "-m", "kbsearch.intake.readers.sheet"]


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
        with closing(_lines(file, content)) as lines:
            yield from _rows(file, lines)


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


def _lines(file: InputFile, content: IO[bytes]) -> Generator[bytes, None, None]:
    """Yield what the program writes. Raises FileUnreadable if it comes to no end."""
    environment = {**os.environ, "PYTHONPATH": str(Path(kbsearch.__path__[0]).parent)}
    with subprocess.Popen(
        PROGRAM,
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as program:
        try:
            yield from program.stdout or ()
            program.wait()
        finally:
            program.kill()  # if no one reads on
    if program.returncode:
        raise FileUnreadable(
            f"{file.path} takes more memory or time than a workbook of tickets does; export it as"
            " CSV (UTF-8) and import that."
        )


def _rows(file: InputFile, lines: Iterator[bytes]) -> Iterator[Row | BadRow]:
    """Yield the rows of the sheet that the program has chosen."""
    about = json.loads(next(lines, b"{}") or b"{}")
    if "fault" in about:
        raise FileUnreadable(f"{file.path} {about['fault']}.")
    sheet = Sheet(**about)
    if sheet.others:
        file.note(
            f"the sheet {listed([sheet.name])} was read; others were passed over:"
            f" {listed(sheet.others)}."
        )
    records = map(_record, lines)
    above = [next(records) for _ in range(sheet.heading)]
    heading = next(records)
    if any(any(record.cells) for record in above):
        file.note(f"the heading is in row {heading.first}; those above it were passed over.")
    yield from Table(file, heading.cells, frozenset(), _blank(file)).rows(records)


def _record(line: bytes) -> Record:
    number, size, cells = json.loads(line)
    return Record(number, number, cells, size, cut=size > sum(map(len, cells)))


def _blank(file: InputFile) -> Callable[[int, int], None]:
    """Return what counts the rows that hold nothing."""

    def count(first: int, last: int) -> None:
        file.blank += last - first + 1

    return count
