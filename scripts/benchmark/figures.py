"""Figures as tables: for people at 80 columns, and for programs as JSON."""

import statistics
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from kbsearch.evaluation.latency import Latency, latency

Cell = str | int | float | None
_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures; the first column names the row, None is a figure that there is not."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()

    def lines(self) -> list[str]:
        """Return the table as it is printed."""
        cells = [self.columns, *(tuple(shown(cell) for cell in row) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        first, *others = widths
        drawn = [
            "  ".join(
                [row[0].ljust(first)]
                + [cell.rjust(width) for cell, width in zip(row[1:], others, strict=True)]
            ).rstrip()
            for row in cells
        ]
        rule = "-" * max(map(len, drawn))
        notes = [line for note in self.notes for line in textwrap.wrap(note, _WIDTH)]
        return [self.title, "", drawn[0], rule, *drawn[1:], *([""] if notes else []), *notes, ""]


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


def median_latency(runs: Sequence[Sequence[float]]) -> Latency:
    """Return the median of each figure over several runs, each of them seconds a query."""
    measured = [latency(seconds) for seconds in runs]
    return Latency(
        p50=statistics.median(one.p50 for one in measured),
        p95=statistics.median(one.p95 for one in measured),
        p99=statistics.median(one.p99 for one in measured),
        mean=statistics.median(one.mean for one in measured),
        per_second=statistics.median(one.per_second for one in measured),
    )


def ratio(ours: float, theirs: float) -> float | None:
    """Return ours / theirs, None where there is nothing to divide by."""
    return ours / theirs if theirs else None
