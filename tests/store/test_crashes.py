"""What is left on disk when a writer is killed."""

import os
import signal
import sqlite3
from contextlib import closing
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, event, insert, update

from kbsearch.records.ticket import TicketFields
from kbsearch.store.database import Database
from kbsearch.store.schema import current_revision
from kbsearch.store.store import Store
from kbsearch.store.tables import VERSION_TABLE, CounterRow, TicketRow
from kbsearch.store.upgrade import migration_scripts
from tests.masking import unmasked

SPAWN = get_context("spawn")
ROWS = 30
BEFORE_COMMIT = 0


def batch_of(number: int) -> list[TicketFields]:
    """Return new tickets and one that every batch changes, more text than SQLite's cache holds."""
    rows: list[TicketFields] = [
        {"reference": f"{number}-{row}", "problem": "x" * 100_000} for row in range(ROWS)
    ]
    return [*rows, {"reference": "shared", "subject": f"Batch {number}"}]


def die_at_statement(url: str, fatal: int) -> None:
    """Save one batch, then die by SIGKILL at a statement of the second."""
    store = Store.open(url, masking=unmasked)
    store.save_many(batch_of(1))
    statements = count(1)

    def at_statement(*_: object) -> None:
        if next(statements) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def at_commit(*_: object) -> None:
        if fatal == BEFORE_COMMIT:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", at_statement)
    event.listen(Engine, "commit", at_commit)
    store.save_many(batch_of(2))


def save_until_killed(url: str, acknowledged: Pipe) -> None:
    """Save batch after batch, and tell of each once it is saved."""
    store = Store.open(url, masking=unmasked)
    for number in count(1):
        store.save_many(batch_of(number))
        acknowledged.send(number)


def whole_batches(url: str, path: Path) -> int:
    """Return how many batches are stored, having seen that each is whole, logged and sound."""
    with closing(Store.open(url, masking=unmasked)) as store:
        batches, rest = divmod(store.count() - 1, ROWS)
        assert rest == 0
        assert store.get("shared").revision == batches
        assert [change.sequence for change in store.changes(0)] == list(
            range(1, batches * (ROWS + 1) + 1)
        )
        assert store.save({"reference": "next", "subject": "x"}).id == store.count()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return batches


# The statements of a batch: begin, counter, tickets held, insert, update, change log, counter.
@pytest.mark.parametrize("fatal", [4, 5, 6, 7, BEFORE_COMMIT])
def test_a_batch_that_is_killed_half_way_is_undone(
    sqlite_url: str, tmp_path: Path, fatal: int
) -> None:
    process = SPAWN.Process(target=die_at_statement, args=(sqlite_url, fatal))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert whole_batches(sqlite_url, tmp_path / "kbsearch.db") == 1


def test_what_was_acknowledged_survives_a_kill_at_any_moment(
    sqlite_url: str, tmp_path: Path
) -> None:
    receiving, sending = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=save_until_killed, args=(sqlite_url, sending))
    process.start()
    last = max(receiving.recv() for _ in range(5))
    process.kill()
    process.join()
    while receiving.poll():
        last = receiving.recv()
    assert whole_batches(sqlite_url, tmp_path / "kbsearch.db") in {last, last + 1}
    receiving.close()
    sending.close()


def make_old_store(url: str) -> None:
    """Make a store as the revision before the newest had it, with tickets in it."""
    with closing(Database(url)) as database, database.writing() as connection:
        upgrade_to(connection, "0007")
        row = {"revision": 1, "kind": "ticket", "audience": "internal", "source": "desk"}
        empty = dict.fromkeys(("status", "product", "category", "language", "channel"), "")
        empty |= dict.fromkeys(("customer_reference", "problem", "environment", "cause"), "")
        values = {**row, **empty, "tags": ["a"], "subject": "VPN", "resolution": "Renew it"}
        rows = [{**values, "id": n, "reference": f"KB-{n}"} for n in range(1, 301)]
        connection.execute(insert(TicketRow), rows)
        connection.execute(update(CounterRow).values(last_ticket=300))


def upgrade_to(connection: Connection, last: str) -> None:
    """Make the tables as they were at this revision."""
    scripts = migration_scripts()
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    for step in reversed(list(scripts.iterate_revisions(last, "base"))):
        step.module.upgrade(Operations(context))
    context.stamp(scripts, last)


def migrate_and_die(url: str, fatal: int) -> None:
    """Open a store, and die by SIGKILL at a statement that changes it."""
    statements = count(1)

    def at_statement(_: object, __: object, statement: str, *rest: object) -> None:
        del rest
        changes = statement.lstrip().startswith(("ALTER", "CREATE", "UPDATE", "INSERT", "DELETE"))
        if changes and next(statements) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def at_commit(*_: object) -> None:
        if fatal == BEFORE_COMMIT:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", at_statement)
    event.listen(Engine, "commit", at_commit)
    Store.open(url, masking=unmasked)


# Five columns, a table, the revision; a table, the revision; two tables, triggers, the revision.
@pytest.mark.parametrize("fatal", [*range(1, 16), BEFORE_COMMIT])
def test_a_migration_that_is_killed_loses_nothing_and_is_done_at_the_next_start(
    sqlite_url: str, fatal: int
) -> None:
    make_old_store(sqlite_url)
    process = SPAWN.Process(target=migrate_and_die, args=(sqlite_url, fatal))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with closing(Database(sqlite_url)) as database, database.reading() as connection:
        assert current_revision(connection) == "0007"
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        assert [one.resolution for one in store.tickets()] == ["Renew it"] * 300
        assert (store.get("KB-300").tags, store.get("KB-300").messages) == (("a",), ())
