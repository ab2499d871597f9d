"""Whose turn it is to write, and by which keys."""

from sqlalchemy import Connection, select

from kbsearch.errors import KeysMissing
from kbsearch.privacy.key_file import KeyFile
from kbsearch.privacy.keys import Keyring
from kbsearch.store.database import Database
from kbsearch.store.tables import AuditRow, CounterRow, VaultRow

_IDENTITY = select(CounterRow.identity)
_SIGNED = select(AuditRow.key).order_by(AuditRow.sequence.desc()).limit(1)
_SEALED = select(VaultRow.key).limit(1)


class StoreKeys:
    """The keys of a store. Threads may share them."""

    def __init__(self, database: Database, file: KeyFile | None) -> None:
        """Take them from this file; without one, nothing can be signed, sealed or opened."""
        self._database = database
        self._file = file

    @property
    def file(self) -> KeyFile:
        """The key file. Raises KeysMissing if the store was opened without one."""
        if self._file is None:
            raise KeysMissing("The store was opened without a key file; name one.")
        return self._file

    def held(self) -> Keyring | None:
        """Return the keys, None if there are none and nothing needs them yet.

        Raises KeysUnusable, also if they are not those that the store needs.
        """
        with self._database.reading() as connection:
            return self._known(connection)

    def ring(self, connection: Connection) -> Keyring:
        """Return the keys to write by; the first use makes the file.

        The caller has taken its turn: so no older key is used after a newer one. Raises
        KeysUnusable, as `held` does.
        """
        return self._known(connection) or self.file.ensure()

    def _known(self, connection: Connection) -> Keyring | None:
        needed = [
            name for query in (_SIGNED, _SEALED) for name in connection.execute(query).scalars()
        ]
        try:
            ring = self.file.read()
        except KeysMissing:
            if needed:
                raise
            return None
        for name in needed:
            ring.key(name)
        return ring


def take_turn(connection: Connection) -> str:
    """Wait until no one else writes, and return the identity of the store.

    A writer does so before it locks anything else, or two may wait for each other.
    """
    return connection.execute(_IDENTITY.with_for_update()).scalar_one()
