"""Read a file once before it is imported: what do all its rows prove?"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as of_each

from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import Columns, listed
from kbsearch.intake.repeats import Repeats, reference_key
from kbsearch.intake.rows import BadRow, Row
from kbsearch.intake.values.dates import TimeEvidence
from kbsearch.intake.values.facts import ColumnFacts, FileFacts
from kbsearch.intake.values.guards import unguarded
from kbsearch.intake.values.line_ends import LineEndEvidence
from kbsearch.intake.values.markup import MarkupEvidence, without_pictures
from kbsearch.intake.values.messages import parts_of
from kbsearch.intake.values.nothing import is_mark, is_word
from kbsearch.intake.values.references import ReferenceEvidence
from kbsearch.intake.values.tags import separator_of, used_separators
from kbsearch.intake.values.verdicts import verdict_of
from kbsearch.intake.vendors.paths import with_paths
from kbsearch.intake.vendors.reading import MESSAGES, read_row
from kbsearch.intake.vendors.vendor import Vendor, recognised
from kbsearch.records.import_options import DateOrder
from kbsearch.records.ticket import NAMES, TEXTS, TIMES

COLUMNS_LIMIT = 10_000
"""Different columns of a file that are kept in mind."""
FIRST = 100
"""Rows that show the vendor: an object of JSON leaves out what it has nothing for."""
FIRST_SIZE = 1_000_000
"""Characters of these rows."""
HOPELESS = 10_000
"""Rows after which a file whose columns say nothing is given up."""


@dataclass(slots=True)
class _Column:
    """What was seen of one column.

    word_marks  rows with a mark for nothing that is also a word.
    verdicts    rows with a verdict, the first of which is `verdict`.
    """

    field: str
    filled: int = 0
    word_marks: int = 0
    verdicts: int = 0
    verdict: str = ""
    times: TimeEvidence = of_each(default_factory=TimeEvidence)
    references: ReferenceEvidence = of_each(default_factory=ReferenceEvidence)
    markup: MarkupEvidence = of_each(default_factory=MarkupEvidence)
    separators: Counter[str] = of_each(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a file cannot be read any further: after so many rows."""

    after: int
    fault: FileUnreadable


