"""Print figures as tables: for people at 80 columns, and for programs as JSON."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Cell = str | int | float | None
Rows = list[Sequence[Cell]]
_WIDTH = 80


def shown(cell: Cell) -> str:
    """Return a figure with as many digits as mean something.

    >>> [shown(cell) for cell in (0.0042, 0.876, 17.2, 5236.0, 161374, None)]
    ['0.004', '0.88', '17.2', '5,236', '161,374', '']
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, int) or cell >= 100:
        return f"{cell:,.0f}"
    digits = 1 if cell >= 10 else 2 if cell >= 0.1 else 3
    return f"{cell:.{digits}f}"


def in_thousandths(cell: Cell) -> str:
    """Return a figure, every fraction with three digits."""
    return f"{cell:.3f}" if isinstance(cell, float) else shown(cell)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures; the first column names the row, None is a figure that is missing."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()

    def text(self, shown: Callable[[Cell], str] = shown) -> str:
        """Return the table as it is printed."""
        cells = [self.columns, *(tuple(map(shown, row)) for row in self.rows)]
        first, *others = [max(map(len, column)) for column in zip(*cells, strict=True)]
        drawn = []
        for name, *figures in cells:
            right = [cell.rjust(width) for cell, width in zip(figures, others, strict=True)]
            drawn.append("  ".join([name.ljust(first), *right]).rstrip())
        rule = "-" * max(map(len, drawn))
        notes = [line for note in self.notes for line in textwrap.wrap(note, _WIDTH)]
        gap = [""] if notes else []
        return "\n".join([self.title, "", drawn[0], rule, *drawn[1:], *gap, *notes, ""])
