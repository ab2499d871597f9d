"""Import one file: rows to fields, fields to the store, and what is rejected to its own file."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import cast

from kbsearch.errors import FileUnreadable, TicketInvalid
from kbsearch.intake.attachment_texts import AttachmentReader
from kbsearch.intake.columns import Columns
from kbsearch.intake.file_columns import FileColumns
from kbsearch.intake.glimpse import Glimpse
from kbsearch.intake.joining import Joined, Joining
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.apart import Readers
from kbsearch.intake.rejects import Rejects, check_mended
from kbsearch.intake.rows import ROW_LIMIT, BadRow, Row
from kbsearch.intake.survey import Break, Survey
from kbsearch.intake.threads import with_likely_resolution, with_reply
from kbsearch.intake.values.fields import CellReader
from kbsearch.intake.values.notes import CellNotes
from kbsearch.intake.vendors.paths import with_paths
from kbsearch.intake.vendors.reading import read_row
from kbsearch.intake.vendors.vendor import Vendor
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.ticket import TicketFields, check_texts
from kbsearch.store.store import Saved, Store

BATCH = 1_000
"""Rows that are saved in one transaction; fewer if they are long."""
REASONS_TOLD = 5
"""Rows of a file that a dry run would reject, of which it says why."""
HOPELESS = 50_000
"""Rows after each other that are rejected, after which a file is given up."""
REASON_SHOWN = 120
"""Characters of a reason by which rejected rows are counted."""


_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every file of one import."""

    store: Store
    columns: Columns
    options: ImportOptions
    rejects_folder: Path
    readers: Readers