class Survey:
    """Gathers what the rows of one file prove.

    repeats  the references that come more than once, column by column.
    order    which of day and month comes first, as the admin says; None if the admin does not.
    vendor   the help desk that the file is an export of, None where it is of none that is known.
    columns  what columns are taken for, with what that vendor means by them.
    breaks   where the file breaks off, None if it has its end.
    """

    def __init__(self, columns: Columns, order: DateOrder | None) -> None:
        self.columns = columns
        self.vendor: Vendor | None = None
        self._asked = order
        self._columns: dict[str, _Column | None] = {}
        self._line_ends = LineEndEvidence()
        self._first: list[Row] | None = []
        self.repeats = Repeats()
        self.breaks: Break | None = None

    def read(self, rows: Iterable[Row | BadRow]) -> None:
        """Take every row; where the file breaks off, the import says so.

        A file of which no field takes a column is not read to its end: the import refuses it.
        """
        count = 0
        try:
            for count, row in enumerate(rows, start=1):
                if isinstance(row, Row):
                    self._take(row)
                if count > HOPELESS and not any(self._columns.values()):
                    break
        except FileUnreadable as fault:
            self.breaks = Break(count, fault)
        self._recognise()
        self.repeats.close()

    def _take(self, row: Row) -> None:
        """Look at a row, once it is known which vendor the file is of."""
        if self._first is None:
            self._survey(row)
            return
        self._first.append(row)
        if len(self._first) == FIRST or sum(one.size for one in self._first) > FIRST_SIZE:
            self._recognise()

    def _recognise(self) -> None:
        """Tell the vendor by the first rows together, and look at them."""
        first, self._first = self._first or [], None
        together: dict[str, object] = {}
        for row in first:
            for name, value in with_paths(row.values, self.columns.paths).items():
                if together.get(name) in (None, ""):
                    together[name] = value
        if first:
            self.vendor = recognised(together)
            self.columns = self.columns.of_vendor(self.vendor.fields if self.vendor else {})
        for row in first:
            self._survey(row)

    def _survey(self, row: Row) -> None:
        values = with_paths(row.values, self.columns.paths)
        if self.vendor:
            values = read_row(self.vendor, values, self.columns.asked)
        for name, value in values.items():
            if value is None or value == "":
                if name not in self._columns:
                    self._known(name)
                continue
            column = self._columns.get(name) or self._known(name)
            if column is not None:
                if column.field == "reference":
                    self.repeats.add(reference_key(name, value))
                self._look(column, row.line, value)

    def _known(self, name: str) -> _Column | None:
        """Return what is seen of a column; None if no field takes it."""
        if name not in self._columns and len(self._columns) < COLUMNS_LIMIT:
            meaning = self.columns.field_of(name)
            self._columns[name] = _Column(meaning) if meaning else None
        return self._columns.get(name)

    def _look(self, column: _Column, line: int, value: object) -> None:
        if not isinstance(value, str):
            if isinstance(value, list | dict):
                column.filled += bool(value)
                self._gather_messages(column, line, value)
                return
            value = json.dumps(value)
        text = unguarded(value.strip())
        if not text:
            return
        if is_mark(column.field, text):
            column.word_marks += is_word(text)
            return
        column.filled += 1
        self._gather(column, line, text)

    def _gather(self, column: _Column, line: int, text: str) -> None:
        if column.field in TEXTS:
            text = without_pictures(text)
            column.markup.add(text)
            self._line_ends.add(text)
            if column.field == "resolution" and verdict_of(text):
                column.verdicts += 1
                column.verdict = column.verdict or text
        elif column.field in TIMES:
            column.times.add(line, text)
        elif column.field == "reference":
            column.references.add(line, text)
        elif column.field in NAMES:
            if "&" in text:
                column.markup.add(text)
        elif column.field == "tags" and text[0] not in "[#" and (mark := separator_of(text)):
            column.separators[mark] += 1

    def _gather_messages(self, column: _Column, line: int, value: object) -> None:
        for one in parts_of(value) if column.field == MESSAGES else ():
            if isinstance(text := one.get("text"), str):
                column.markup.add(text)
                self._line_ends.add(text)
            if isinstance(at := one.get("at"), str):
                column.times.add(line, at)

    def facts(self) -> FileFacts:
        """Return what the rows prove."""
        known = {name: column for name, column in self._columns.items() if column}
        shared, _ = self._order()
        return FileFacts(
            {name: _facts(column, self._asked, shared) for name, column in known.items()},
            tuple(self._columns),
            tuple(name for name, column in known.items() if not _is_filled(column)),
            tuple(name for name, column in known.items() if _is_verdict(column)),
            self._line_ends.written,
        )

    def _order(self) -> tuple[DateOrder | None, str]:
        """Return the order that another column proves, or AM and PM let us think, and why."""
        times = self._times()
        proven = {one.times.order: name for name, one in times.items() if one.times.order}
        if len(proven) == 1:
            return next((order, f"{listed([name])} proves it") for order, name in proven.items())
        american = any(column.times.american for column in times.values())
        if american and not proven:
            return DateOrder.MONTH_FIRST, "it has AM or PM; --date-order says otherwise"
        return None, ""

    def _times(self) -> dict[str, _Column]:
        return {
            name: column
            for name, column in self._columns.items()
            if column and column.field in TIMES
        }

    def sentences(self) -> Iterator[str]:
        """Yield what was found out about whole columns, without the name of the file."""
        if self.vendor:
            yield f"recognised as an export of {self.vendor}: {', '.join(self.vendor.marks)}."
        for name, column in self._times().items():
            yield from self._order_said(name, column.times)
        known = {name: column for name, column in self._columns.items() if column}
        for name, column in known.items():
            if column.references.line:
                yield (
                    f"a spreadsheet shortened numbers in {listed([name])}, such as"
                    f' "{column.references.example}" in line {column.references.line}; export'
                    " that column as text."
                )
            if _is_verdict(column):
                yield (
                    f'{listed([name])} holds nothing but verdicts such as "{column.verdict}": they'
                    " are why a ticket was closed, and no resolution."
                )
        if empty := [name for name, column in known.items() if not _is_filled(column)]:
            are, change = ("is", "changes") if len(empty) == 1 else ("are", "change")
            yield f"{listed(empty)} {are} empty in every row and {change} nothing."

    def _order_said(self, name: str, times: TimeEvidence) -> Iterator[str]:
        if len(times.lines) == 2:
            lines = " and ".join(f"{order} in line {line}" for order, line in times.lines.items())
            yield (
                f"{listed([name])} mixes both orders of day and month ({lines}); dates that could"
                " be two are read by --date-order."
            )
        elif times.serial:
            yield f"{listed([name])} holds the days that a spreadsheet counts."
        elif times.order:
            line = times.lines[times.order]
            yield f"{listed([name])} has the order {times.order}: line {line} proves it."
        elif times.doubtful:
            order, why = (self._asked, "--date-order says so") if self._asked else self._order()
            if order:
                yield f"{listed([name])} is taken as {order}: {why}."


def _is_filled(column: _Column) -> bool:
    """Tell whether a column says something: a key that is missing does, too."""
    once = column.field == "subject" and column.word_marks == 1
    return column.filled > 0 or once or column.field == "reference"


def _is_verdict(column: _Column) -> bool:
    return 0 < column.verdicts == column.filled


def _facts(column: _Column, asked: DateOrder | None, shared: DateOrder | None) -> ColumnFacts:
    """Return the facts of a column; a subject such as None is a mark only if it comes again."""
    order = asked or (None if len(column.times.lines) > 1 else shared)
    return ColumnFacts(
        filled=_is_filled(column),
        word_marks=column.field != "subject" or column.word_marks > 1,
        time=column.times.column(order),
        reference=column.references.column(),
        separators=used_separators(column.field, column.separators),
        tagged=column.markup.tagged,
        escaped=column.markup.escaped,
    )
