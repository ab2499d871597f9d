"""What a database can fail with, each said once, as a sentence with the next step."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from kbsearch.errors import StoreMissing, StoreUnavailable

_SQLITE = {
    "SQLITE_BUSY": "is locked by another process; wait until that has finished, then try again",
    "SQLITE_LOCKED": "is locked by another task; wait until that has finished, then try again",
    "SQLITE_PROTOCOL": "is locked by other processes; wait until they finish, then try again",
    "SQLITE_CANTOPEN": "cannot be opened; see that it is a file and that you may write its folder",
    "SQLITE_PERM": "may not be read; give yourself the right to read and write it",
    "SQLITE_READONLY": "is read-only; give yourself the right to write the file and its folder",
    "SQLITE_FULL": "has no room left; make room on its disk, then try again",
    "SQLITE_IOERR": "could not be read or written by the disk; check the disk and its free space",
    "SQLITE_NOTADB": "is not an SQLite database; move that file away, or put a backup in its place",
    "SQLITE_CORRUPT": "is damaged; put a backup in its place",
}
"""By the beginning of SQLite's name for the error; any other error is a defect of ours."""

_POSTGRESQL = {
    "25006": "is read-only; write to the primary server",
    "28": "does not let us in ({detail}); mend the user or the password in KBSEARCH_DATABASE_URL",
    "3D": "does not exist on that server ({detail}); create it first",
    "40": "is in use by too many writers at a time ({detail}); try again",
    "42501": "does not allow this ({detail}); give its user the right",
    "53": "has no room or no connection left ({detail}); make room on the server, then try again",
    "55P03": "is locked by another process; wait until that has finished, then try again",
    "57": "is being stopped or started ({detail}); try again when it runs",
    "58": "could not be read or written by its server ({detail}); look into the server's log",
    "XX": "could not be read or written by its server ({detail}); look into the server's log",
    "08": "does not answer ({detail}); see that its server runs",
}
"""By the beginning of the SQLSTATE; any other error is a defect of ours."""

_NO_ANSWER = (
    "does not answer ({detail}); see that its server runs, and that KBSEARCH_DATABASE_URL has"
    " the right user, password and options"
)
_DETAIL_LIMIT = 300
"""Characters of a server's own words."""


@contextmanager
def failures_stated(url: URL) -> Iterator[None]:
    """Turn what the database fails with, inside this block, into StoreUnavailable.

    Errors that only a defect of ours can cause come out as they are.
    """
    try:
        yield
    except PoolExhausted as error:
        raise StoreUnavailable(
            f"{place(url)} has no connection free; try again, or let fewer requests in at a time."
        ) from error
    except DBAPIError as error:
        reason = _sqlite_reason(error.orig) or _postgresql_reason(error, url)
        if reason is None:
            raise
        raise StoreUnavailable(f"{place(url)} {reason}.") from error


def place(url: URL) -> str:
    """Name the database without its user, its password or its options.

    >>> from sqlalchemy import make_url
    >>> place(make_url("postgresql+psycopg://desk:secret@db:5433/kbsearch"))
    'The database kbsearch on db:5433'
    >>> place(make_url("sqlite:////srv/kbsearch.db"))
    'The database /srv/kbsearch.db'
    """
    if url.get_backend_name() == "sqlite":
        return f"The database {url.database}"
    host = url.host or url.query.get("host") or "this machine"
    return f"The database {url.database} on {host}" + (f":{url.port}" if url.port else "")


def missing(url: URL, state: str) -> StoreMissing:
    """Return the error of a database that has no store and may not get one, with the next step."""
    setting = "KBSEARCH_HOME to the folder"
    if url.get_backend_name() != "sqlite":
        setting = "KBSEARCH_DATABASE_URL to the database"
    return StoreMissing(
        f"{place(url)} {state}; set {setting} that has your tickets, or take some in with:"
        " kbsearch import FILE"
    )


def _sqlite_reason(error: BaseException | None) -> str | None:
    # An error that the driver itself raises has no name.
    name = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    return next((text for start, text in _SQLITE.items() if name.startswith(start)), None)


def _postgresql_reason(error: DBAPIError, url: URL) -> str | None:
    if error.orig is None or isinstance(error.orig, sqlite3.Error):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        text = next((text for start, text in _POSTGRESQL.items() if state.startswith(start)), None)
    elif error.statement is None or error.connection_invalidated:
        text = _NO_ANSWER
    else:
        return None  # the driver itself refused a statement of ours
    return text and text.format(detail=_detail(error.orig, url))


def _detail(error: BaseException, url: URL) -> str:
    """Return the server's own words on one line, short, without a password."""
    text = " ".join(str(error).split())[:_DETAIL_LIMIT].rstrip(".")
    for secret in (url.password, url.query.get("password")):
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text
