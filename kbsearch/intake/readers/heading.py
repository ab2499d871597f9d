"""Find the heading of a table among its first rows."""

from collections import Counter
from collections.abc import Sequence

from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import is_known
from kbsearch.intake.opening import InputFile
from kbsearch.intake.rows import COLUMN_LIMIT

ROWS = 50
"""Rows that are looked at."""
SURE = 2
"""Names that we know, from which a row further down is taken for the heading."""


def find_heading(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows of a table is its heading.

    It is the one with most names that we know. Without any, it is the first one; but a title, which
    is one cell above a table of many, is no heading.

    >>> find_heading([["Calls of May"], [], ["id", "subject"], ["7", "Jam"]])
    2
    >>> find_heading([["Calls of May", ""], ["Nr", "Wann"], ["7", "8"]])
    1
    """
    known = [known_names(row) for row in rows[:ROWS]]
    best = max(range(len(known)), key=known.__getitem__, default=0)
    if known and known[best] >= SURE:
        return best
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:ROWS]]
    many = sum(count > 1 for count in filled)
    least = 2 if 2 * many > sum(count > 0 for count in filled) else 1
    return next((number for number, count in enumerate(filled) if count >= least), 0)


def known_names(row: Sequence[str]) -> int:
    """Return how many names of a row we know; a row with a number in it is no heading."""
    if any(cell.strip().isdecimal() for cell in row):
        return 0
    return len({cell for cell in row if is_known(cell)})


def check_width(file: InputFile, columns: int) -> None:
    """Raise FileUnreadable if a table has more columns than any table of tickets."""
    if columns > COLUMN_LIMIT:
        raise FileUnreadable(
            f"{file.path} has {columns:,} columns, the limit is {COLUMN_LIMIT:,}; export it with"
            " the columns of tickets alone."
        )


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the name of each column; no two are the same, and none is empty.

    >>> column_names(["id", "note", "note", " "])
    ('id', 'note', 'note (2)', 'column 4')
    """
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, start=1):
        name = cell.encode("utf-8", "replace").decode("utf-8").strip() or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
