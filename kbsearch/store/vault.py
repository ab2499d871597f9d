"""The vault: what fields of tickets said before they were masked, each sealed in a row."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, tuple_, update

from kbsearch.errors import VaultDamaged
from kbsearch.privacy.vault import Cipher, Sealed
from kbsearch.store.database import Database
from kbsearch.store.keyring import StoreKeys, take_turn
from kbsearch.store.rows import portions, rows_of
from kbsearch.store.tables import VaultRow

Originals: TypeAlias = Mapping[str, str]
"""Field -> what it said; a message of the conversation is messages/3, by its position."""
_COLUMNS = VaultRow.__table__.c
_PLACE = tuple_(VaultRow.ticket_id, VaultRow.field)
_SEALED = select(VaultRow.field, VaultRow.key, VaultRow.nonce, VaultRow.ciphertext)
_RESEAL = (
    update(VaultRow)
    .where(VaultRow.ticket_id == bindparam("ticket"), VaultRow.field == bindparam("name"))
    .values(**{name: bindparam(name) for name in Sealed._fields})
)
_READ = 1_000
"""Originals that are read at a time."""
START = 0, ""
"""The place before every original, for `reseal`."""


class Resealed(NamedTuple):
    """What one step of a rotation did.

    last     the place where the next step goes on, None if there is nothing after it.
    done     originals that the key in use seals now.
    damaged  originals that could not be opened, and stay as they are.
    """

    last: tuple[int, str] | None
    done: int
    damaged: int


def write(connection: Connection, keys: StoreKeys, tickets: Mapping[int, Originals]) -> None:
    """Put these originals in the place of all that these tickets have, sealed.

    The caller's transaction has taken its turn, and holds the rows of the tickets. Raises
    KeysUnusable.
    """
    remove(connection, tickets)
    wanted = [(ticket, *one) for ticket, originals in tickets.items() for one in originals.items()]
    if not wanted:
        return
    cipher = Cipher(keys.ring(connection))
    rows = [_row(ticket, field, cipher.seal(ticket, field, text)) for ticket, field, text in wanted]
    connection.execute(insert(VaultRow), rows)


def read(connection: Connection, keys: StoreKeys, ids: Collection[int]) -> dict[int, Originals]:
    """Return the originals of those of these tickets that have any.

    Raises KeysUnusable, or VaultDamaged.
    """
    query = select(*_COLUMNS).where(VaultRow.ticket_id.in_(bindparam("ids", expanding=True)))
    found: dict[int, dict[str, str]] = {}
    cipher: Cipher | None = None
    for row in rows_of(connection, query, ids):
        cipher = cipher or Cipher(keys.ring(connection))
        text = cipher.open(row.ticket_id, row.field, Sealed(row.key, row.nonce, row.ciphertext))
        found.setdefault(row.ticket_id, {})[row.field] = text
    return dict(found)


def remove(connection: Connection, ids: Collection[int]) -> None:
    """Remove the originals of these tickets for good."""
    for portion in portions(ids):
        connection.execute(delete(VaultRow).where(VaultRow.ticket_id.in_(portion)))


class Vault:
    """Opens originals, and seals them by another key. Threads may share it."""

    def __init__(self, database: Database, keys: StoreKeys) -> None:
        """Open by these keys."""
        self._database = database
        self._keys = keys

    def originals(self, ticket: int) -> dict[str, str]:
        """Return what the fields of a ticket said; those that were never masked are absent.

        Raises KeysUnusable, or VaultDamaged.
        """
        with self._database.reading() as connection:
            rows = connection.execute(_SEALED.where(VaultRow.ticket_id == ticket)).all()
            if not rows:
                return {}
            cipher = Cipher(self._keys.ring(connection))
        return {
            row.field: cipher.open(ticket, row.field, Sealed(row.key, row.nonce, row.ciphertext))
            for row in rows
        }

    def every(self) -> Iterator[str]:
        """Stream every original. Raises KeysUnusable, or VaultDamaged."""
        after: tuple[int, str] = START
        while True:
            with self._database.reading() as connection:
                query = select(*_COLUMNS).where(after < _PLACE)
                query = query.order_by(VaultRow.ticket_id, VaultRow.field).limit(_READ)
                rows = connection.execute(query).all()
                if not rows:
                    return
                cipher = Cipher(self._keys.ring(connection))
            for row in rows:
                sealed = Sealed(row.key, row.nonce, row.ciphertext)
                yield cipher.open(row.ticket_id, row.field, sealed)
            after = rows[-1].ticket_id, rows[-1].field

    def counts(self) -> dict[str, int]:
        """Return how many originals each key seals, by its id."""
        query = select(VaultRow.key, func.count()).group_by(VaultRow.key).order_by(VaultRow.key)
        with self._database.reading() as connection:
            return {row.key: row[1] for row in connection.execute(query)}

    def reseal(self, after: tuple[int, str], limit: int) -> Resealed:
        """Seal the next originals by the key in use, in one transaction.

        after  where the step before ended, START for the first.
        """
        with self._database.writing() as connection:
            take_turn(connection)
            cipher = Cipher(self._keys.ring(connection))
            rows = connection.execute(_next(after, cipher.current, limit)).all()
            changed = [one for row in rows if (one := _resealed(cipher, *row))]
            if changed:
                connection.execute(_RESEAL, changed)
        last = (rows[-1].ticket_id, rows[-1].field) if len(rows) == limit else None
        return Resealed(last, len(changed), len(rows) - len(changed))


def _next(after: tuple[int, str], current: str, limit: int) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .where(after < _PLACE, VaultRow.key != current)
        .order_by(VaultRow.ticket_id, VaultRow.field)
        .limit(limit)
    )


def _resealed(cipher: Cipher, ticket: int, field: str, *sealed: Any) -> dict[str, Any] | None:
    """Return the row as the key in use seals it, None if it does not open."""
    try:
        text = cipher.open(ticket, field, Sealed(*sealed))
    except VaultDamaged:
        return None
    return {"ticket": ticket, "name": field, **cipher.seal(ticket, field, text)._asdict()}


def _row(ticket: int, field: str, sealed: Sealed) -> dict[str, Any]:
    return {"ticket_id": ticket, "field": field, **sealed._asdict()}