class FileImport:
    """The import of one file.

    file     what is imported; its notes are for the report.
    counts   rows: read, and of these new, changed, unchanged, older, deleted, rejected, and joined
             to the ticket of another row.
    reasons  how many rows were rejected for each reason.
    rejects  the file of rejected rows, once the import has ended, well or not.
    glimpse  the first rows.
    """

    def __init__(self, job: Job, file: InputFile) -> None:
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.rejects: Path | None = None
        self._job = job
        self.file = file
        self._rejects = Rejects(job.rejects_folder, file.path, job.store.masking.text)
        self._notes = CellNotes()
        self._attachments = AttachmentReader()
        self._rejected: list[tuple[Row | BadRow, TicketInvalid]] = []
        self._told = 0
        self._vain = 0
        self._vendor: Vendor | None = None
        self._others: Counter[str] = Counter()
        self._read_last: tuple[Row | None, Mapping[str, object]] = (None, {})
        self._breaks: Break | None = None
        self.glimpse = Glimpse()

    def run(self, tell: Callable[[int], None]) -> None:
        """Import every row; `tell` is told the bytes read so far after each batch.

        Raises FileUnreadable where the file cannot be read any further; the rows before that
        are kept.
        """
        self._survey()
        try:
            with closing(self._rows()) as rows:
                for batch in _batches(rows):
                    self._take(batch)
                    tell(self.file.position)
                    self._check_hope(batch[-1].line)
            self._take_joined()
        except FileUnreadable as error:
            if not self.counts["read"]:
                raise
            self._take_joined()
            kept = "" if self._job.options.dry_run else " and are kept"
            raise FileUnreadable(
                f"{error} The {self.counts['read']:,} rows before that were read{kept}."
            ) from None
        finally:
            self.rejects = self._rejects.close()
            self._joining.close()
            for said in (self._columns, self._notes, self._attachments, self._joining):
                for sentence in said.sentences():
                    self.file.note(sentence)
            self._note_others()
        if not self.counts["read"]:
            self.file.note("there are no rows in it.")

    def _survey(self) -> None:
        """Read the file once for what its columns prove; the import says what is wrong with it.

        Raises FileUnreadable if no column of it can be searched.
        """
        survey = Survey(self._job.columns, self._job.options.date_order)
        file = self.file.again()  # its notes come again with the rows
        with closing(self._job.readers.rows(file)) as rows:
            survey.read(self.glimpse.watch(rows))
        self._breaks = survey.breaks
        facts = survey.facts()
        self._vendor = survey.vendor
        self._columns = FileColumns(self.file.path, survey.columns, facts)
        self._cells = CellReader(facts, self._notes, self._job.options.meanings)
        self._joining = Joining(survey.repeats, self._job.rejects_folder.parent)
        for sentence in survey.sentences():
            self.file.note(sentence)

    def _rows(self) -> Generator[Row | BadRow, None, None]:
        """Yield the rows; what ended the reading before the import ends it at the same row."""
        with closing(self._job.readers.rows(self.file)) as rows:
            if self._breaks is None:
                yield from rows
            else:
                yield from islice(rows, self._breaks.after)
                raise self._breaks.fault

    def _check_hope(self, line: int) -> None:
        """Raise FileUnreadable if no row was taken for so long that none is likely to be."""
        if self._vain > HOPELESS:
            raise FileUnreadable(
                f"{self.file.path}: the last {self._vain:,} rows were all rejected, up to line"
                f" {line:,}, and what comes after it was not read; mend the file, and import it"
                " again."
            )

    def _take(self, batch: Sequence[Row | BadRow]) -> None:
        """Save the rows that can be saved, set aside those that come again, reject the others."""
        alone: list[Joined] = []
        batch = self._tickets(batch)
        for row in batch:
            if isinstance(row, Row) and self._joining.keeps(row, self._reference):
                self._vain = 0
                continue
            if fields := self._read(row):
                alone.append(Joined([cast(Row, row)], with_reply(fields, row.values)))
        self._save(alone)
        self.counts["read"] += len(batch)

    def _take_joined(self) -> None:
        """Save the tickets of the rows that were set aside."""
        lot: list[Joined] = []
        size = 0
        for joined in self._joining.tickets(self._read_part):
            lot.append(joined)
            size += sum(row.size for row in joined.rows)
            if len(lot) == BATCH or size > ROW_LIMIT:
                self._save(lot)
                lot, size = [], 0
        self._save(lot)

    def _save(self, tickets: Sequence[Joined]) -> None:
        given = [with_likely_resolution(one.fields) for one in tickets]
        self.glimpse.tickets(self._as_stored(given))
        results = self._job.store.save_many(
            given,
            dry_run=self._job.options.dry_run,
            force_older=self._job.options.force_older,
        )
        for (rows, _), result in zip(tickets, results, strict=True):
            if isinstance(result, Saved):
                self.counts[result.outcome] += 1
                self.counts["joined"] += len(rows) - 1
                self._notes.emptied(result.emptied, rows[0].line)
                self._vain = 0
            else:
                self._reject(rows, result)
        self._write_rejects()

    def _as_stored(self, given: Iterable[TicketFields]) -> Iterator[TicketFields]:
        for fields in given:
            with suppress(TicketInvalid):
                yield self._job.store.as_stored(fields)

    def _reject(self, rows: Sequence[Row | BadRow], error: TicketInvalid) -> None:
        self.counts["rejected"] += len(rows)
        self._vain += len(rows)
        self.reasons[_kind(error)] += len(rows)
        self._rejected += ((row, error) for row in rows)

    def _write_rejects(self) -> None:
        """Write what was rejected since the last time, in the order of the file."""
        in_order = sorted(self._rejected, key=lambda pair: pair[0].line)
        self._rejected.clear()
        if not self._job.options.dry_run:
            for row, error in in_order:
                self._rejects.write(row.line, error, row.values, whole=isinstance(row, Row))
            return
        for row, error in in_order[: REASONS_TOLD - self._told]:
            self.file.note(f"line {row.line} would be rejected: {error}")
            self._told += 1

    def _tickets(self, batch: Sequence[Row | BadRow]) -> Sequence[Row | BadRow]:
        """Return the rows without those that the vendor lists among its tickets and are none."""
        if self._vendor is None:
            return batch
        other = self._vendor.shape.other
        kinds = [other(row.values) if isinstance(row, Row) else "" for row in batch]
        self._others.update(kind for kind in kinds if kind)
        return [row for row, kind in zip(batch, kinds, strict=True) if not kind]

    def _note_others(self) -> None:
        for kind, number in self._others.items():
            self.file.blank += number
            what = f"{number:,} {kind}{'' if number == 1 else 's'}"
            self.file.note(f"rows that are no tickets were passed over: {what}.")

    def _reference(self, row: Row) -> tuple[str, object]:
        """Return the column that holds the reference of a row, and what it holds."""
        values = self._meant(row)
        column = self._columns.of(tuple(values)).columns.get("reference", ("",))[0]
        return column, values.get(column)

    def _meant(self, row: Row) -> Mapping[str, object]:
        """Return the values of a row as the vendor of the file means them."""
        if self._read_last[0] is not row:  # its reference was asked for just now
            columns = self._job.columns
            values = with_paths(row.values, columns.paths)
            read = read_row(self._vendor, values, columns.asked) if self._vendor else values
            self._read_last = row, read
        return self._read_last[1]

    def _read(self, row: Row | BadRow) -> TicketFields | None:
        """Return the fields of a row, None if it is rejected."""
        try:
            return self._fields(row)
        except TicketInvalid as error:
            self._reject([row], error)
            return None

    def _read_part(self, row: Row) -> TicketFields | None:
        """Return the fields of one of several rows; what is wrong with it is not their fault."""
        if fields := self._read(row):
            try:
                check_texts(fields)
            except TicketInvalid as error:
                self._reject([row], error)
                return None
        return fields

    def _fields(self, row: Row | BadRow) -> TicketFields:
        if isinstance(row, BadRow):
            raise TicketInvalid(row.field, row.reason)
        check_mended(row.values)
        values = self._meant(row)
        assignment = self._columns.of(tuple(values))
        fields = self._cells.fields(row.line, values, assignment.columns)
        if not fields.get("reference"):
            if self._columns.has_reference:
                raise TicketInvalid("reference", "is empty; give the row one of its own")
            fields["reference"] = content_reference(fields)
        fields.setdefault("source", self._job.options.source)
        if row.messages:
            fields["messages"] = self._attachments.messages(row.files, row.messages)
        if row.raw:
            fields["raw"] = {**fields.get("raw", {}), **row.raw}
        self.glimpse.row(values, assignment)
        return fields


def _kind(error: TicketInvalid) -> str:
    """Return the reason without what differs from row to row, and without what to do about it."""
    return f"{error.field}: {_NUMBER.sub('…', error.reason).partition(';')[0]}"[:REASON_SHOWN]


def content_reference(fields: TicketFields) -> str:
    """Return a reference made of the content, the same whenever the content is.

    >>> content_reference({"reference": "", "subject": "No paper"})
    'row-b9cd78d3b92d'
    """
    content = {name: value for name, value in fields.items() if value and name != "raw"}
    text = json.dumps(content, default=str, sort_keys=True)
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _batches(rows: Iterator[Row | BadRow]) -> Iterator[list[Row | BadRow]]:
    """Yield the rows in batches, the last one also when the file breaks off after it."""
    batch: list[Row | BadRow] = []
    size = 0
    fault: FileUnreadable | None = None
    try:
        for row in rows:
            batch.append(row)
            size += row.size if isinstance(row, Row) else 0
            if len(batch) == BATCH or size > ROW_LIMIT:
                yield batch
                batch, size = [], 0
    except FileUnreadable as error:
        fault = error
    if batch:
        yield batch
    if fault is not None:
        raise fault
