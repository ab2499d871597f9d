"""References as spreadsheets and lists write numbers: with blanks, decimals or an exponent."""

import re
from collections import Counter
from dataclasses import dataclass, field

from kbsearch.errors import TicketInvalid

REMEMBERED = 100_000
"""Different shortened references of a file that are kept in mind."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+")
_SHORT = re.compile(r"\d{1,3}")
_DECIMAL = re.compile(r"(\d+)\.0")
_BENT = re.compile(r"(\d)(?:[.,](\d+))?E\+(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReferenceColumn:
    """How the references of a column are written.

    thousands  whether all are numbers with blanks between the thousands, such as 1 204.
    decimals   whether all are numbers that end in ".0".
    bent       what a spreadsheet shortened -> how often.
    """

    thousands: bool = False
    decimals: bool = False
    bent: Counter[str] = field(default_factory=Counter)


def reference_of(text: str, column: ReferenceColumn) -> str:
    """Return a reference as its source knows it.

    >>> reference_of("1 204", ReferenceColumn(thousands=True))
    '1204'
    >>> reference_of("1.23456E+5", ReferenceColumn(bent=Counter({"1.23456E+5": 1})))
    '123456'

    Raises TicketInvalid if a spreadsheet made several references this one.
    """
    if column.thousands:
        return re.sub(r"\s", "", text)
    if column.decimals:
        return text.removesuffix(".0")
    if "+" in text and (whole := _straight(text)):
        return whole
    if column.bent[text] > 1:
        raise TicketInvalid(
            "reference",
            f'"{text}" stands in {column.bent[text]:,} rows: a spreadsheet shortened longer'
            " numbers to it; export that column as text",
        )
    return text


def _straight(text: str) -> str:
    """Return the number that was written with an exponent, if all its digits are there."""
    found = _BENT.fullmatch(text)
    if found and len(found[2] or "") == int(found[3]):
        return found[1] + (found[2] or "")
    return ""


class ReferenceEvidence:
    """Gathers how the references of one column are written.

    lines  the first line with a reference that a spreadsheet shortened, 0 if there is none.
    """

    def __init__(self) -> None:
        self.line = 0
        self.example = ""
        self._rows = self._thousands = self._short = self._decimals = 0
        self._bent: Counter[str] = Counter()

    def add(self, line: int, text: str) -> None:
        """Take the next reference."""
        self._rows += 1
        if _SHORT.fullmatch(text):
            self._short += 1
        elif _THOUSANDS.fullmatch(text):
            self._thousands += 1
        elif _DECIMAL.fullmatch(text):
            self._decimals += 1
        elif _BENT.fullmatch(text) and len(self._bent) < REMEMBERED:
            self._bent[text] += 1
            if not _straight(text) and not self.line:
                self.line, self.example = line, text

    def column(self) -> ReferenceColumn:
        """Return how the column is written."""
        return ReferenceColumn(
            0 < self._thousands == self._rows - self._short,
            0 < self._decimals == self._rows,
            self._bent,
        )
