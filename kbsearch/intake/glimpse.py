"""The first rows of a file: as the file has them, and as they will be stored."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from kbsearch.intake.columns import Assignment
from kbsearch.intake.rows import BadRow, Row
from kbsearch.records.import_preview import ColumnPreview, FilePreview
from kbsearch.records.ticket import TicketFields

ROWS = 5
COLUMNS = 200
"""Columns of a file that are shown: no table of a help desk has more that anyone asks for."""
SAMPLES = 3
"""Values of a column that are shown."""
SHOWN = 200
"""Characters of a value that are shown."""


class Glimpse:
    """Keeps the first rows of one file."""

    def __init__(self) -> None:
        self._fields: dict[str, str] = {}
        self._samples: dict[str, list[str]] = {}
        self._seen = 0
        self._tickets: list[TicketFields] = []
        self._unread: list[Mapping[str, object]] = []

    def watch(self, rows: Iterable[Row | BadRow]) -> Iterator[Row | BadRow]:
        """Yield the rows; the first ones are shown if none of them can be taken."""
        for row in rows:
            if len(self._unread) < ROWS and isinstance(row, Row):
                self._unread.append(row.values)
            yield row

    def row(self, values: Mapping[str, object], assignment: Assignment) -> None:
        """Take the columns of a row, and what they are taken for."""
        if self._seen < ROWS:
            self._seen += 1
            columns = assignment.columns.items()
            self._look(values, {name: field for field, names in columns for name in names})

    def tickets(self, tickets: Iterable[TicketFields]) -> None:
        """Take tickets as they are stored."""
        self._tickets += islice(tickets, ROWS - len(self._tickets))

    def _look(self, values: Mapping[str, object], taken: Mapping[str, str]) -> None:
        for name, value in values.items():
            is_shown = name in self._samples or len(self._samples) < COLUMNS
            if is_shown and not name.startswith("_"):
                self._fields[name] = taken.get(name, self._fields.get(name, ""))
                self._sample(self._samples.setdefault(name, []), value)

    def preview(self, path: Path, mask: Callable[[str], str]) -> FilePreview:
        """Return what was kept, each value of a column masked."""
        for values in () if self._seen else self._unread:
            self._look(values, {})
        columns = [
            ColumnPreview(name, self._fields[name], tuple(map(mask, samples)))
            for name, samples in self._samples.items()
        ]
        return FilePreview(str(path), tuple(columns), tuple(self._tickets))

    def _sample(self, samples: list[str], value: object) -> None:
        if len(samples) < SAMPLES and value not in (None, "", [], {}):
            text = value if isinstance(value, str) else json.dumps(value, default=str)
            samples.append(" ".join(text[: 4 * SHOWN].split())[:SHOWN])
