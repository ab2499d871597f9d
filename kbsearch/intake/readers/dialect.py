"""Tell how the cells of a delimited file are separated and quoted, and where its heading is."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from kbsearch.intake.columns import is_known
from kbsearch.intake.readers import quoting
from kbsearch.intake.readers.heading import ROWS, find_heading

DELIMITERS = ",;\t|"
_DECLARED = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written.

    delimiter  what separates its cells.
    heading    the line where its heading begins, from 1.
    wrapped    whether each line is one quoted cell that holds the cells.
    backslash  whether a backslash protects a quote.
    """

    delimiter: str
    heading: int = 1
    wrapped: bool = False
    backslash: bool = False

    def escaped(self, text: str) -> str:
        """Return a line as the csv module can cut it."""
        return quoting.escaped(text, self.delimiter) if self.backslash else text

    def unescaped(self, cells: Sequence[str]) -> list[str]:
        """Return the cells of a line that was escaped."""
        if self.wrapped:
            cells = unwrapped(cells, self.delimiter)
        if self.backslash:
            return [quoting.unescaped(cell, self.delimiter) for cell in cells]
        return list(cells)

    def goes_on(self, text: str) -> bool:
        """Whether the end of this line is protected by a backslash."""
        return self.backslash and self.escaped(text).endswith(quoting.LINE_END)

    def is_odd(self, text: str) -> bool:
        """Whether a line opens a quote that it does not close, or the other way round."""
        return self.escaped(text).count('"') % 2 == 1


def unwrapped(cells: Sequence[str], delimiter: str) -> list[str]:
    """Return the cells that one quoted cell holds; those of any other row as they are.

    >>> unwrapped(['7,"Jam, again"'], ","), unwrapped(["7", "Jam"], ",")
    (['7', 'Jam, again'], ['7', 'Jam'])
    """
    if len(cells) != 1:
        return list(cells)
    reader = csv.reader(StringIO(cells[0]), delimiter=delimiter, skipinitialspace=True)
    return next(reader, [])


def find_dialect(sample: str) -> Dialect:
    r"""Return the dialect of a file that begins with this text; of backslashes it tells nothing.

    The heading decides: the separator that makes most names that we know of it. For names that
    we do not know, it is the one that most rows agree with. (`csv.Sniffer` looks at quotes and
    letters anywhere: of a text with many commas between semicolons it takes the commas.)

    >>> find_dialect("id;subject\n1;a, b, c, d\n").delimiter
    ';'
    >>> find_dialect("sep=|\nid|subject\n")
    Dialect(delimiter='|', heading=2, wrapped=False, backslash=False)
    """
    declared = _DECLARED.match(sample)
    guesses = [
        guess
        for delimiter in (declared[1] if declared else DELIMITERS)
        for guess in _guesses(sample[declared.end() if declared else 0 :], delimiter)
    ]
    best = max(guesses, key=lambda guess: guess.fit)
    return Dialect(best.delimiter, best.heading + (1 if declared else 0), best.wrapped)


@dataclass(frozen=True, slots=True)
class _Guess:
    """What a sample is if its separator is this one; `fit` is how well that goes."""

    delimiter: str
    heading: int
    wrapped: bool
    fit: tuple[int, float, int]


def _guesses(sample: str, delimiter: str) -> list[_Guess]:
    """Return a sample as rows of this separator, and as rows of which each is quoted whole."""
    lines, rows = _rows(sample, delimiter)
    found = [_guess(delimiter, lines, rows)]
    inner = [unwrapped(row, delimiter) for row in rows]
    if all(len(row) == 1 for row in rows) and any(len(row) > 1 for row in inner):
        found.append(_guess(delimiter, lines, inner, wrapped=True))
    return found


def _rows(sample: str, delimiter: str) -> tuple[list[int], list[list[str]]]:
    """Return the first rows that are not blank, and the line where each begins."""
    reader = csv.reader(StringIO(sample), delimiter=delimiter, skipinitialspace=True)
    lines, rows = [], []
    before = 0
    try:
        for row in reader:
            if row:
                lines.append(before + 1)
                rows.append(row)
            before = reader.line_num
            if len(rows) > ROWS:
                break
    except csv.Error:
        return lines, rows
    return lines, rows


def _guess(
    delimiter: str, lines: Sequence[int], rows: Sequence[Sequence[str]], *, wrapped: bool = False
) -> _Guess:
    """Return how many names are known, which part of the rows agrees, and how many columns."""
    if not rows:
        return _Guess(delimiter, 1, wrapped, (0, 0.0, 0))
    place = find_heading(rows)
    heading, below = rows[place], rows[place + 1 :]
    widths = Counter(map(len, below))
    known = sum(map(is_known, heading))
    agreeing = widths[len(heading)] / max(1, widths.total()) if len(heading) > 1 else 0.0
    agreeing *= 1 - place / len(rows)  # a title above the heading agrees with nothing
    return _Guess(delimiter, lines[place], wrapped, (known, agreeing, len(heading)))
