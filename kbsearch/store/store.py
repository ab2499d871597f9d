"""The central store: the only truth about tickets, and the log of their changes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Self, cast

from sqlalchemy import bindparam, select

from kbsearch.errors import CallNotFound, TicketInvalid
from kbsearch.names import is_storable, spellings
from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.audit import Entry
from kbsearch.records.customer import CustomerTickets, may_be_number
from kbsearch.records.history import Mark
from kbsearch.records.masking import Masking
from kbsearch.records.outcome import Call, OutcomeReport, TrackRecord
from kbsearch.records.ticket import FIELDS, StoredTicket, TicketFields
from kbsearch.store import counts, customers, deleted, log, outcomes, threads
from kbsearch.store.audit import AuditLog
from kbsearch.store.batch import Batch, Outcome, Saved, states
from kbsearch.store.customers import Keep
from kbsearch.store.database import Database
from kbsearch.store.deleted import Gone
from kbsearch.store.deleting import absent, to_bring_back, to_delete
from kbsearch.store.facts import TicketFeatures
from kbsearch.store.keyring import StoreKeys, take_turn
from kbsearch.store.lookup import Lookup, not_found, spelt_otherwise
from kbsearch.store.merge import merge, tidied
from kbsearch.store.recent import RecentQueries, RedactText
from kbsearch.store.remasking import Remasking
from kbsearch.store.rows import COLUMNS, LIST_COLUMNS, rows_of, ticket_of
from kbsearch.store.schema import prepare
from kbsearch.store.solved import SolvedQuery, solved_queries
from kbsearch.store.tables import Base, CounterRow, TicketRow, VaultRow
from kbsearch.store.vault import Vault

__all__ = ["Outcome", "Saved", "Store"]

# Every search asks some of these, so they are made once.
_ASKED = TicketRow.id.in_(bindparam("ids", expanding=True)), TicketRow.deleted_at.is_(None)
_LISTED = select(*LIST_COLUMNS).where(*_ASKED)
_BY_ID = select(*COLUMNS).where(*_ASKED)
_LAST_SEQUENCE = select(CounterRow.last_sequence)
_LAST_TICKET = select(CounterRow.last_ticket)
_STREAMED = 1_000
"""Tickets read ahead while all of them are streamed."""


class Store:
    """Tickets and their change log, in SQLite or PostgreSQL.

    Threads may share a store; a process that forks opens its own afterwards. Every call raises
    StoreUnavailable, with a sentence, when the database does not do as it should.

    audit  what was done, by whom.
    vault  what masked texts said before.
    """

    def __init__(self, database: Database, masking: Masking, keys: KeyFile | None = None) -> None:
        self.keys = StoreKeys(database, keys)
        self.audit = AuditLog(database, self.keys)
        self.vault = Vault(database, self.keys)
        self.remasking = Remasking(database, masking, self.keys)
        self._database = database
        self.masking = masking
        self._figures = counts.Figures(database)

    @classmethod
    def open(
        cls, url: str, *, masking: Masking, keys: KeyFile | None = None, create: bool = True
    ) -> Self:
        """Open the store at an SQLAlchemy URL; make or migrate its tables as needed.

        masking  every ticket passes it before it is written; it sees what is held as it was,
                 merged with what is new.
        keys     what signs the audit log and seals originals; without it neither is written.
        create   whether to make a store where there is none; else StoreMissing is raised. A store
                 that is only opened can also be read where no one can write.
        """
        database = Database(url, create=create)
        try:
            prepare(database, create=create)
        except BaseException:
            database.close()
            raise
        return cls(database, masking, keys)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def reading_together(self) -> AbstractContextManager[None]:
        """Let this thread read in one transaction what it reads in this block: that is quicker."""
        return self._database.reading_together()

    def save(self, fields: TicketFields) -> StoredTicket:
        """Save one ticket, as `save_many` does; raises TicketInvalid and TicketDeleted."""
        with self._database.writing() as connection:
            batch = Batch(connection, self.masking, self.keys)
            batch.load([fields["reference"]])
            if batch.save(fields).outcome is Outcome.DELETED:
                raise batch.gone()[0].error()
            batch.write()
            return batch.ticket(fields)

    def create(self, fields: TicketFields, *, in_any_source: bool = False) -> StoredTicket:
        """Save a ticket that is not there yet; of those who try at a time only one succeeds.

        in_any_source  the reference must be new to every source, not only to that of the ticket.

        Raises TicketInvalid, or ReferenceTaken if there is a ticket with the reference, or was one
        that was deleted; it may be spelt in capitals.
        """
        with self._database.writing() as connection:
            batch = Batch(connection, self.masking, self.keys)
            batch.load(spellings(fields["reference"]))
            batch.create(fields, in_any_source=in_any_source)
            batch.write()
            return batch.ticket(fields)

    def save_many(
        self, rows: Sequence[TicketFields], *, dry_run: bool = False, force_older: bool = False
    ) -> list[Saved | TicketInvalid]:
        """Save tickets in one transaction and return what became of each row, in order.

        A field that is absent keeps what the store has; content that is the same writes
        nothing, and neither does a row whose `updated_at` is before that of the ticket. A
        deleted ticket stays deleted. A row that is invalid is left out, and its error stands in
        its place; anything else that is raised undoes all rows.

        dry_run      tell what would become of them, and write nothing.
        force_older  let an older row change a newer ticket.
        """
        database = self._database
        with database.reading() if dry_run else database.writing() as connection:
            batch = Batch(connection, self.masking, self.keys, lock=not dry_run)
            batch.load(fields["reference"] for fields in rows)
            results = [_saved(batch, fields, force_older=force_older) for fields in rows]
            if not dry_run:
                batch.write()
            return results

    def streamed(self) -> Iterator[tuple[str, str]]:
        """Stream every row of every table but the vault: the name of the table, and its values."""
        for table in Base.metadata.sorted_tables:
            if table.name != VaultRow.__tablename__:
                with self._database.reading() as connection:
                    streaming = connection.execution_options(yield_per=1_000)
                    for row in streaming.execute(select(table)):
                        yield table.name, "\n".join(map(str, row))

    def as_stored(self, fields: TicketFields) -> TicketFields:
        """Return the fields as a new ticket would have them, masked. Raises TicketInvalid."""
        given = self.masking.without_cards(tidied(fields))
        ticket = self.masking.mask(merge(None, given, now=datetime.now(UTC))).ticket
        shown = {name: getattr(ticket, name) for name in given if name in FIELDS}
        return cast("TicketFields", shown)

    def get(self, reference: str, source: str | None = None) -> StoredTicket:
        """Return the ticket of this reference, in this source or the only one that has it.

        The reference may be typed with blanks around it, or in small letters.

        Raises TicketNotFound, or TicketDeleted, and InputError if several sources have it.
        """
        if not is_storable(reference):
            raise not_found(reference, source)
        query = select(*COLUMNS).where(TicketRow.reference.in_(spellings(reference)))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(TicketRow.source)).all()
            held = states(connection, rows)
            near = [] if rows else spelt_otherwise(connection, reference)
        live = Lookup(one.ticket for one in held if one.gone is None).the_one(reference, source)
        if live is None:
            gone = Lookup(one.gone for one in held if one.gone)
            raise absent(gone, reference, source, near)
        return live

    def fetch(self, ids: Sequence[int]) -> dict[int, StoredTicket]:
        """Return the tickets of these ids as a list shows them: without ONLY_ON_ITS_PAGE.

        Those that are deleted or unknown are absent.
        """
        with self._database.reading() as connection:
            rows = rows_of(connection, _LISTED, ids)
        return {row.id: ticket_of(row) for row in rows}

    def fetch_whole(self, ids: Sequence[int]) -> dict[int, StoredTicket]:
        """Return these tickets as `fetch` does, with every field."""
        with self._database.reading() as connection:
            rows = rows_of(connection, _BY_ID, ids)
            messages = threads.read(connection, ids)
        return {row.id: ticket_of(row, messages.get(row.id, ())) for row in rows}

    def never_given(self, ids: Iterable[int]) -> bool:
        """Tell whether any of these is no id that a ticket has or ever had."""
        with self._database.reading() as connection:
            last = connection.execute(_LAST_TICKET).scalar_one()
        return any(not 1 <= number <= last for number in ids)

    def delete(self, reference: str, source: str | None = None) -> Gone:
        """Delete one ticket, as `delete_many` does."""
        return self.delete_many([reference], source)[0]

    def delete_many(
        self,
        references: Sequence[str],
        source: str | None = None,
        check: Callable[[int, int], None] | None = None,
        *,
        again: bool = False,
        entry: Callable[[Sequence[Gone]], Entry] | None = None,
    ) -> list[Gone]:
        """Delete these tickets, all or none: they stay, but nothing finds them until `undelete`.

        check  told how many tickets that is, of how many there are; raises to delete none.
        again  take those as well that are deleted already and not purged yet.
        entry  returns what the audit log says of it.

        Raises TicketNotFound with all that are not there, or InputError if a source must be named.
        """
        with self.audit.recording() as recorder:
            batch = Batch(recorder.connection, self.masking, self.keys)
            meant = to_delete(batch, references, source, again=again)
            if check is not None:
                check(len(meant), recorder.connection.scalars(counts.TICKETS).one())
            gone = [one if isinstance(one, Gone) else batch.delete(one) for one in meant]
            batch.write()
            recorder.append_if(entry, gone)
            return gone

    def undelete_many(
        self,
        references: Sequence[str],
        source: str | None = None,
        *,
        entry: Callable[[Sequence[StoredTicket]], Entry] | None = None,
    ) -> list[StoredTicket]:
        """Bring deleted tickets back as they were, all or none; `entry` is as in `delete_many`.

        Raises TicketNotFound, TicketNotDeleted, TicketDeleted if one is purged, and InputError if
        several sources have one.
        """
        with self.audit.recording() as recorder:
            batch = Batch(recorder.connection, self.masking, self.keys)
            gone = to_bring_back(batch, references, source)
            back = [batch.undelete(one) for one in gone]
            batch.write()
            recorder.append_if(entry, back)
            return back

    def deleted_before(self, moment: datetime) -> list[int]:
        """Return the ids of tickets that were deleted before and are not purged yet."""
        with self._database.reading() as connection:
            return deleted.due(connection, moment)

    def deleted_after(self, sequence: int) -> int:
        """Return how many tickets were deleted after this sequence and are not back."""
        with self._database.reading() as connection:
            return deleted.deleted_after(connection, sequence)

    def purge(self, ids: Sequence[int], *, entry: Callable[[int], Entry] | None = None) -> int:
        """Remove for good what these deleted tickets said; return how many there were.

        entry  returns what the audit log says of it, unless there were none.

        Raises StoreUnavailable also if they are purged and the file cannot be rewritten yet; then
        `owes_rewriting` says so, and another call does it.
        """
        with self.audit.recording() as recorder:
            take_turn(recorder.connection)
            purged = deleted.purge(recorder.connection, ids, datetime.now(UTC))
            if purged:
                self._database.owe_rewriting(recorder.connection)
                recorder.append_if(entry, purged)
        self._database.rewrite()
        return purged

    def owes_rewriting(self) -> bool:
        """Tell whether a purge was broken off after the tickets were purged."""
        return self._database.owes_rewriting()

    def tickets(self) -> Iterator[StoredTicket]:
        """Stream all tickets by id, as they stand when the first one is asked for."""
        query = select(*COLUMNS).where(TicketRow.deleted_at.is_(None)).order_by(TicketRow.id)
        with self._database.reading() as connection:
            streamed = connection.execution_options(yield_per=_STREAMED)
            with streamed.execute(query) as rows:
                yield from threads.with_messages(streamed, rows)

    def count(self) -> int:
        """Return how many tickets there are."""
        return self._figures.tickets()

    def count_resolved(self) -> int:
        """Return how many tickets have a resolution that is not blank."""
        return self._figures.resolved()

    def changes(self, after: int, limit: int = 1000) -> list[log.Change]:
        """Return the rows of the change log after this sequence, in order, at most `limit`.

        No row ever appears at or before a sequence that was once returned.
        """
        with self._database.reading() as connection:
            return log.changes(connection, after, limit)

    def watermark(self) -> int:
        """Return the last sequence of the change log, 0 if nothing was ever saved."""
        with self._database.reading() as connection:
            return connection.execute(_LAST_SEQUENCE).scalar_one()

    def mark(self) -> Mark:
        """Return the mark at the last change."""
        with self.reading_together():
            return self.standing(self.watermark()).mark

    def standing(self, sequence: int) -> log.Standing:
        """Return the mark at a sequence of the change log, and how far the log goes."""
        with self._database.reading() as connection:
            return log.standing(connection, sequence)

    def revisions(self) -> dict[int, int]:
        """Return the revision of each ticket that is not deleted, by its id."""
        with self._database.reading() as connection:
            return log.revisions(connection)

    def changed_after(self, sequence: int) -> set[int]:
        """Return the ids of the tickets that changed after a sequence of the change log."""
        with self._database.reading() as connection:
            return log.changed_after(connection, sequence)

    def references(self, ids: Collection[int]) -> dict[int, str]:
        """Return the references of tickets, deleted or not, by id; unknown ids are absent."""
        with self._database.reading() as connection:
            return log.references(connection, ids)

    def values(self, field: str) -> list[tuple[str, int]]:
        """Return the values of a field with how many tickets have each, most frequent first.

        field  product, status, category, kind, source or tags; empty values are left out.
        """
        return self._figures.values(field)

    def record_outcome(self, ticket_id: int, said: OutcomeReport) -> TrackRecord:
        """Take down what a call says of a ticket; return what is known of it then.

        It is no change of the ticket: the index has nothing to take in.
        """
        with self._database.writing() as connection:
            return outcomes.record(connection, ticket_id, said)

    def take_back_outcome(self, ticket: StoredTicket, call: str) -> TrackRecord:
        """Take back what a call said of a ticket; return what is known of the ticket then.

        Raises CallNotFound if the call has said nothing of it.
        """
        with self._database.writing() as connection:
            known = outcomes.take_back(connection, ticket.id, call)
        if known is None:
            raise CallNotFound(
                f"This call has said nothing of {ticket.reference}; check the id of the call."
            )
        return known

    def call(self, call: str) -> Call:
        """Return what a call tried; raises CallNotFound if it never said anything."""
        with self._database.reading() as connection:
            known = outcomes.call_of(connection, call)
        if known is None:
            raise CallNotFound("No call of this id has tried a ticket yet; check the id.")
        return known

    def facts(
        self, ids: Sequence[int], call: str = "", *, dated: bool = False
    ) -> dict[int, TicketFeatures]:
        """Return what is known of these tickets besides their words, as `fetch` has them.

        call   the call that a search is for: what did not help in it is marked.
        dated  also tell when they were created.
        """
        with self._database.reading() as connection:
            return outcomes.facts(connection, ids, call, dated=dated)

    def customer_tickets(
        self, typed: str, limit: int, keep: Keep | None = None
    ) -> CustomerTickets | None:
        """Return the newest tickets of a customer, None if what is typed is no customer number.

        keep  tells of a row which tickets are wanted, None for all.
        """
        if not may_be_number(typed):
            return None
        with self._database.reading() as connection:
            numbers = customers.customer_numbers(connection, typed)
            if not numbers:
                return None
            total, ids = customers.newest_of(connection, numbers, limit=limit, keep=keep)
        tickets = self.fetch(ids)
        return CustomerTickets(numbers, total, tuple(tickets[one] for one in ids if one in tickets))

    def solved_queries(self) -> list[SolvedQuery]:
        """Return which queries led to a ticket that solved the problem, as calls have said."""
        with self._database.reading() as connection:
            return solved_queries(connection)

    def recent_queries(self, *, limit: int, redact: RedactText) -> RecentQueries:
        """Return what keeps the last queries that people typed."""
        return RecentQueries(self._database, limit=limit, redact=redact)


def _saved(batch: Batch, fields: TicketFields, *, force_older: bool) -> Saved | TicketInvalid:
    try:
        return batch.save(fields, force_older=force_older)
    except TicketInvalid as error:
        return error
