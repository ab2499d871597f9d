"""Make rows of the records of a table: a delimited file, or a sheet of a workbook."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.heading import column_names
from kbsearch.intake.readers.records import Record
from kbsearch.intake.readers.shapes import shape
from kbsearch.intake.rows import WHOLE_ROW, BadRow, Row, beyond_limit, undecodable

PIECES = 1_000
"""Records that one torn row can be in."""
BEGINNINGS = 100
"""Shapes of first cells that are kept in mind."""


class Table:
    """The rows below a heading.

    heading  the cells of the heading; `names` are the columns made of them.
    starts   the shapes that the first cells of rows have, none if they tell nothing.
    blank    told the lines of each record that holds nothing.
    """

    def __init__(
        self,
        file: InputFile,
        heading: Sequence[str],
        starts: frozenset[str],
        blank: Callable[[int, int], None],
    ) -> None:
        self.names = column_names(heading)
        self._file = file
        self._heading = [cell.strip().casefold() for cell in heading]
        self._starts = starts
        self._blank = blank
        self._stray: list[int] = []
        self._repeated: list[int] = []
        self._begun: set[str] = set()

    def rows(self, records: Iterable[Record]) -> Iterator[Row | BadRow]:
        """Yield a row for each record, of those that a line end has torn one for all pieces."""
        held: Record | None = None
        pieces: list[Record] = []
        for record in self._filled(records):
            if held is not None and self._is_torn(held, record) and len(pieces) < PIECES:
                pieces.append(record)
                continue
            if held is not None:
                yield self._row(held, pieces)
                self._learn(held)
            held, pieces = record, []
        if held is not None and not self._is_sum(held):
            yield self._row(held, pieces)
        self._note()

    def _filled(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records that are neither empty nor the heading over again."""
        for record in records:
            if not any(cell.strip() for cell in record.cells) and not record.unclosed:
                self._blank(record.first, record.last)
            elif [cell.strip().casefold() for cell in record.cells] == self._heading:
                self._repeated.append(record.first)
            else:
                yield record

    def _is_torn(self, held: Record, record: Record) -> bool:
        """Whether a line end has torn the second record off the first one, which lacks cells."""
        lacks = len(held.cells) < len(self.names) and not held.cut and not held.unclosed
        return lacks and self._is_piece(record)

    def _is_piece(self, record: Record) -> bool:
        """Whether a record is the rest of the one above, which a line end has torn."""
        if len(record.cells) >= len(self.names) or record.cut:
            return False
        begun = record.cells[0]
        if self._starts:
            return shape(begun) not in self._starts | self._begun
        return begun[:1].islower()

    def _learn(self, record: Record) -> None:
        """Keep in mind how a whole row begins."""
        if len(record.cells) == len(self.names) and len(self._begun) < BEGINNINGS:
            self._begun.add(shape(record.cells[0]))

    def _is_sum(self, record: Record) -> bool:
        """Tell whether the last record only counts those above, and note it."""
        first, *others = record.cells
        begun = shape(first)
        if not self._begun or begun in self._begun or not begun or "9" in begun:
            return False
        if not any(others) or not {shape(cell) for cell in others} <= {"", "9", "9.9", "9,9"}:
            return False
        self._file.note(
            f"line {record.first} only sums the rows above up ({first.strip()!r}), and was passed"
            " over."
        )
        return True

    def _row(self, record: Record, pieces: Sequence[Record]) -> Row | BadRow:
        if record.stray:
            self._stray.append(record.first)
        values: dict[str, object] = dict(zip(self.names, record.cells, strict=False))
        if pieces:
            values["_extra"] = [cell for piece in pieces for cell in piece.cells]
            last = pieces[-1].last
            reason = (
                f"breaks off, and goes on in {_lines(pieces[0].first, last)}; put quotes around the"
                " cell that holds the line end"
            )
            return BadRow(record.first, reason, WHOLE_ROW, values)
        where, reason = self._fault(record, values)
        if reason:
            return BadRow(record.first, reason, where, values)
        return Row(record.first, self._padded(values), record.length)

    def _padded(self, values: dict[str, object]) -> dict[str, object]:
        """Return the values with the empty cells at the end that the row goes without."""
        return values if len(values) == len(self.names) else dict.fromkeys(self.names, "") | values

    def _fault(self, record: Record, values: dict[str, object]) -> tuple[str, str]:
        """Return which column is at fault, and why; no reason if the row is whole."""
        cells, width = record.cells, len(self.names)
        extra = cells[width:]
        if record.unclosed:
            return WHOLE_ROW, "opens a quote that is never closed; close it"
        if record.cut:
            where = WHOLE_ROW if extra else self.names[len(cells) - 1]
            return where, beyond_limit(record.length)
        if any(cell.strip() for cell in extra):
            values["_extra"] = list(extra)
            return WHOLE_ROW, (
                f"has {len(cells)} cells, the header has {width}; put quotes around a cell that"
                " holds the separator"
            )
        if self._is_piece(record):
            return WHOLE_ROW, (
                f"has {len(cells)} cells, the header has {width}, and it begins as no row does; it"
                " may belong to the row above: put quotes around a cell that holds a line end"
            )
        if any(map(undecodable, cells)):
            return WHOLE_ROW, (
                "holds bytes that are no characters in the encoding of this file; write them again"
            )
        return WHOLE_ROW, ""

    def _note(self) -> None:
        if self._repeated:
            more = len(self._repeated) - 1
            others = f", and so do {more:,} more; they were" if more else " and was"
            self._file.note(f"line {self._repeated[0]} repeats the heading{others} passed over.")
        if self._stray:
            self._file.note(
                "a quote that is never closed was read as a letter, first in line"
                f" {self._stray[0]}; rows with such a quote: {len(self._stray):,}."
            )


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first >= last else f"lines {first} to {last}"
