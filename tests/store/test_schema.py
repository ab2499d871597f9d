"""That the tables are made and migrated by themselves, once, and never by an older kbsearch."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from kbsearch.errors import StoreUnavailable
from kbsearch.records.ticket import TicketFields
from kbsearch.store.database import Database
from kbsearch.store.schema import HEAD, current_revision
from kbsearch.store.store import Store
from kbsearch.store.tables import VERSION_TABLE, Base
from kbsearch.store.upgrade import migration_scripts, upgrade
from tests.masking import unmasked

VPN: TicketFields = {"reference": "KB-1", "subject": "VPN drops"}


def open_and_save(url: str, number: int) -> int:
    """Open a store in a process of its own and save one ticket."""
    with closing(Store.open(url, masking=unmasked)) as store:
        return store.save({"reference": str(number), "subject": "VPN drops"}).id


def test_the_code_names_the_newest_migration() -> None:
    assert migration_scripts().get_current_head() == HEAD


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # of SQLite; PostgreSQL compares it
def test_the_migrations_make_the_tables_that_the_code_describes(database_url: str) -> None:
    Store.open(database_url, masking=unmasked).close()
    with closing(Database(database_url)) as database, database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []


def test_a_store_that_is_opened_again_has_its_tickets(database_url: str) -> None:
    for revision in (1, 2):
        with closing(Store.open(database_url, masking=unmasked)) as store:
            assert store.save({**VPN, "cause": str(revision)}).revision == revision


def test_opening_a_store_that_is_up_to_date_loads_no_alembic(database_url: str) -> None:
    Store.open(database_url, masking=unmasked).close()
    program = (
        "import sys; from kbsearch.store.store import Store;"
        f"Store.open({database_url!r}, masking=object()).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_tables_of_a_newer_kbsearch_are_refused(database_url: str) -> None:
    Store.open(database_url, masking=unmasked).close()
    with closing(Database(database_url)) as database, database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match=r"a newer kbsearch \(its tables are at 9999, this"):
        Store.open(database_url, masking=unmasked)


def test_the_tables_of_another_program_are_left_alone(database_url: str) -> None:
    with closing(Database(database_url)) as database, database.writing() as connection:
        connection.execute(text("CREATE TABLE tickets (seat INTEGER)"))
    with pytest.raises(StoreUnavailable, match=r"tables of another program \(tickets\); give"):
        Store.open(database_url, masking=unmasked)


def test_a_migration_that_fails_leaves_nothing(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        with pytest.raises(RuntimeError), database.writing() as connection:
            upgrade(connection, None, "here")
            raise RuntimeError
        with database.reading() as connection:
            assert inspect(connection).get_table_names() == []
            assert current_revision(connection) is None


def test_processes_that_open_an_empty_database_at_a_time_all_succeed(database_url: str) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        ids = list(pool.map(open_and_save, [database_url] * 4, range(4)))
    assert sorted(ids) == [1, 2, 3, 4]
