"""Read CSV and TSV: a header, and one row of cells for each ticket."""

import csv
import re
from collections import Counter
from collections.abc import Generator, Iterator
from enum import Enum, auto
from io import StringIO, TextIOBase

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.dialect import find_dialect
from kbsearch.intake.readers.encoding import find_encoding
from kbsearch.intake.rows import (
    ROW_LIMIT,
    WHOLE_ROW,
    BadRow,
    Gatherer,
    Row,
    RowText,
    beyond_limit,
    undecodable,
)


def read_delimited(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each record after the header; encoding and separator are found."""
    encoding = find_encoding(file)
    with file.text(encoding) as stream:
        dialect = find_dialect(stream.read(SAMPLE))
    csv.field_size_limit(ROW_LIMIT)
    with file.text(encoding) as stream:
        if dialect.declared:
            stream.readline()
        pieces = records(stream, dialect.delimiter, line=2 if dialect.declared else 1)
        header = _header(file, next(pieces, RowText(1, "", 0)), dialect.delimiter)
        for piece in pieces:
            cells = _cells(piece.text, dialect.delimiter)
            if any(cell.strip() for cell in cells):
                yield _row(piece, header, cells)


class _Place(Enum):
    """Where in a record the next character stands."""

    CELL_START = auto()
    PLAIN = auto()
    QUOTED = auto()
    AFTER_QUOTE = auto()


def records(stream: TextIOBase, delimiter: str, *, line: int = 1) -> Iterator[RowText]:
    r"""Yield the text of each record; a quoted cell may hold line ends.

    It follows the rules of the csv module, which cannot go on after a record that is too long.
    A quote that is never closed takes only its own line along.

    >>> import io
    >>> [piece.text for piece in records(io.StringIO('a,"b\nc"\nd,e'), ",")]
    ['a,"b\nc"\n', 'd,e']
    """
    gatherer = Gatherer(line)
    scanner = _Scanner(delimiter)
    while chunk := stream.read(SAMPLE):
        start = 0
        for end in scanner.record_ends(chunk):
            gatherer.add(chunk[start:end])
            yield gatherer.take()
            start = end
        gatherer.add(chunk[start:])
    last = gatherer.take()
    if not scanner.quoted or last.cut:
        yield from [last] if last.length else []
        return
    text, _, rest = last.text.partition("\n")
    yield RowText(last.line, text, len(text), unclosed=True)
    yield from records(StringIO(rest), delimiter, line=last.line + 1)


class _Scanner:
    """Finds where records end, over any number of chunks."""

    def __init__(self, delimiter: str) -> None:
        self._plain_end = re.compile(f"[{re.escape(delimiter)}\n]")
        self._place = _Place.CELL_START

    @property
    def quoted(self) -> bool:
        """Whether the text so far ends inside quotes."""
        return self._place is _Place.QUOTED

    def record_ends(self, chunk: str) -> Iterator[int]:
        """Yield where each record ends that ends in this chunk."""
        at = 0
        while at < len(chunk):
            if self._place is _Place.PLAIN:
                found = self._plain_end.search(chunk, at)
                at = found.end() if found else len(chunk)
                if found:
                    self._place = _Place.CELL_START
                    if found.group() == "\n":
                        yield at
            elif self._place is _Place.QUOTED:
                at = chunk.find('"', at) + 1 or len(chunk) + 1
                self._place = _Place.AFTER_QUOTE if at <= len(chunk) else _Place.QUOTED
            else:
                at += self._step(chunk[at])

    def _step(self, character: str) -> int:
        """Move on from the start of a cell or from a closing quote; return the characters used."""
        if character == '"':
            self._place = _Place.QUOTED
            return 1
        if character == " " and self._place is _Place.CELL_START:
            return 1
        self._place = _Place.PLAIN
        return 0


def _cells(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])


def _header(file: InputFile, piece: RowText, delimiter: str) -> tuple[str, ...]:
    """Return the name of each column; no two are the same, and none is empty."""
    if piece.cut or piece.unclosed:
        raise FileUnreadable(
            f"{file.path}: the header in line {piece.line} never ends; look for a quote that is"
            " not closed."
        )
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(_cells(piece.text, delimiter), start=1):
        name = cell.encode("utf-8", "replace").decode("utf-8").strip() or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _row(piece: RowText, header: tuple[str, ...], cells: list[str]) -> Row | BadRow:
    values: dict[str, object] = dict(zip(header, cells, strict=False))
    extra = cells[len(header) :]
    where, reason = WHOLE_ROW, ""
    if piece.unclosed:
        reason = "opens a quote that is never closed; close it"
    elif piece.cut:
        where = WHOLE_ROW if extra else header[len(cells) - 1]
        reason = beyond_limit(piece.length)
    elif any(cell.strip() for cell in extra):
        values["_extra"] = extra
        reason = (
            f"has {len(cells)} cells, the header has {len(header)}; put quotes around a cell that"
            " holds the separator"
        )
    elif len(cells) < len(header):
        reason = (
            f"has {len(cells)} cells, the header has {len(header)}; put quotes around a cell that"
            " holds a line end, and write empty cells too"
        )
    elif undecodable(piece.text):
        reason = "holds bytes that are no characters in the encoding of this file; write them again"
    if reason:
        return BadRow(piece.line, reason, where, values)
    return Row(piece.line, values, piece.length)
