"""Digits that belong together, however they are separated."""

import re
from collections.abc import Iterator
from typing import NamedTuple

GAP = (
    r"(?:[ \t]{0,12}\r?\n(?:[ \t]{0,4}>){0,6}[ \t]{0,8}"  # over a line, and in a quoted reply
    r"|[ \t\-./_()\u200b]{1,14})"
)
"""What may be between two digits of one number."""
_RUN = re.compile(rf"(?:\+ ?)?\(?[0-9]+(?:{GAP}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
LEAST = 7
"""Digits of the shortest number that says whose it is."""


class DigitRun(NamedTuple):
    """Groups of digits with only separators between them.

    groups  where each starts and ends in the text.
    """

    start: int
    end: int
    written: str
    groups: tuple[tuple[int, int], ...]

    @property
    def digits(self) -> str:
        """Return the digits alone."""
        return "".join(_GROUP.findall(self.written))

    def moved(self, by: int) -> "DigitRun":
        """Return the same run so many letters later."""
        groups = tuple((start + by, end + by) for start, end in self.groups)
        return DigitRun(self.start + by, self.end + by, self.written, groups)


def digit_runs(plain: str) -> Iterator[DigitRun]:
    """Yield the runs of seven digits and more of a normalised text.

    >>> [run.digits for run in digit_runs("call 555-0100, or (020) 7946 0958, 12:30")]
    ['5550100', '02079460958']
    """
    for match in _RUN.finditer(plain):
        if match.end() - match.start() < LEAST:
            continue
        groups = tuple(group.span() for group in _GROUP.finditer(plain, *match.span()))
        if sum(end - start for start, end in groups) >= LEAST:
            yield DigitRun(match.start(), match.end(), match[0], groups)
