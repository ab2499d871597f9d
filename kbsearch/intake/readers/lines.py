"""Read a text line by line: numbered, in bounded memory, and able to go back."""

import string
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from io import TextIOBase
from typing import NamedTuple

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.rows import HEAD, ROW_LIMIT

BLANK_LIMIT = 1_000_000
"""Blank lines in one run, beyond which a file is no table of tickets."""


class Line(NamedTuple):
    """One line, or a run of empty ones.

    number  of the line, or of the first of the run; from 1.
    text    with its line end; the first `HEAD` characters if it is longer than `ROW_LIMIT`.
    length  characters that it had.
    """

    number: int
    text: str
    length: int

    @property
    def last(self) -> int:
        """The number of the last line of a run."""
        return self.number + self.text.count("\n") - self.text.endswith("\n")


class Lines:
    """The lines of a file; their reader claims each line that it has made a record of.

    again      opens the file from its beginning.
    delimiter  what a line that holds nothing may consist of, besides blanks.

    A line that was read and not claimed is found by `close`, whatever the reader made of it.
    """

    def __init__(
        self, file: InputFile, again: Callable[[], TextIOBase], delimiter: str = ""
    ) -> None:
        file.blank = 0
        file.lost.clear()
        self._file = file
        self._again = again
        self._nothing = string.whitespace + delimiter
        self._stream = again()
        self._ready: deque[Line] = deque()
        self._parts: list[str] = []
        self._length = 0
        self._ends = 0
        self._tail = False
        self._number = 1
        self._claimed = 0
        self._blank_from = 1
        self._blank_to = 0

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        while not self._ready:
            if not self._fill():
                raise StopIteration
        return self._ready.popleft()

    def filled(self) -> Iterator[Line]:
        """Yield the lines that hold something; the others are claimed, and counted as blank."""
        for line in self:
            if not line.text.strip(self._nothing):
                self.claim(line.number, line.last)
                self.blank(line.number, line.last)
            else:
                yield line

    def blank(self, first: int, last: int) -> None:
        """Count lines that hold nothing, or nothing but empty cells.

        Raises FileUnreadable if they make a run of more than `BLANK_LIMIT`.
        """
        self._file.blank += last - first + 1
        if first > self._blank_to + 1:
            self._blank_from = first
        self._blank_to = last
        if last - self._blank_from >= BLANK_LIMIT:
            raise FileUnreadable(
                f"{self._file.path} holds more than {BLANK_LIMIT:,} blank lines from line"
                f" {self._blank_from:,} on; take them out, and import it again."
            )

    def put_back(self, lines: Iterable[Line]) -> None:
        """Give back lines that were read last, in order, to be read again."""
        self._ready.extendleft(reversed(list(lines)))

    def skip_without(self, mark: str) -> int:
        """Pass over what comes next and has no such mark; return how many characters that is."""
        skipped = 0
        while not self._ready:
            chunk = self._stream.read(SAMPLE)
            if mark in chunk or not chunk:
                self._split(chunk)
                break
            skipped += len(chunk) + self._length
            self._parts, self._length = [], 0
            self._number += self._count(chunk)
        return skipped

    def restart(self, after: int) -> None:
        """Go back to the line after this one, however far ahead the reading is."""
        self._stream = self._again()
        self._ready.clear()
        self._parts, self._length, self._ends, self._number = [], 0, 0, 1
        while self._number <= after and self._fill():
            while self._ready and self._ready[0].last <= after:
                self._ready.popleft()

    def claim(self, first: int, last: int) -> None:
        """Say that these lines have become a row, a heading or nothing."""
        if first > self._claimed + 1:
            self._file.unaccounted(self._claimed + 1, first - 1)
        self._claimed = max(self._claimed, last)

    def close(self) -> None:
        """Hold the lines that were claimed against the line ends that the file has."""
        last = self._ends + (1 if self._tail else 0)
        if self._claimed < last:
            self._file.unaccounted(self._claimed + 1, last)

    def _fill(self) -> bool:
        """Read on; False at the end of the file."""
        return self._split(self._stream.read(SAMPLE))

    def _count(self, chunk: str) -> int:
        """Count the line ends that the file has, whatever becomes of them; return those of this."""
        ends = chunk.count("\n")
        self._ends += ends
        self._tail = not chunk.endswith("\n") if chunk else self._tail
        return ends

    def _split(self, chunk: str) -> bool:
        """Cut the next part of the file into lines; False if it is the end."""
        ends = self._count(chunk)
        if not chunk:
            self._end_line("")
            return bool(self._ready)
        if ends == len(chunk):
            self._end_line("\n")
            self._end_line(chunk[1:])
            return True
        first, *others = chunk.split("\n")
        if not others:
            self._keep(first)
            return True
        self._end_line(f"{first}\n")
        self._end_lines(others[:-1])
        self._keep(others[-1])
        return True

    def _end_lines(self, texts: list[str]) -> None:
        if not any(texts):
            self._end_line("\n" * len(texts))
            return
        for text in texts:
            self._ready.append(Line(self._number, f"{text}\n", len(text) + 1))
            self._number += 1

    def _end_line(self, text: str) -> None:
        self._keep(text)
        if self._length:
            whole = "".join(self._parts)
            self._ready.append(Line(self._number, whole, self._length))
            self._number += max(1, text.count("\n"))
        self._parts, self._length = [], 0

    def _keep(self, part: str) -> None:
        self._length += len(part)
        if self._length <= ROW_LIMIT:
            self._parts.append(part)
        elif self._length - len(part) <= ROW_LIMIT:
            self._parts = ["".join([*self._parts, part])[:HEAD]]
