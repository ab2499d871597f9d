"""Whether the tables are those that this code knows; it makes them so by itself."""

from sqlalchemy import Connection, Text, column, inspect, select, table, text

from kbsearch.errors import StoreUnavailable
from kbsearch.store.database import Database
from kbsearch.store.failures import missing, place
from kbsearch.store.tables import VERSION_TABLE, Base
from kbsearch.store.upgrade import upgrade

HEAD = "0011"
"""The newest revision in `migrations/versions/`."""
_LOCK = 0x6B627365
"""The number of the advisory lock that a migration holds on PostgreSQL."""


def prepare(database: Database, *, create: bool = True) -> None:
    """Make or migrate the tables, unless they are as they should be.

    create  whether to make them where there are none; else StoreMissing is raised.

    Several processes may do so at a time: one migrates, the others wait and find it done.

    Raises StoreUnavailable if a newer kbsearch made them, or if they are another program's.
    """
    with database.reading() as connection:
        revision = current_revision(connection)
        if revision == HEAD:
            return
        if revision is None and not create:
            _check_empty(connection, place(database.url))
            raise missing(database.url, "holds no tickets")
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        revision = current_revision(connection)
        if revision is None:
            _check_empty(connection, place(database.url))
        if revision != HEAD:
            upgrade(connection, revision, place(database.url))


def current_revision(connection: Connection) -> str | None:
    """Return the revision of the tables, None if there are none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = column("version_num", Text)
    return connection.scalar(select(version).select_from(table(VERSION_TABLE)))


def _check_empty(connection: Connection, where: str) -> None:
    foreign = set(inspect(connection).get_table_names()) & set(Base.metadata.tables)
    if foreign:
        raise StoreUnavailable(
            f"{where} holds tables of another program ({', '.join(sorted(foreign))}); give"
            " kbsearch a database of its own."
        )
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise StoreUnavailable(
                f"{where} has the encoding {encoding}, which cannot hold every text; create it"
                " with ENCODING 'UTF8'."
            )
