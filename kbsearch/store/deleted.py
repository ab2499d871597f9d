"""Deleted tickets: found no more, kept for thirty days to be brought back, then purged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from kbsearch.errors import TicketDeleted
from kbsearch.records.ticket import StoredTicket
from kbsearch.store import raw, threads, vault
from kbsearch.store.rows import KEPT_IN_ROW, portions, values_of
from kbsearch.store.tables import ChangeRow, OutcomeRow, TicketRow, TrackRecordRow

KEPT = timedelta(days=30)
"""How long a deleted ticket can be brought back."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What is still said of a deleted ticket.

    purged_at  when its texts and values were removed, None while it can be brought back.
    """

    id: int
    reference: str
    source: str
    deleted_at: datetime
    purged_at: datetime | None = None

    @property
    def kept_until(self) -> datetime:
        """When it may be purged."""
        return self.deleted_at + KEPT

    def error(self) -> TicketDeleted:
        """Return the error for a person who asks for it."""
        opening = (
            f'The ticket "{self.reference}" from "{self.source}" was deleted on'
            f" {self.deleted_at:%Y-%m-%d}"
        )
        if self.purged_at is not None:
            return TicketDeleted(f"{opening} and is purged: nothing of it is left.")
        return TicketDeleted(
            f"{opening}; until {self.kept_until:%Y-%m-%d} it can be brought back, run:"
            f" kbsearch undelete {self.reference}"
        )


def due(connection: Connection, before: datetime) -> list[int]:
    """Return the ids of tickets that were deleted before this moment and are not purged yet."""
    query = select(TicketRow.id).where(TicketRow.deleted_at < before, TicketRow.purged_at.is_(None))
    return list(connection.scalars(query))


def purge(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """Remove all that deleted tickets said and what calls said of them; return how many.

    Of each, id, source and reference stay, so that an import does not bring it back.
    """
    purged = 0
    for portion in portions(ids):
        gone = list(
            connection.scalars(
                select(TicketRow.id).where(
                    TicketRow.id.in_(portion),
                    TicketRow.deleted_at.is_not(None),
                    TicketRow.purged_at.is_(None),
                )
            )
        )
        connection.execute(delete(OutcomeRow).where(OutcomeRow.ticket_id.in_(gone)))
        connection.execute(delete(TrackRecordRow).where(TrackRecordRow.ticket_id.in_(gone)))
        threads.remove(connection, gone)
        raw.remove(connection, gone)
        vault.remove(connection, gone)
        emptied = update(TicketRow).where(TicketRow.id.in_(gone))
        connection.execute(emptied.values(**_NOTHING, purged_at=now))
        purged += len(gone)
    return purged


def deleted_after(connection: Connection, sequence: int) -> int:
    """Return how many tickets the change log deletes after this sequence and that are not back."""
    query = (
        select(func.count(ChangeRow.ticket_id.distinct()))
        .join(TicketRow, TicketRow.id == ChangeRow.ticket_id)
        .where(ChangeRow.sequence > sequence, ChangeRow.action == "deleted")
        .where(TicketRow.deleted_at.is_not(None))
    )
    return connection.scalars(query).one()


_KEPT_NAMES = ("reference", "source")
_NOTHING = {
    name: value
    for name, value in values_of(StoredTicket(id=0, revision=0, reference="", status="")).items()
    if name in KEPT_IN_ROW and name not in _KEPT_NAMES
}
"""The columns of a ticket of which only the names are left."""
