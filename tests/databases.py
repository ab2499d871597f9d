"""Databases for tests: SQLite files, and a PostgreSQL server of their own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 50
"""
_RULES = "local all locked scram-sha-256\nlocal all all trust\n"
_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of our own, reached through a socket in its folder.

    The role `locked` needs a password; every other one is let in.
    """

    folder: Path

    def url(self, database: str, user: str = "postgres", **options: str) -> str:
        """Return the SQLAlchemy URL of one of its databases."""
        more = "".join(f"&{name}={value}" for name, value in options.items())
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}{more}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement of an administrator and return its rows."""
        address = make_conninfo(host=str(self.folder), user="postgres", dbname=database)
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def disconnect(self, database: str) -> None:
        """Close every connection to one of its databases, as a restart would."""
        everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        self.execute(f"{everybody} '{database}'")

    def new_database(self, options: str = "") -> str:
        """Make an empty database and return its name."""
        name = f"kbsearch_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} {options}")
        return name


class Unavailable(Exception):
    """There is no PostgreSQL to start, or it does not start."""


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """Run a server until the block ends; its files need no care, so it never waits for the disk.

    Raises Unavailable.
    """
    initdb, pg_ctl, user = _program("initdb"), _program("pg_ctl"), _server_user()
    # In a short path that every user may enter: it holds the socket.
    folder = Path(tempfile.mkdtemp(prefix="kbsearch-postgresql-", dir="/tmp"))
    if user:
        shutil.chown(folder, user, user)
    data = folder / "data"
    encoding = ("--encoding=UTF8", "--locale=C")
    _run([initdb, "-D", str(data), "-U", "postgres", "--no-sync", *encoding], folder, user)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS.format(folder=folder))
    (data / "pg_hba.conf").write_text(_RULES, encoding="utf-8")
    control = [pg_ctl, "-D", str(data), "-w"]
    _run([*control, "-l", str(folder / "log"), "start"], folder, user)
    try:
        yield Server(folder)
    finally:
        _run([*control, "-m", "immediate", "stop"], folder, user)
        shutil.rmtree(folder)


def _server_user() -> str | None:
    """Return whom to run the server as, None for ourselves; it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        reason = "PostgreSQL refuses root, and there is no user postgres to run it as"
        raise Unavailable(reason) from None


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise Unavailable(f"PostgreSQL is not installed: there is no {name}")
    return path


def _run(command: Sequence[str], folder: Path, user: str | None) -> None:
    """Run a program of PostgreSQL; its complaint is what is raised."""
    log = folder / "output"
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env={"HOME": str(folder), "LC_ALL": "C", "PATH": os.environ.get("PATH", "")},
            user=user,
            group=user,
            extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode != 0:
        complaint = log.read_text(encoding="utf-8", errors="replace")
        raise Unavailable(f"{command[0]} failed: {complaint}")
