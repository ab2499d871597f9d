"""The file of an SQLite database: how it is created, opened, and read where no one can write."""

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL

from kbsearch.errors import StoreUnavailable
from kbsearch.store.failures import missing, place

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # what was committed survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what was overwritten is gone from the file, too
)
_NO_SHARED_MEMORY = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR_SHM", "SQLITE_FULL")
"""How SQLite says that it cannot make the file through which readers and writers agree."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A database that is read as it lies, without the file that SQLite makes for readers.

    A folder that is read-only, or a disk without room, has no place for that file. While it is not
    there no one has the database open; `check` finds out whether a person opened it meanwhile.
    """

    url: URL
    stamp: tuple[int, int, int]

    def connect(self) -> sqlite3.Connection:
        """Open the file, taking it for one that does not change."""
        address = f"file:{quote(str(self.url.database))}?mode=ro&immutable=1"
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only = ON").close()
        return connection

    def check(self) -> None:
        """Raise StoreUnavailable if what was read may be a mixture of old and new."""
        if _stamp(self.url) != self.stamp:
            raise StoreUnavailable(
                f"{place(self.url)} was written to while it was read; try again."
            )


def frozen(url: URL) -> Frozen | None:
    """Return how to read a database that SQLite cannot open as usual, None if there is no need.

    None, too, if its log holds changes that the file itself lacks: then only SQLite can read it,
    and what it fails with is the answer.
    """
    stamp = _stamp(url)
    if stamp is None:
        return None
    try:
        with closing(sqlite3.connect(str(url.database))) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").close()
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        return Frozen(url, stamp) if name.startswith(_NO_SHARED_MEMORY) else None
    return None


def _stamp(url: URL) -> tuple[int, int, int] | None:
    """Return what changes when the file is written to, None if its log has something."""
    path = Path(str(url.database))
    log = path.with_name(f"{path.name}-wal")
    try:
        if log.stat().st_size:
            return None
    except FileNotFoundError:
        pass
    except OSError:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def file_identity(url: URL) -> tuple[int, int] | None:
    """Return what tells the file from another one of the same name, None if there is no file."""
    try:
        status = os.stat(str(url.database))  # noqa: PTH116 - every transaction asks
    except OSError:
        return None
    return status.st_dev, status.st_ino


def check_file(url: URL, opened: tuple[int, int] | None) -> None:
    """Raise StoreUnavailable unless the name still leads to the file that was opened.

    The connections would go on with the old file, and what they write would be lost with it.
    """
    if file_identity(url) != opened:
        raise StoreUnavailable(
            f"{place(url)} was replaced or removed while kbsearch had it open; restart kbsearch."
        )


def require_file(url: URL) -> None:
    """Raise StoreMissing if there is no database in the file, making none."""
    path = Path(str(url.database))
    try:
        found = path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        found = False
    except OSError as error:
        raise StoreUnavailable(
            f"{place(url)} cannot be opened ({error.strerror or error}); see that you may read its"
            " folder."
        ) from None
    if not found:
        raise missing(url, "does not exist")


def create_private(url: URL) -> None:
    """Create the file for its owner only; SQLite gives its journals the same mode.

    A file that exists is not opened: closing it again would drop the locks that this process
    may hold on it, as POSIX has it.
    """
    try:
        os.close(os.open(str(url.database), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreUnavailable(
            f"{place(url)} cannot be created ({error.strerror or error}); make its folder, and"
            " see that you may write in it."
        ) from None


def prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Set what every connection needs."""
    # None: the driver begins no transaction of its own accord; `Database` does.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()
    _enter_wal(connection)


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Let readers go on while one writes; the file stays so, once it is.

    Where several processes open a new file at a time, SQLite does not wait for the lock that
    the first of them takes here, whatever its timeout; so we do.
    """
    (wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
    deadline = time.monotonic() + wait / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
