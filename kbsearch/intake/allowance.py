"""How much work the reading of a file may be."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.rows import BadRow, Row

SECONDS = 6.0
"""Seconds of a processor that a file may take before its first row."""
OF_A_MEGABYTE = 0.25
"""Seconds more for each megabyte that is read of it, unpacked."""
OF_A_ROW = 0.002
"""Seconds more for each row that can be used."""
OF_A_PART = 1.0
"""Seconds that a part of a file, such as a mail, may take, and what `OF_A_MEGABYTE` adds to it."""
FORGIVEN = 10
"""Parts that were too slow whose time the file gets back."""
TOO_SLOW = (
    "takes longer to read than a file of tickets of its size; look at what comes after the rows"
    " that were read, and export it again without it."
)
TOO_LARGE = (
    "takes more memory to read than a file of tickets does; export it again, in parts or as CSV"
    " (UTF-8)."
)


class PartTooSlow(Exception):
    """A part of a file takes too long; the rest of the file can be read."""


class Allowance:
    """The processor time that a file may take: more with what is read of it, and with its rows.

    An honest file of any size has enough, and one that only keeps its reader busy ends soon. Time
    counts while a row is being read, not between rows.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._allowed = SECONDS
        self._spent = 0.0
        self._since: float | None = None
        self._part_ends: float | None = None
        self._forgiven = 0

    @property
    def left(self) -> float:
        """Seconds that are not spent: of the file, or of the part of it if that has more."""
        now = time.thread_time()
        running = 0.0 if self._since is None else now - self._since
        file = self._allowed - self._spent - running
        return file if self._part_ends is None else max(file, self._part_ends - now)

    def read(self, count: int) -> None:
        """Take in that so many bytes were read. Raises FileUnreadable if no time is left."""
        self._allowed += OF_A_MEGABYTE * count / 1_000_000
        self.check()

    def check(self) -> None:
        """Raise FileUnreadable if no time is left for the row that is being read.

        Raises PartTooSlow if none is left for the part.
        """
        if self._part_ends is not None:
            if time.thread_time() > self._part_ends:
                raise PartTooSlow
        elif self._since is not None and self.left < 0:
            raise FileUnreadable(f"{self._path} {TOO_SLOW}")

    @contextmanager
    def part(self, size: int) -> Iterator[None]:
        """Give what is done within its own time, by its bytes. Raises PartTooSlow."""
        begun = time.thread_time()
        self._part_ends = begun + OF_A_PART + OF_A_MEGABYTE * size / 1_000_000
        try:
            yield
        except PartTooSlow:
            self._forgiven += 1
            if self._forgiven <= FORGIVEN:
                self._allowed += time.thread_time() - begun
            raise
        finally:
            self._part_ends = None

    def watch(
        self, rows: Generator[Row | BadRow, None, None]
    ) -> Generator[Row | BadRow, None, None]:
        """Yield the rows. Raises FileUnreadable once there is no time left."""
        with closing(rows):
            while (row := self._next(rows)) is not None:
                yield row

    def _next(self, rows: Generator[Row | BadRow, None, None]) -> Row | BadRow | None:
        self._since = time.thread_time()
        try:
            row = next(rows, None)
            self.check()
        finally:
            self._spent += time.thread_time() - self._since
            self._since = None
        if isinstance(row, Row):
            self._allowed += OF_A_ROW
        return row
