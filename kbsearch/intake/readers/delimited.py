"""Read CSV and TSV: a heading, and one row of cells for each ticket."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.dialect import find_dialect
from kbsearch.intake.readers.encoding import find_encoding
from kbsearch.intake.readers.heading import check_width
from kbsearch.intake.readers.lines import Lines
from kbsearch.intake.readers.quoting import has_backslashes
from kbsearch.intake.readers.records import Record, Records
from kbsearch.intake.readers.table import Table
from kbsearch.intake.rows import BadRow, Row


def read_delimited(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each record below the heading; how the file is written is found out."""
    encoding = find_encoding(file)
    with file.text(encoding) as stream:
        sample = stream.read(SAMPLE)
    dialect = find_dialect(sample)
    with file.text(encoding) as stream:
        dialect = replace(dialect, backslash=has_backslashes(stream, dialect.delimiter))
    with ExitStack() as stack:
        lines = Lines(file, lambda: stack.enter_context(file.text(encoding)), dialect.delimiter)
        _pass_over(file, lines, dialect.heading)
        records = Records(lines, dialect)
        claimed = _claimed(records, lines)
        heading = _heading(file, next(claimed, None))
        records.learn(len(heading), sample)
        yield from Table(file, heading, records.starts, lines.blank).rows(claimed)
        lines.close()


def _pass_over(file: InputFile, lines: Lines, heading: int) -> None:
    """Pass over the lines above the heading, and note them."""
    above = []
    for line in lines:
        if line.number >= heading:
            lines.put_back([line])
            break
        lines.claim(line.number, line.last)
        if line.text.strip() and not line.text.startswith("sep="):
            above.append(line.text.strip())
    if above:
        file.note(f"the heading is in line {heading}; the lines above it were passed over.")


def _claimed(records: Iterable[Record], lines: Lines) -> Iterator[Record]:
    """Yield the records, whose lines are claimed."""
    for record in records:
        lines.claim(record.first, record.last)
        yield record


def _heading(file: InputFile, record: Record | None) -> list[str]:
    """Return the cells of the heading.

    Raises FileUnreadable if it never ends or has too many.
    """
    if record is None:
        return [""]
    if record.cut or record.unclosed:
        raise FileUnreadable(
            f"{file.path}: the header in line {record.first} never ends; look for a quote that is"
            " not closed."
        )
    check_width(file, len(record.cells))
    return list(record.cells)
