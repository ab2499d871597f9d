"""What is said of the cells of a file: which were left as they were, and which were mended."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kbsearch.intake.columns import listed

TOLD = 5
"""Marks of one column that are named."""


class Mended(StrEnum):
    """What was done to values, as the beginning of a sentence."""

    VERDICT = "verdicts such as Fixed became the reason why a ticket was closed"
    GUARD = "the signs that guard cells from a spreadsheet were taken off"
    PICTURE = "pictures that were written as letters were taken out"
    HTML = "HTML became plain text"
    LINE_ENDS = r"line ends written as letters, such as \n, became line ends"
    CUT = "of what came before it was changed, the first 1,000,000 characters were kept"
    LETTERS = "broken letters, such as Ã© for é, were mended"


@dataclass(slots=True)
class _Left:
    rows: int
    line: int
    reason: str


class CellNotes:
    """Counts by column what was done to cells."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, str], _Left] = {}
        self._mended: Counter[tuple[str, Mended]] = Counter()
        self._emptied: dict[str, tuple[int, int]] = {}
        self._marks: Counter[tuple[str, str]] = Counter()
        self._numbers: dict[str, dict[str, None]] = {}

    def left(self, column: str, field: str, line: int, reason: str) -> None:
        """Count a cell that could not be taken, so that its field was left as it was."""
        shown = reason.encode("utf-8", "replace").decode("utf-8")
        known = self._left.setdefault((column, field), _Left(0, line, shown))
        known.rows += 1

    def mended(self, column: str, how: Mended) -> None:
        """Count a cell whose value was mended."""
        self._mended[column, how] += 1

    def nothing(self, column: str, mark: str) -> None:
        """Count a cell that stood for nothing."""
        self._marks[column, mark] += 1

    def emptied(self, fields: Iterable[str], line: int) -> None:
        """Count the fields of a ticket that held something and are empty now."""
        for field in fields:
            rows, first = self._emptied.get(field, (0, line))
            self._emptied[field] = rows + 1, first

    def number(self, column: str, value: str) -> None:
        """Keep a status that is a number, which no table names."""
        known = self._numbers.setdefault(column, {})
        if len(known) < TOLD:
            known[value] = None

    def sentences(self) -> Iterator[str]:
        """Yield what an admin should know, without the name of the file."""
        for (column, field), left in self._left.items():
            rows = f"{left.rows:,} rows" if left.rows > 1 else "one row"
            where = f"line {left.line}" if left.rows == 1 else f"first in line {left.line}"
            yield (
                f"{field} was left as it was in {rows}, {where}: {listed([column])} {left.reason}."
            )
        for column, numbers in self._numbers.items():
            yield (
                f"{listed([column])} has numbers for the status: {', '.join(numbers)};"
                f" --map-value status:{next(iter(numbers))}=NAME says what one means."
            )
        yield from self._nothing()
        for field, (tickets, line) in self._emptied.items():
            yield (
                f"{field} was emptied in {tickets:,} ticket{'' if tickets == 1 else 's'}, first by"
                f" line {line}: its cell is empty there."
            )
        for (column, how), count in self._mended.items():
            yield f"{how} in {_values(count)} of {listed([column])}."

    def _nothing(self) -> Iterator[str]:
        for column in dict.fromkeys(column for column, _ in self._marks):
            marks = [mark for of, mark in self._marks if of == column]
            count = sum(self._marks[column, mark] for mark in marks)
            shown = listed(marks[:TOLD]) + (" and others" if len(marks) > TOLD else "")
            yield f"{_values(count)} of {listed([column])} stood for nothing: {shown}."


def _values(count: int) -> str:
    return f"{count:,} values" if count > 1 else "one value"
