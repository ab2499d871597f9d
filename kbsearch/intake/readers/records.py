"""Cut the lines of a delimited file into records of cells.

It follows the rules of the csv module, and adds what that cannot do: a quote that is a letter, or
is never closed, takes no other record along; a record may be longer than memory.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from kbsearch.intake.readers.dialect import Dialect
from kbsearch.intake.readers.lines import Line, Lines
from kbsearch.intake.readers.shapes import shape, usual_shapes
from kbsearch.intake.rows import HEAD, ROW_LIMIT

SPAN_LIMIT = 100_000
"""Lines in one record, beyond which only its quotes are looked at."""
LOOKED_AT = 50
"""Lines after a quote that tell whether it is one."""
PATIENCE = 4 * ROW_LIMIT
"""Characters that may be read twice, beyond those that became records meanwhile."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    first, last  its lines in the file.
    cells        what it holds; of a record beyond `ROW_LIMIT`, the cells of its beginning.
    length       characters that it has.
    cut          whether the cells are less than it has.
    unclosed     whether it opens a quote that is never closed.
    stray        whether a quote was taken as a letter.
    """

    first: int
    last: int
    cells: Sequence[str]
    length: int
    cut: bool = False
    unclosed: bool = False
    stray: bool = False


class _Beyond(Exception):
    """A record is too long to be kept; `taken` is what was read of it."""

    def __init__(self, taken: list[Line]) -> None:
        self.taken = taken


class Records:
    """Yields the records of some lines.

    width   how many cells the heading has, 0 as long as it is not known.
    starts  the shapes that the first cells of rows have, none if they tell nothing.
    """

    def __init__(self, lines: Lines, dialect: Dialect) -> None:
        self.width = 0
        self.starts: frozenset[str] = frozenset()
        self._lines = lines
        self._dialect = dialect
        self._spare = PATIENCE
        self._ended = False
        csv.field_size_limit(ROW_LIMIT)

    def __iter__(self) -> Iterator[Record]:
        for line in self._lines.filled():
            try:
                record = self._record(self._continued(line))
            except _Beyond as beyond:
                record = self._beyond(beyond.taken)
            self._spare += record.length
            yield record

    def learn(self, width: int, sample: str) -> None:
        """Take in how wide the heading is, and how the rows in a sample of the lines begin."""
        self.width = width
        body = "\n".join(sample.split("\n")[self._dialect.heading :])
        reader = self._csv(StringIO(self._dialect.escaped(body)), strict=False)
        records = [self._dialect.unescaped(row) for row in reader]
        rows = [row for row in records if len(row) == width]
        if 2 * len(rows) < len(records):
            lines = [self._tolerant(line) for line in body.split("\n") if line.strip()]
            widest = max((len(row) for row in lines if len(row) <= width), default=0)
            rows = [row for row in lines if len(row) == widest]
        self.starts = usual_shapes(row[0] for row in rows)

    def _record(self, line: Line) -> Record:
        if line.length > len(line.text):
            return Record(line.number, line.last, self._tolerant(line.text), line.length, cut=True)
        taken = [line]
        try:
            cells = next(self._csv(self._feed(taken), strict=True))
        except csv.Error:
            return self._malformed(taken)
        if len(taken) > 1 and self._swallows(taken, len(cells)):
            return self._first_alone(taken)
        return _whole(taken, self._dialect.unescaped(cells))

    def _malformed(self, taken: list[Line]) -> Record:
        """Return the record that ends where the csv module ends it, or else the first line."""
        if self._goes_on_with_rows(taken):
            return self._first_alone(taken)
        self._put_back(taken[1:])
        again = taken[:1]
        cells = next(self._csv(self._feed(again), strict=False))
        if self._ended:
            return self._first_alone(again)
        return _whole(again, self._dialect.unescaped(cells))

    def _first_alone(self, taken: list[Line]) -> Record:
        """Return the first line as a record whose quote is a letter, or else is never closed."""
        line, others = taken[0], taken[1:]
        self._put_back(others)
        cells = self._as_row(line)
        stray = cells is not None and line.text.endswith("\n")
        if others and not self._is_row(others[0], like=line):
            stray = False
        if cells is None or not stray:
            cells = self._tolerant(line.text)
        return Record(line.number, line.last, cells, line.length, unclosed=not stray, stray=stray)

    def _beyond(self, taken: list[Line]) -> Record:
        """Return a record of which only the beginning can be kept, unless its quote is stray."""
        if self._goes_on_with_rows(taken):
            return self._first_alone(taken)
        last = taken[-1].last
        is_open = sum(self._dialect.is_odd(line.text) for line in taken) % 2 == 1
        length = sum(line.length for line in taken)
        while is_open:
            length += self._lines.skip_without('"')
            line = next(self._lines, None)
            if line is None:
                break
            is_open ^= self._dialect.is_odd(line.text)
            length += line.length
            last = line.last
        else:
            head = "".join(line.text for line in taken[:HEAD])[:HEAD]
            return Record(taken[0].number, last, self._tolerant(head), length, cut=True)
        self._lines.restart(after=taken[0].number)
        self._spare = 0
        return self._first_alone(taken[:1])

    def _csv(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(
            lines, delimiter=self._dialect.delimiter, skipinitialspace=True, strict=strict
        )

    def _feed(self, taken: list[Line]) -> Iterator[str]:
        """Yield the text of the line that is taken, and of the next ones, which are taken too."""
        self._ended = False
        length = taken[0].length
        yield self._dialect.escaped(taken[0].text)
        for line in self._lines if self._spare > 0 else ():
            taken.append(line)
            length += line.length
            if length > ROW_LIMIT or len(taken) > SPAN_LIMIT:
                raise _Beyond(taken)
            yield self._dialect.escaped(line.text)
        self._ended = True

    def _continued(self, line: Line) -> Line:
        """Return a line with the next ones, as long as a backslash takes its end for a letter."""
        while self._dialect.goes_on(line.text) and line.length <= ROW_LIMIT:
            more = next(self._lines, None)
            if more is None:
                break
            line = Line(line.number, line.text + more.text, line.length + more.length)
        return line

    def _put_back(self, lines: Sequence[Line]) -> None:
        self._lines.put_back(lines)
        self._spare -= sum(line.length for line in lines)

    def _tolerant(self, text: str) -> list[str]:
        """Return the cells of one line, whatever its quotes are."""
        lines = StringIO(self._dialect.escaped(text))
        cells = next(self._csv(lines, strict=False), [])
        return self._dialect.unescaped(cells)

    def _as_row(self, line: Line) -> list[str] | None:
        """Return the cells of one line alone if they are as many as the heading has."""
        if self.width < 2:
            return None
        plain = line.text.rstrip("\n").split(self._dialect.delimiter)
        return next((c for c in (plain, self._tolerant(line.text)) if len(c) == self.width), None)

    def _begun(self, line: Line) -> str:
        return shape((self._tolerant(line.text) or [""])[0])

    def _is_row(self, line: Line, *, like: Line) -> bool:
        """Whether a line alone is as wide as the heading, and begins as rows do."""
        cells = self._as_row(line)
        if cells is None:
            return False
        begun = shape(cells[0])
        return not self.starts or begun in self.starts or begun == self._begun(like)

    def _goes_on_with_rows(self, taken: Sequence[Line]) -> bool:
        """Whether most of the lines after the first are rows of their own."""
        others = taken[1 : LOOKED_AT + 1]
        return 2 * sum(self._is_row(line, like=taken[0]) for line in others) > len(others)

    def _swallows(self, taken: Sequence[Line], width: int) -> bool:
        """Whether the lines of a record are rows of their own, one quote having opened too early.

        A record as wide as the heading is believed unless each of its lines is a row.
        """
        if not self.starts:
            return False
        if width != self.width:
            return self._goes_on_with_rows(taken)
        begun = self._begun(taken[0])
        rows = map(self._as_row, taken)
        return all(row is not None and shape(row[0]) == begun for row in rows)


def _whole(taken: Sequence[Line], cells: Sequence[str]) -> Record:
    length = sum(line.length for line in taken)
    return Record(taken[0].number, taken[-1].last, cells, length)
