"""Read the language tables of `index/`."""

from functools import cache
from pathlib import Path

from kbsearch.resources import resource


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `index/<name>`, without the header, each as wide as the header.

    Raises ValueError, naming the file and the line, if a row has another number of columns.
    """
    return read_table(resource(f"index/{name}"))


def read_table(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a tab-separated table whose first line names the columns."""
    lines = path.read_text(encoding="utf-8").splitlines()
    width = len(lines[0].split("\t"))
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = tuple(line.split("\t"))
        if len(cells) != width:
            raise ValueError(f"{path.name}, line {number}: {len(cells)} columns, expected {width}")
        rows.append(cells)
    return tuple(rows)
