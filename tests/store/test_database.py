"""Connections and transactions."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from threading import Thread, Timer

import pytest
from sqlalchemy import text

from kbsearch.errors import StoreUnavailable
from kbsearch.store.database import Database
from kbsearch.store.store import Store
from tests.databases import Server
from tests.masking import unmasked


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 30_000),
    ],
)
def test_sqlite_is_set_to_lose_nothing_and_to_leave_nothing(
    sqlite_url: str, pragma: str, value: str | int
) -> None:
    with closing(Database(sqlite_url)) as database:
        for opened in (database.reading, database.writing):
            with opened() as connection:
                assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_the_file_and_its_journals_are_for_their_owner_only(
    sqlite_url: str, tmp_path: Path
) -> None:
    mask = os.umask(0)
    try:
        with closing(Store.open(sqlite_url, masking=unmasked)) as store:
            store.save({"reference": "KB-1", "subject": "VPN drops"})
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("*db*")}
    finally:
        os.umask(mask)
    assert modes == dict.fromkeys(["kbsearch.db", "kbsearch.db-shm", "kbsearch.db-wal"], 0o600)


def test_what_was_overwritten_is_gone_from_the_file(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        store.save({"reference": "KB-1", "subject": "x", "problem": "canary " * 2_000})
        store.save({"reference": "KB-1", "problem": "short"})
    assert [file.name for file in tmp_path.iterdir()] == ["kbsearch.db"]
    assert b"canary" not in (tmp_path / "kbsearch.db").read_bytes()


def test_a_writer_takes_the_lock_before_it_reads(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as one, closing(Database(sqlite_url + "?timeout=0")) as two:
        with one.writing(), pytest.raises(StoreUnavailable, match="locked"), two.writing():
            pytest.fail("two writers at a time")
        with one.writing(), two.reading() as reader:
            assert reader.scalar(text("SELECT 1")) == 1


def test_a_new_file_that_another_process_is_about_to_write_is_waited_for(
    sqlite_url: str, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "kbsearch.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = Timer(0.2, other.rollback)
    release.start()
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        assert store.count() == 0
    release.join()
    other.close()


def test_what_is_read_together_is_one_state(database_url: str) -> None:
    with closing(Store.open(database_url, masking=unmasked)) as store:
        store.save({"reference": "KB-1", "subject": "VPN drops"})
        with store.reading_together():
            assert store.watermark() == 1
            saving = Thread(target=store.save, args=({"reference": "KB-2", "subject": "Wi-Fi"},))
            saving.start()
            saving.join()
            with store.reading_together():  # as a search that another one asks for
                assert store.watermark() == 1
            assert [len(store.changes(0)), len(store.fetch([1, 2]))] == [1, 1]
        assert store.watermark() == 2


def test_each_thread_reads_together_for_itself(sqlite_url: str) -> None:
    seen: list[int] = []
    with closing(Store.open(sqlite_url, masking=unmasked)) as store, store.reading_together():
        assert store.watermark() == 0
        store.save({"reference": "KB-1", "subject": "VPN drops"})
        other = Thread(target=lambda: seen.append(store.watermark()))
        other.start()
        other.join()
        assert [store.watermark(), *seen] == [0, 1]


def test_what_fails_while_reading_together_leaves_nothing_open(sqlite_url: str) -> None:
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        with pytest.raises(RuntimeError), store.reading_together():
            raise RuntimeError
        store.save({"reference": "KB-1", "subject": "VPN drops"})
        assert store.watermark() == 1


def test_what_is_raised_undoes_a_transaction_tables_included(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        make = text("CREATE TABLE halfway (id INTEGER)")
        with pytest.raises(RuntimeError), database.writing() as connection:
            connection.execute(make)
            raise RuntimeError
        with database.writing() as connection:
            connection.execute(make)


def test_a_restart_of_the_server_is_survived(server: Server) -> None:
    name = server.new_database()
    with closing(Store.open(server.url(name), masking=unmasked)) as store:
        store.save({"reference": "KB-1", "subject": "VPN drops"})
        server.disconnect(name)
        assert store.count() == 1


def test_an_existing_file_keeps_its_mode_and_its_locks(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "kbsearch.db"
    file.touch()
    file.chmod(0o640)
    with closing(sqlite3.connect(file)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="locked"):
            Store.open(sqlite_url + "?timeout=0", masking=unmasked)
    Store.open(sqlite_url, masking=unmasked).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
