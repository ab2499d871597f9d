"""The audit log: a row for each thing that was done, in the transaction that did it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from kbsearch.privacy.anchors import Anchors
from kbsearch.privacy.chain import Link, Verdict, following, verify
from kbsearch.records.audit import AuditAction, Entry
from kbsearch.store.database import Database
from kbsearch.store.keyring import StoreKeys, take_turn
from kbsearch.store.tables import AuditRow, CounterRow

Given = TypeVar("Given")
_ROWS = select(*AuditRow.__table__.c).order_by(AuditRow.sequence)
_LAST = select(*AuditRow.__table__.c).order_by(AuditRow.sequence.desc())
_STREAMED = 1_000
"""Rows read ahead while all of them are streamed."""


class Recorder:
    """A transaction, and what it adds to the audit log."""

    def __init__(self, connection: Connection, keys: StoreKeys) -> None:
        """Record within the caller's transaction."""
        self.connection = connection
        self._keys = keys
        self._newest: tuple[Anchors, Link] | None = None

    def append(self, entry: Entry) -> None:
        """Add a row. What raises, such as KeysUnusable, must end the transaction."""
        identity = take_turn(self.connection)
        ring = self._keys.ring(self.connection)
        row = self.connection.execute(_LAST.limit(1)).one_or_none()
        link = following(Link(*row) if row else None, entry, ring.current, identity)
        self.connection.execute(insert(AuditRow), link._asdict())
        anchors = Anchors(self._keys.file.path.parent, identity)
        anchors.check()
        self._newest = anchors, link

    def append_if(self, entry: Callable[[Given], Entry] | None, given: Given) -> None:
        """Add the row that is made of what was done, if the caller wants one."""
        if entry is not None:
            self.append(entry(given))

    def anchor(self) -> None:
        """Note the newest row outside the database, once the transaction is committed.

        What was done cannot be taken back then, so a full disk is no failure; the next row is
        noted again.
        """
        if self._newest:
            anchors, link = self._newest
            with suppress(OSError):
                anchors.add(link)


class AuditLog:
    """The audit log of a store. Threads may share it."""

    def __init__(self, database: Database, keys: StoreKeys) -> None:
        """Sign by these keys."""
        self._database = database
        self._keys = keys

    @contextmanager
    def recording(self) -> Iterator[Recorder]:
        """Open a transaction that can record what it does: either all is done, or nothing."""
        with self._database.writing() as connection:
            recorder = Recorder(connection, self._keys)
            yield recorder
        recorder.anchor()

    def record(self, entry: Entry) -> None:
        """Add a row in a transaction of its own."""
        with self.recording() as recorder:
            recorder.append(entry)

    def newest(self, limit: int) -> list[Link]:
        """Return the newest rows, the last one first."""
        with self._database.reading() as connection:
            return [Link(*row) for row in connection.execute(_LAST.limit(limit))]

    def last_of(self, *actions: AuditAction) -> Link | None:
        """Return the newest row of one of these actions, None if there is none."""
        with self._database.reading() as connection:
            row = connection.execute(_LAST.where(AuditRow.action.in_(actions)).limit(1)).first()
        return Link(*row) if row else None

    def rows(self) -> Iterator[Link]:
        """Stream all rows, in order."""
        with self._database.reading() as connection:
            yield from _stream(connection)

    def verify(self) -> Verdict:
        """Check every row, and the anchors. Raises KeysUnusable if there are no keys to do so."""
        with self._database.reading() as connection:
            identity = connection.execute(select(CounterRow.identity)).scalar_one()
            empty = connection.execute(_LAST.limit(1)).first() is None
        # Read before the rows: so all that are anchored are among those that are seen.
        keys = self._keys.file
        anchored = Anchors(keys.path.parent, identity).anchored()
        if empty and not anchored.hashes:
            return Verdict(0)
        find = keys.read().find
        with self._database.reading() as connection:
            return verify(_stream(connection), anchored, identity, find)


def _stream(connection: Connection) -> Iterator[Link]:
    streamed = connection.execution_options(yield_per=_STREAMED)
    with _any_bytes(connection), streamed.execute(_ROWS) as rows:
        for row in rows:
            yield Link(*row)


@contextmanager
def _any_bytes(connection: Connection) -> Iterator[None]:
    """Let SQLite return a text that an edit has left in no encoding: its hash tells."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str
