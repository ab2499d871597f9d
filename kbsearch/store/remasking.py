"""Mask the tickets that other rules masked, or none, a few in each transaction."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, func, select

from kbsearch.records.masking import Masking
from kbsearch.records.places import with_texts
from kbsearch.records.privacy import MaskedCounts
from kbsearch.records.ticket import StoredTicket
from kbsearch.store import vault
from kbsearch.store.batch import WITHHELD, Batch, states
from kbsearch.store.database import Database
from kbsearch.store.keyring import StoreKeys
from kbsearch.store.rows import COLUMNS, rows_of
from kbsearch.store.tables import TicketRow

_BY_ID = select(*COLUMNS).where(TicketRow.id.in_(bindparam("ids", expanding=True)))


class Step(NamedTuple):
    """What one step did.

    last     the id of the last ticket, where the next step goes on; None if there is no other.
    done     tickets that were masked.
    changed  tickets of these that others see otherwise now.
    """

    last: int | None
    done: int
    changed: int


class Remasking:
    """Masks what is in a store again. It can be broken off: what is masked says so itself."""

    def __init__(self, database: Database, masking: Masking, keys: StoreKeys) -> None:
        """Mask by this stage, and seal originals by these keys."""
        self._database = database
        self._masking = masking
        self._keys = keys

    def counts(self) -> MaskedCounts:
        """Return how many tickets the rules of today have masked, and how many not."""
        version = self._masking.version
        query = (
            select(TicketRow.rules, func.count())
            .where(TicketRow.purged_at.is_(None))
            .group_by(TicketRow.rules)
        )
        with self._database.reading() as connection:
            by_rules = {row[0]: row[1] for row in connection.execute(query)}
        total = sum(by_rules.values())
        never, withheld = by_rules.get("", 0), by_rules.get(version + WITHHELD, 0)
        older = total - never - withheld - by_rules.get(version, 0)
        return MaskedCounts(total, never, older, withheld)

    def any_never(self) -> bool:
        """Tell whether a ticket came before there were rules, and shows all."""
        never = exists().where(TicketRow.rules == "", TicketRow.purged_at.is_(None))
        with self._database.reading() as connection:
            return connection.scalars(select(never)).one()

    def withheld(self, limit: int) -> list[tuple[str, str]]:
        """Return reference and source of tickets of which a text is withheld."""
        query = (
            select(TicketRow.reference, TicketRow.source)
            .where(TicketRow.rules.endswith(WITHHELD, autoescape=True))
            .order_by(TicketRow.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [(row.reference, row.source) for row in connection.execute(query)]

    def sample(self, limit: int) -> list[StoredTicket]:
        """Return some of the tickets that are due, spread over all, as they were before masking."""
        with self._database.reading() as connection:
            ids = connection.scalars(select(TicketRow.id).where(self._is_due())).all()
            some = ids[:: max(1, len(ids) // limit)][:limit]
            rows = rows_of(connection, _BY_ID, some)
            originals = vault.read(connection, self._keys, some)
            held = states(connection, rows)
        return [with_texts(one.ticket, originals.get(one.ticket.id, {})) for one in held]

    def step(self, after: int, limit: int) -> Step:
        """Mask the next tickets whose ids are above `after`, in one transaction.

        Raises KeysUnusable, and then nothing is changed.
        """
        with self._database.writing() as connection:
            batch = Batch(connection, self._masking, self._keys)
            query = select(*COLUMNS).where(TicketRow.id > after, self._is_due())
            rows = connection.execute(query.order_by(TicketRow.id).limit(limit)).all()
            held = batch.hold(states(connection, rows))
            changed = sum([batch.remask(one) for one in held])
            batch.write()
            if held:
                self._database.owe_rewriting(connection)
        return Step(held[-1].ticket.id if len(held) == limit else None, len(held), changed)

    def _is_due(self) -> ColumnElement[bool]:
        return (TicketRow.rules != self._masking.version) & TicketRow.purged_at.is_(None)

    def finish(self) -> None:
        """Leave nothing of the texts before in the files of the database.

        Raises StoreUnavailable if others read it for too long.
        """
        self._database.rewrite()
