"""Tell how the cells of a delimited file are separated."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from kbsearch.intake.columns import is_known

DELIMITERS = ",;\t|"
ROWS = 50
"""Rows of the sample that are looked at."""
_DECLARED = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written.

    delimiter  what separates its cells.
    declared   whether its first line says so, as Excel writes it: "sep=;".
    """

    delimiter: str
    declared: bool = False


def find_dialect(sample: str) -> Dialect:
    r"""Return the dialect of a file that begins with this text.

    The header decides: the separator that makes most names that we know of it. For names that
    we do not know, it is the one that most rows agree with. (`csv.Sniffer` looks at quotes and
    letters anywhere: of a text with many commas between semicolons it takes the commas.)

    >>> find_dialect("id;subject\n1;a, b, c, d\n").delimiter
    ';'
    >>> find_dialect("sep=|\nid|subject\n")
    Dialect(delimiter='|', declared=True)
    """
    declared = _DECLARED.match(sample)
    if declared:
        return Dialect(declared[1], declared=True)
    return Dialect(max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter)))


def _fit(sample: str, delimiter: str) -> tuple[int, float, int]:
    """Return how many names are known, which part of the rows agrees, and how many columns."""
    rows = csv.reader(StringIO(sample), delimiter=delimiter)
    header: list[str] = []
    widths: Counter[int] = Counter()
    try:
        for row in rows:
            if not header:
                header = row
            elif row:
                widths[len(row)] += 1
            if rows.line_num > ROWS:
                break
    except csv.Error:
        return (0, 0.0, 0)
    known = sum(is_known(name) for name in header)
    agreeing = widths[len(header)] / max(1, widths.total())
    return (known, agreeing if len(header) > 1 else 0.0, len(header))
