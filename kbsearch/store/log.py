"""What the change log tells: how far it goes, and what became of which ticket."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from kbsearch.records.history import Mark, change_digest
from kbsearch.store.rows import portions
from kbsearch.store.tables import ChangeRow, CounterRow, TicketRow

# Every search asks this, so it is made once.
_STANDING = select(
    CounterRow.identity,
    CounterRow.last_sequence,
    ChangeRow.ticket_id,
    ChangeRow.revision,
    ChangeRow.action,
    ChangeRow.at,
).outerjoin(ChangeRow, ChangeRow.sequence == bindparam("sequence"))


class Standing(NamedTuple):
    """How far the history of a store goes.

    mark  the place that was asked for; it names no change if there is no such change.
    last  the sequence of the last change.
    """

    mark: Mark
    last: int


class Change(NamedTuple):
    """One row of the change log: something became of this ticket."""

    sequence: int
    ticket_id: int


def changes(connection: Connection, after: int, limit: int) -> list[Change]:
    """Return the rows of the change log after this sequence, in order, at most `limit`."""
    query = (
        select(ChangeRow.sequence, ChangeRow.ticket_id)
        .where(ChangeRow.sequence > after)
        .order_by(ChangeRow.sequence)
        .limit(limit)
    )
    return [Change(*row) for row in connection.execute(query)]


def standing(connection: Connection, sequence: int) -> Standing:
    """Return the mark at a sequence, and how far the change log goes."""
    (row,) = connection.execute(_STANDING, {"sequence": sequence}).all()
    change = ""
    if row.ticket_id is not None:
        change = change_digest(sequence, row.ticket_id, row.revision, row.action, row.at)
    return Standing(Mark(sequence, row.identity, change), row.last_sequence)


def revisions(connection: Connection) -> dict[int, int]:
    """Return the revision of each ticket that is not deleted, by its id."""
    query = select(TicketRow.id, TicketRow.revision).where(TicketRow.deleted_at.is_(None))
    return {row.id: row.revision for row in connection.execute(query)}


def changed_after(connection: Connection, sequence: int) -> set[int]:
    """Return the ids of the tickets that changed after a sequence."""
    query = select(ChangeRow.ticket_id).where(ChangeRow.sequence > sequence).distinct()
    return set(connection.scalars(query))


def references(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """Return the references of tickets, deleted or not, by id; unknown ids are absent."""
    found: dict[int, str] = {}
    for portion in portions(ids):
        query = select(TicketRow.id, TicketRow.reference).where(TicketRow.id.in_(portion))
        found |= {row.id: row.reference for row in connection.execute(query)}
    return found
