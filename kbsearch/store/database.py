"""The connections to the one database, and the transactions on them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from kbsearch.errors import StoreUnavailable
from kbsearch.store.failures import failures_stated, place
from kbsearch.store.sqlite_file import (
    Frozen,
    check_file,
    create_private,
    file_identity,
    frozen,
    prepare_sqlite,
    require_file,
)

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_SQLITE_WAIT = "30"
"""Seconds for which a writer waits for the one before it; `?timeout=` in the URL says otherwise."""
_POSTGRESQL_WAIT = "10"
"""Seconds until a server that does not answer is given up; so does `?connect_timeout=`."""


class _Together(threading.local):
    """The transaction in which each thread reads, None where each reading has its own."""

    connection: Connection | None = None


class Database:
    """One database. What it fails with comes out as StoreUnavailable.

    Threads may share it. Processes may not: one that forks opens its own afterwards.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        """Name the database. Without `create` an SQLite file must exist; else StoreMissing."""
        self.url = _read_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._frozen: Frozen | None = None
        if self.is_sqlite and create:
            create_private(self.url)
        elif self.is_sqlite:
            require_file(self.url)
            self._frozen = frozen(self.url)
        self._file = file_identity(self.url) if self.is_sqlite else None
        self._engine = create_engine(
            self.url,
            hide_parameters=True,  # tickets stay out of error messages and logs
            json_serializer=json.JSONEncoder(ensure_ascii=False).encode,
            pool_pre_ping=not self.is_sqlite,
        )
        if self.is_sqlite:
            event.listen(self._engine, "connect", prepare_sqlite)
        else:
            event.listen(self._engine, "connect", _prepare_postgresql)
        self._reader = self._reading_engine()
        self._together = _Together()

    def _reading_engine(self) -> Engine:
        if self._frozen is not None:
            return create_engine(self.url, creator=self._frozen.connect, hide_parameters=True)
        # SQLite's readers see one state anyway.
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        return self._engine.execution_options(**level)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the database and writes nothing.

        Inside `reading_together` it is the one of that block.
        """
        if (together := self._together.connection) is not None:
            yield together
            return
        with failures_stated(self.url), self._reader.connect() as connection:
            self._begin(connection, "BEGIN")
            yield connection
        if self._frozen is not None:
            self._frozen.check()

    @contextmanager
    def reading_together(self) -> Iterator[None]:
        """Let this thread read in one transaction what it reads in this block."""
        if self._together.connection is not None:
            yield
            return
        with self.reading() as connection:
            self._together.connection = connection
            try:
                yield
            finally:
                self._together.connection = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is committed at the end, or rolled back if anything is raised.

        On SQLite it waits here for other writers; on PostgreSQL the writer locks what it needs.
        """
        with failures_stated(self.url), self._engine.begin() as connection:
            # A writer that began as a reader fails when another one was quicker: so it says it now.
            self._begin(connection, "BEGIN IMMEDIATE")
            yield connection

    def owe_rewriting(self, connection: Connection) -> None:
        """Note, inside the caller's transaction, that `rewrite` must follow it."""
        if self.is_sqlite:
            connection.exec_driver_sql("PRAGMA user_version = 1")

    def owes_rewriting(self) -> bool:
        """Tell whether `rewrite` is still to be done, as after a crash."""
        if not self.is_sqlite:
            return False
        with self.reading() as connection:
            return bool(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def rewrite(self) -> None:
        """Leave nothing in SQLite's files of what was overwritten, if that is owed.

        `secure_delete` alone does not do: where a page was split, a copy may stay in its gaps.

        Raises StoreUnavailable if there is no room, or if others read its log for too long.
        """
        if not self.owes_rewriting():
            return
        with failures_stated(self.url), self._engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            is_busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            if is_busy:
                raise StoreUnavailable(
                    f"{place(self.url)} still holds what was removed in its log, because others"
                    " read it; try again."
                )
            connection.exec_driver_sql("PRAGMA user_version = 0")

    def _begin(self, connection: Connection, statement: str) -> None:
        """Begin what SQLite's driver leaves to us, see `prepare_sqlite`.

        Raises StoreUnavailable if another file took the place of the one that is open.
        """
        if self.is_sqlite:
            check_file(self.url, self._file)
            connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._engine.dispose()


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Neither the address nor the reason is repeated: either may hold the password.
        raise StoreUnavailable(
            "KBSEARCH_DATABASE_URL cannot be read; write it as"
            " postgresql+psycopg://user:password@host/database, with %40 for an @ in the password."
        ) from None
    if url.drivername not in _DRIVERS:
        raise StoreUnavailable(
            f"KBSEARCH_DATABASE_URL begins with {url.drivername}; it may begin with sqlite or"
            " postgresql+psycopg."
        )
    url = url.set(drivername=_DRIVERS[url.drivername])
    if url.get_backend_name() == "postgresql":
        # Whatever the server or the environment prefers, texts travel as UTF-8.
        url = url.update_query_dict({"client_encoding": "UTF8"})
        return _with_default(url, "connect_timeout", _POSTGRESQL_WAIT)
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StoreUnavailable(
            "KBSEARCH_DATABASE_URL names no file, and a database in memory would lose every"
            " ticket; write it as sqlite:////folder/kbsearch.db."
        )
    url = _with_default(url, "timeout", _SQLITE_WAIT)
    try:
        float(str(url.query["timeout"]))
    except ValueError:
        raise StoreUnavailable(
            f"KBSEARCH_DATABASE_URL has the timeout {url.query['timeout']}, which is no number of"
            " seconds; write it as ?timeout=30."
        ) from None
    return url


def _with_default(url: URL, option: str, value: str) -> URL:
    return url if option in url.query else url.update_query_dict({option: value})


def _prepare_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - not imported for SQLite
    # Otherwise a time close to the year 9999 may not be readable in the zone of the server.
    connection.execute("SET TIME ZONE 'UTC'")
    connection.commit()
