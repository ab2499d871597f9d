"""The file of an SQLite database."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kbsearch.errors import StoreMissing, StoreUnavailable
from kbsearch.store.database import Database
from kbsearch.store.sqlite_file import Frozen, frozen
from kbsearch.store.store import Store
from tests.masking import unmasked


def as_it_lies(url: str) -> Frozen:
    """Return how to read a database as if nobody could write."""
    path = Path(str(make_url(url).database))
    status = path.stat()
    return Frozen(make_url(url), (status.st_ino, status.st_size, status.st_mtime_ns))


def test_a_database_that_can_be_opened_is_not_taken_for_frozen(sqlite_url: str) -> None:
    Store.open(sqlite_url, masking=unmasked).close()
    assert frozen(make_url(sqlite_url)) is None


def test_a_frozen_database_is_read_and_not_written(sqlite_url: str) -> None:
    Store.open(sqlite_url, masking=unmasked).close()
    held = as_it_lies(sqlite_url)
    with closing(held.connect()) as connection:
        assert connection.execute("SELECT count(*) FROM tickets").fetchone() == (0,)
        with pytest.raises(Exception, match="readonly"):
            connection.execute("DELETE FROM tickets")
    held.check()


def test_what_was_read_while_somebody_wrote_is_not_trusted(sqlite_url: str) -> None:
    Store.open(sqlite_url, masking=unmasked).close()
    held = as_it_lies(sqlite_url)
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        store.save({"reference": "T-1", "subject": "Printer jams"})
        with pytest.raises(StoreUnavailable, match="was written to while it was read; try again"):
            held.check()  # the change is in the log
    with pytest.raises(StoreUnavailable):
        held.check()  # the change is in the file


def test_a_path_with_signs_of_an_address_is_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "50% of it?#"
    folder.mkdir()
    with closing(Database(f"sqlite:///{tmp_path / 'plain.db'}")) as database:
        url = database.url.set(database=str(folder / "kbsearch.db"))
    Database(url.render_as_string(hide_password=False)).close()
    with closing(Frozen(url, (0, 0, 0)).connect()) as connection:
        connection.execute("PRAGMA query_only")


def test_no_file_is_made_where_none_is_wanted(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"does not exist; set KBSEARCH_HOME .* kbsearch import"):
        Store.open(sqlite_url, masking=unmasked, create=False)
    assert list(tmp_path.iterdir()) == []


def test_no_tables_are_made_where_none_are_wanted(database_url: str) -> None:
    with closing(Database(database_url)) as database, database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE others (id INTEGER)")
    with pytest.raises(StoreMissing, match="holds no tickets; set KBSEARCH_"):
        Store.open(database_url, masking=unmasked, create=False)
    with closing(Database(database_url)) as database, database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM others")


@pytest.mark.parametrize("wanted", ["replaced", "removed"])
def test_a_file_that_was_replaced_or_removed_is_neither_read_nor_written(
    sqlite_url: str, tmp_path: Path, wanted: str
) -> None:
    path = Path(str(make_url(sqlite_url).database))
    with closing(Store.open(sqlite_url, masking=unmasked)) as store:
        store.save({"reference": "T-1", "subject": "Printer jams"})
        other = f"sqlite:///{tmp_path / 'other.db'}"
        Store.open(other, masking=unmasked).close()
        if wanted == "replaced":
            (tmp_path / "other.db").replace(path)
        else:
            path.unlink()
        with pytest.raises(StoreUnavailable, match=r"was replaced or removed .*restart kbsearch"):
            store.count()
        with pytest.raises(StoreUnavailable, match="restart kbsearch"):
            store.save({"reference": "T-2", "subject": "Mouse dead"})
