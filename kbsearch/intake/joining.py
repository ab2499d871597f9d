"""Set aside the rows of references that come more than once, and make one ticket of each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kbsearch.intake.columns import listed
from kbsearch.intake.repeats import Repeats, reference_key
from kbsearch.intake.row_groups import RowGroups
from kbsearch.intake.rows import Row
from kbsearch.intake.threads import Said, is_conversation, one_ticket
from kbsearch.records.ticket import TicketFields

Read = Callable[[Row], TicketFields | None]
"""Makes fields of a row; None if it is rejected."""


class Joined(NamedTuple):
    """Rows of one ticket, and its fields."""

    rows: Sequence[Row]
    fields: TicketFields


class _Found(NamedTuple):
    """What a note says of tickets with several rows: an example, and how many rows that has."""

    reference: str
    rows: int


class Joining:
    """Joins the rows of one file.

    repeats  the references that come more than once.
    folder   where rows are kept while the file is read.
    """

    def __init__(self, repeats: Repeats, folder: Path) -> None:
        self._repeats = repeats
        self._groups = RowGroups(folder) if repeats else None
        self._tickets: Counter[bool] = Counter()
        self._examples: dict[bool, _Found] = {}

    def keeps(self, row: Row, reference_of: Callable[[Row], tuple[str, object]]) -> bool:
        """Keep a row if its reference comes again; tell whether it does.

        A row that is a conversation already needs no other.

        reference_of  returns the column of the reference, and what it holds.
        """
        if self._groups is None or row.messages:
            return False
        key = reference_key(*reference_of(row))
        if not key or key not in self._repeats:
            return False
        self._groups.add(key, row)
        return True

    def tickets(self, read: Read) -> Iterator[Joined]:
        """Yield the tickets of the rows that are kept, and forget these."""
        for rows in self._groups or ():
            yield from self._by_ticket(rows, read)
        self.close()

    def close(self) -> None:
        """Forget the rows that are kept."""
        if self._groups is not None:
            self._groups.close()
            self._groups = None

    def _by_ticket(self, rows: Sequence[Row], read: Read) -> Iterator[Joined]:
        """Yield what becomes of rows of one reference: a ticket in each source that they name."""
        by_source: dict[str, list[tuple[Row, Said]]] = {}
        for row in rows:
            if fields := read(row):
                said = Said(row.values, fields)
                by_source.setdefault(fields.get("source", ""), []).append((row, said))
        for some in by_source.values():
            said_rows = [said for _, said in some]
            if len(some) > 1:
                self._count(said_rows)
            yield Joined([row for row, _ in some], one_ticket(said_rows))

    def _count(self, rows: Sequence[Said]) -> None:
        kind = is_conversation(rows)
        self._tickets[kind] += 1
        self._examples.setdefault(kind, _Found(rows[0].fields["reference"], len(rows)))

    def sentences(self) -> Iterator[str]:
        """Yield what an admin should know, without the name of the file."""
        for kind, example in self._examples.items():
            of = self._tickets[kind]
            stand = f"{of:,} references stand" if of > 1 else "one reference stands"
            made = "each row is a message of its ticket" if kind else "the newest row was taken"
            yield (
                f"{stand} in several rows, such as {listed([example.reference])} in"
                f" {example.rows:,}: {made}."
            )
