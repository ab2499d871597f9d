"""What an operator reads when the database does not do as it should."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from kbsearch.errors import StoreUnavailable
from kbsearch.records.ticket import TicketFields
from kbsearch.store.batch import Batch
from kbsearch.store.database import Database
from kbsearch.store.store import Outcome, Saved, Store
from tests.databases import Server
from tests.masking import unmasked

VPN: TicketFields = {"reference": "KB-1", "subject": "VPN drops", "problem": "x" * 100_000}


def refusal(url: str) -> str:
    """Return why the store cannot be opened."""
    with pytest.raises(StoreUnavailable) as caught:
        Store.open(url, masking=unmasked)
    return str(caught.value)


@contextmanager
def every_connection(pragma: str) -> Iterator[None]:
    """Run a pragma on each SQLite connection that is opened."""

    def run(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(pragma).close()

    event.listen(Engine, "connect", run)
    try:
        yield
    finally:
        event.remove(Engine, "connect", run)


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "kbsearch.db"
    assert refusal(f"sqlite:///{path}") == (
        f"The database {path} cannot be created (No such file or directory); make its folder,"
        " and see that you may write in it."
    )


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert f"{tmp_path} cannot be opened; see that it is a file" in refusal(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "kbsearch.db").write_text("Dear diary, " * 100, encoding="utf-8")
    assert "is not an SQLite database; move that file away" in refusal(sqlite_url)


def test_a_damaged_file(sqlite_url: str, tmp_path: Path) -> None:
    Store.open(sqlite_url, masking=unmasked).close()
    with (tmp_path / "kbsearch.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 8)
    assert "is damaged; put a backup in its place" in refusal(sqlite_url)


def test_a_database_that_another_process_writes(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Store.open(sqlite_url + "?timeout=0", masking=unmasked)) as store:
        with closing(sqlite3.connect(tmp_path / "kbsearch.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnavailable, match=r"is locked by another .*, then try again"):
                store.save(VPN)
        assert store.save(VPN).id == 1


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [
        ("PRAGMA max_page_count = 1", "has no room left; make room on its disk"),
        ("PRAGMA query_only = ON", "is read-only; give yourself the right"),
    ],
    ids=["full", "read-only"],
)
def test_a_database_that_takes_nothing_more(sqlite_url: str, pragma: str, reason: str) -> None:
    Store.open(sqlite_url, masking=unmasked).close()
    with every_connection(pragma), closing(Store.open(sqlite_url, masking=unmasked)) as store:
        with pytest.raises(StoreUnavailable, match=reason):
            store.save(VPN)
        assert (store.count(), store.watermark()) == (0, 0)


def test_a_defect_of_ours_is_not_blamed_on_the_database(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        with closing(sqlite3.connect(tmp_path / "kbsearch.db")) as other:
            other.execute("DROP TABLE counter")
        with pytest.raises(Exception, match="no such table: counter") as caught:
            store.watermark()
    assert not isinstance(caught.value, StoreUnavailable)


def test_texts_of_tickets_stay_out_of_error_messages(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        with closing(sqlite3.connect(tmp_path / "kbsearch.db")) as other:
            other.execute("DROP TABLE tickets")
        with pytest.raises(Exception, match="no such table: tickets") as caught:
            store.save({"reference": "canary-1", "subject": "canary-2"})
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite://", "would lose every ticket"),
        ("sqlite:///:memory:", "would lose every ticket"),
        ("sqlite:///file:x?mode=memory&uri=true", "would lose every ticket"),
        ("mysql://db/kbsearch", "begins with mysql; it may begin with sqlite or"),
        ("postgres://db/kbsearch", "begins with postgres; it may begin with"),
        ("kbsearch.db", "cannot be read; write it as"),
        ("", "cannot be read; write it as"),
        ("sqlite:////nowhere/kbsearch.db?timeout=long", "has the timeout long, which is no number"),
        ("postgresql://desk:hunter2@x@db:many/kb", "cannot be read; .* %40 for an @"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, reason: str) -> None:
    with pytest.raises(StoreUnavailable, match=reason) as caught:
        Store.open(url, masking=unmasked)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("secret", ["desk:hunter2@", "desk@"], ids=["in front", "as an option"])
def test_a_server_that_does_not_run_is_named_without_its_password(secret: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    option = "" if ":" in secret else "?password=hunter2"
    said = refusal(f"postgresql+psycopg://{secret}127.0.0.1:{port}/kbsearch{option}")
    assert said.startswith(f"The database kbsearch on 127.0.0.1:{port} does not answer (")
    assert "refused" in said
    assert "hunter2" not in said


def test_a_wrong_password(server: Server) -> None:
    server.execute("DROP ROLE IF EXISTS locked; CREATE ROLE locked LOGIN PASSWORD 'correct'")
    said = refusal(server.url("postgres", user="locked:hunter2"))
    assert "password authentication failed" in said
    assert "KBSEARCH_DATABASE_URL" in said
    assert "hunter2" not in said


def test_a_password_that_the_server_repeats(server: Server) -> None:
    said = refusal(server.url("postgres", user="hunter2:hunter2"))
    assert 'role "***" does not exist' in said
    assert "hunter2" not in said


def test_an_option_that_the_driver_does_not_know(server: Server) -> None:
    said = refusal(server.url("postgres", colour="blue"))
    assert 'invalid connection option "colour"' in said
    assert said.endswith("has the right user, password and options.")


def test_a_lock_that_is_held_too_long(server: Server) -> None:
    url = server.url(server.new_database(), options="-clock_timeout%3D50ms")
    with closing(Store.open(url, masking=unmasked)) as store, closing(Database(url)) as other:
        with other.writing() as connection:
            Batch(connection, unmasked, store.keys)
            with pytest.raises(StoreUnavailable, match="is locked by another process; wait"):
                store.save(VPN)
            assert store.save_many([VPN], dry_run=True) == [Saved(Outcome.NEW, 1)]
        assert store.save(VPN).id == 1


def test_a_database_that_nobody_created(server: Server) -> None:
    assert 'database "nowhere" does not exist' in refusal(server.url("nowhere"))


def test_a_user_who_may_not_make_tables(server: Server) -> None:
    server.execute("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN")
    said = refusal(server.url(server.new_database(), user="guest"))
    assert "does not allow this (permission denied for schema public" in said


def test_a_standby_server(server: Server) -> None:
    name = server.new_database()
    Store.open(server.url(name), masking=unmasked).close()
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with closing(Store.open(server.url(name), masking=unmasked)) as store:
        assert store.count() == 0
        with pytest.raises(StoreUnavailable, match="is read-only; write to the primary server"):
            store.save(VPN)


def test_a_database_that_cannot_hold_every_text(server: Server) -> None:
    name = server.new_database("ENCODING 'SQL_ASCII' TEMPLATE template0")
    assert "has the encoding SQL_ASCII" in refusal(server.url(name))
