"""Whatever is done to the audit log afterwards is noticed, and the first wrong row is named."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kbsearch.errors import KeysDiffer, KeysMissing
from kbsearch.messages.message import Message, render
from kbsearch.privacy.key_file import KeyFile
from kbsearch.records.actor import LOCAL
from kbsearch.records.audit import AuditAction, Entry
from kbsearch.store.database import Database
from kbsearch.store.store import Store
from tests.masking import unmasked

TRIGGERS = {
    "sqlite": ("audit_no_update", "audit_no_delete", "audit_no_replace"),
    "postgresql": ("audit_no_change ON audit", "audit_no_truncate ON audit"),
}
REFUSED = (
    "UPDATE audit SET actor = 'x'",
    "UPDATE audit SET sequence = 10 WHERE sequence = 6",
    "DELETE FROM audit WHERE sequence = 6",
)
REFUSED_BY = {
    "sqlite": ("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 6",),
    "postgresql": ("TRUNCATE audit",),
}
COLUMNS = "sequence, at, actor, action, object, detail, key, previous, hash"
COPY = f"INSERT INTO audit SELECT {COLUMNS.replace('sequence', '{new}', 1)} FROM audit"
SHIFT = "UPDATE audit SET sequence = sequence + {by} WHERE sequence {which}"


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys" / "keys.json")


@pytest.fixture
def audited(database_url: str, keys: KeyFile) -> Iterator[Store]:
    """A store whose audit log has six rows."""
    with closing(Store.open(database_url, masking=unmasked, keys=keys)) as store:
        act(store, 6)
        yield store


def act(store: Store, times: int) -> None:
    for number in range(times):
        store.audit.record(Entry(LOCAL, AuditAction.IMPORT, "desk", {"read": number, "é": "ü"}))


def deleted(_: object) -> Entry:
    return Entry(LOCAL, AuditAction.DELETE)


def tamper(url: str, *statements: str) -> None:
    """Run SQL as a person would who can write to the database and wants no one to see it."""
    with closing(Database(url)) as database, database.writing() as connection:
        for trigger in TRIGGERS[connection.dialect.name]:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        for statement in statements:
            connection.execute(text(statement))


def fault(store: Store) -> tuple[int, str]:
    """Return how many rows are right, and what is said of the next."""
    found = store.audit.verify()
    said: Message | None = found.fault or found.unseen
    return found.rows, render(said) if said else ""


def test_rows_that_no_one_touched_are_as_written(audited: Store) -> None:
    assert fault(audited) == (6, "")
    newest = audited.audit.newest(2)
    assert [row.sequence for row in newest] == [6, 5]
    assert json.loads(newest[0].detail) == {"read": 5, "é": "ü"}
    assert [row.sequence for row in audited.audit.rows()] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("column", COLUMNS.split(", ")[1:])
def test_a_flip_is_noticed_in_every_column(audited: Store, database_url: str, column: str) -> None:
    tamper(database_url, f"UPDATE audit SET {column} = {column} || 'x' WHERE sequence = 4")
    rows, said = fault(audited)
    assert rows == 3
    assert said.startswith("Row 4 of the audit log ")


def test_a_deleted_row_is_noticed(audited: Store, database_url: str) -> None:
    tamper(database_url, "DELETE FROM audit WHERE sequence = 3")
    assert fault(audited) == (2, "Row 3 of the audit log is missing.")


def test_a_deleted_row_is_noticed_when_the_others_close_up(
    audited: Store, database_url: str
) -> None:
    closing_up = [SHIFT.format(by=-1, which=f"= {number}") for number in (4, 5, 6)]
    tamper(database_url, "DELETE FROM audit WHERE sequence = 3", *closing_up)
    assert fault(audited) == (2, "Row 3 of the audit log is not as it was written.")


def test_an_inserted_row_is_noticed(audited: Store, database_url: str) -> None:
    making_room = [SHIFT.format(by=1, which=f"= {number}") for number in (6, 5, 4, 3)]
    tamper(database_url, *making_room, f"{COPY.format(new=3)} WHERE sequence = 2")
    assert fault(audited) == (2, "Row 3 of the audit log is not as it was written.")


@pytest.mark.parametrize(("new", "right"), [(7, 6), (0, 0), (-1, 0)])
def test_a_row_that_is_put_at_either_end_is_noticed(
    audited: Store, database_url: str, new: int, right: int
) -> None:
    tamper(database_url, f"{COPY.format(new=new)} WHERE sequence = 2")
    assert fault(audited)[0] == right
    assert audited.audit.verify().fault


def test_rows_in_another_order_are_noticed(audited: Store, database_url: str) -> None:
    swapped = [("= 2", 100), ("= 3", -1), ("= 102", -99)]
    tamper(database_url, *(SHIFT.format(by=by, which=which) for which, by in swapped))
    assert fault(audited) == (1, "Row 2 of the audit log is not as it was written.")


def test_rows_that_were_cut_off_are_noticed(audited: Store, database_url: str) -> None:
    tamper(database_url, "DELETE FROM audit WHERE sequence > 4")
    rows, said = fault(audited)
    assert rows == 4
    assert said.startswith("Row 5 of the audit log is missing: ")
    assert said.endswith(".anchors anchors row 6.")


def test_rows_that_were_cut_off_and_written_again_are_noticed(
    audited: Store, database_url: str
) -> None:
    tamper(database_url, "DELETE FROM audit WHERE sequence > 4")
    act(audited, 2)
    rows, said = fault(audited)
    assert rows == 4
    assert said.startswith("Row 5 of the audit log is not the one that is anchored in ")


def test_a_log_that_was_written_anew_is_noticed(audited: Store, database_url: str) -> None:
    tamper(database_url, "DELETE FROM audit")
    assert fault(audited)[1].startswith("Row 1 of the audit log is missing: ")
    act(audited, 6)
    assert fault(audited)[0] == 0
    assert fault(audited)[1].startswith("Row 1 of the audit log is not the one that is anchored")


def test_a_row_that_was_signed_by_another_key_is_noticed(audited: Store, database_url: str) -> None:
    tamper(database_url, "UPDATE audit SET key = '9-abcd' WHERE sequence = 1")
    said = "Row 1 of the audit log names the key 9-abcd, which the key file lacks."
    assert fault(audited) == (0, said)


def test_a_log_of_another_store_is_noticed(audited: Store, database_url: str) -> None:
    tamper(database_url, "UPDATE counter SET identity = 'f00d'")
    assert fault(audited) == (0, "Row 1 of the audit log does not follow the row before it.")


def test_a_text_in_no_encoding_is_a_row_that_was_changed(keys: KeyFile, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kbsearch.db'}"
    with closing(Store.open(url, masking=unmasked, keys=keys)) as store:
        act(store, 3)
        tamper(url, "UPDATE audit SET object = CAST(x'ff' AS TEXT) WHERE sequence = 2")
        assert fault(store) == (1, "Row 2 of the audit log is not as it was written.")
        tamper(url, "UPDATE audit SET hash = x'00ff' WHERE sequence = 1")
        assert fault(store)[0] == 0


def test_anchors_that_are_lost_are_said(audited: Store, keys: KeyFile) -> None:
    (anchors,) = keys.path.parent.glob("*.anchors")
    anchors.unlink()
    rows, said = fault(audited)
    assert rows == 6
    assert "anchors the rows from 0 to 0 of 6; whether others were cut off" in said


def test_an_unfinished_line_of_the_anchors_spoils_no_other(audited: Store, keys: KeyFile) -> None:
    (anchors,) = keys.path.parent.glob("*.anchors")
    anchors.write_bytes(anchors.read_bytes() + b'{"at": "2026')
    act(audited, 1)
    assert fault(audited) == (7, "")


def test_the_database_itself_refuses_a_change(audited: Store, database_url: str) -> None:
    with closing(Database(database_url)) as database:
        kind = "sqlite" if database.is_sqlite else "postgresql"
        for statement in (*REFUSED, *REFUSED_BY[kind]):
            with pytest.raises(DBAPIError, match="only grows"), database.writing() as connection:
                connection.execute(text(statement))
    assert fault(audited) == (6, "")


def test_writers_at_a_time_make_one_chain(audited: Store, database_url: str, keys: KeyFile) -> None:
    def write(_: int) -> None:
        with closing(Store.open(database_url, masking=unmasked, keys=keys)) as store:
            act(store, 5)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert fault(audited) == (26, "")


def test_what_cannot_be_recorded_is_not_done(audited: Store, keys: KeyFile) -> None:
    audited.save({"reference": "T-1", "subject": "VPN"})
    keys.path.rename(keys.path.with_name("lost"))
    with pytest.raises(KeysMissing, match="is missing, and this store needs it"):
        audited.delete_many(["T-1"], entry=deleted)
    assert audited.get("T-1").subject == "VPN"
    keys.path.with_name("lost").rename(keys.path)
    audited.delete_many(["T-1"], entry=deleted)
    assert fault(audited) == (7, "")


def test_what_fails_after_it_was_recorded_is_not_recorded(audited: Store) -> None:
    def fail() -> None:
        with audited.audit.recording() as recorder:
            recorder.append(Entry(LOCAL, AuditAction.PURGE))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert fault(audited) == (6, "")


def test_keys_of_another_store_are_refused(audited: Store, keys: KeyFile) -> None:
    keys.path.unlink()
    KeyFile(keys.path).ensure()
    with pytest.raises(KeysDiffer, match=r"has the keys 1-.*, and this store needs 1-"):
        act(audited, 1)
    assert audited.audit.newest(1)[0].sequence == 6


def test_a_log_goes_on_over_a_new_key(audited: Store, keys: KeyFile) -> None:
    keys.add()
    act(audited, 2)
    assert fault(audited) == (8, "")
    assert len({row.key for row in audited.audit.rows()}) == 2
