"""Deleting tickets, bringing them back and purging them, on both databases."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select

from kbsearch.errors import (
    InputError,
    ReferenceTaken,
    StoreUnavailable,
    TicketDeleted,
    TicketNotDeleted,
    TicketNotFound,
)
from kbsearch.records.message import Message, Role
from kbsearch.records.outcome import OutcomeReport
from kbsearch.records.ticket import TicketFields
from kbsearch.store import threads
from kbsearch.store.database import Database
from kbsearch.store.store import Outcome, Saved, Store
from kbsearch.store.tables import OutcomeRow, TicketRow
from tests.masking import unmasked

SOON = datetime.now(UTC) + timedelta(days=1)


def ticket(number: int, **fields: str) -> TicketFields:
    given = {"reference": f"KB-{number}", "subject": f"Problem {number}", **fields}
    return cast(TicketFields, given)


def row(url: str, number: int) -> dict[str, object]:
    """Return the row of a ticket as the database has it."""
    with closing(Database(url)) as database, database.reading() as connection:
        found = connection.execute(select(TicketRow.__table__).where(TicketRow.id == number))
        return dict(found.mappings().one())


def test_a_deleted_ticket_says_so_and_nothing_of_what_it_held(store: Store) -> None:
    store.save(ticket(1, cause="Tulip"))
    gone = store.delete("KB-1")
    sentence = (
        f'The ticket "KB-1" from "desk" was deleted on {gone.deleted_at:%Y-%m-%d}; until'
        f" {gone.deleted_at + timedelta(days=30):%Y-%m-%d} it can be brought back, run: kbsearch"
        " undelete KB-1"
    )
    for ask in (store.get, store.delete):
        with pytest.raises(TicketDeleted) as caught:
            ask("kb-1 ")
        assert str(caught.value) == sentence


def test_an_import_does_not_bring_a_deleted_ticket_back(store: Store) -> None:
    first = store.save(ticket(1))
    store.delete("KB-1")
    for dry_run in (True, False):
        saved = store.save_many([ticket(1, cause="x")], dry_run=dry_run, force_older=True)
        assert saved == [Saved(Outcome.DELETED, first.id)]
    with pytest.raises(TicketDeleted):
        store.save(ticket(1))
    with pytest.raises(ReferenceTaken, match="which was deleted"):
        store.create(ticket(1))
    assert (store.count(), store.watermark()) == (0, 2)


def test_what_was_deleted_comes_back_as_it_was(store: Store) -> None:
    before = store.save(ticket(1, cause="old driver", product="Gate"))
    store.record_outcome(before.id, OutcomeReport(solved=True, call="c", query="gate"))
    store.delete("KB-1")
    (back,) = store.undelete_many(["kb-1"])
    assert back == store.get("KB-1")
    assert (back.id, back.cause, back.updated_at) == (before.id, "old driver", None)
    assert (back.revision, store.facts([1])[1].record.tried) == (3, 1)
    with pytest.raises(TicketNotDeleted, match="is there"):
        store.undelete_many(["KB-1"])


def test_all_of_many_are_deleted_or_none(store: Store) -> None:
    store.save_many([ticket(number) for number in range(4)])
    with pytest.raises(
        TicketNotFound, match=r'^Nothing was changed\. There is no ticket "X"'
    ) as one:
        store.delete_many(["KB-1", "X", "Y", "KB-2", "Z"])
    assert '2 more: "Y", "Z"' in str(one.value)
    assert (store.count(), store.watermark()) == (4, 4)
    gone = store.delete_many(["KB-1", "kb-1", "KB-2 "])
    assert [one.reference for one in gone] == ["KB-1", "KB-2"]
    with pytest.raises(TicketNotFound):
        store.undelete_many(["KB-1", "X"])
    assert store.count() == 2
    assert [back.reference for back in store.undelete_many(["KB-1", "KB-2"])] == ["KB-1", "KB-2"]


def test_a_check_may_stop_a_deletion(store: Store) -> None:
    def refuse(number: int, total: int) -> None:
        raise InputError(f"{number} of {total}")

    store.save_many([ticket(number) for number in range(3)])
    with pytest.raises(InputError, match="2 of 3"):
        store.delete_many(["KB-1", "KB-2"], None, refuse)
    assert store.count() == 3


def test_the_source_tells_which_of_several_is_meant(store: Store) -> None:
    for source in ("crm", "mail"):
        store.save({**ticket(1), "source": source})
    with pytest.raises(InputError, match="crm, mail; name one"):
        store.delete("KB-1")
    store.delete("KB-1", "crm")
    assert store.get("KB-1").source == "mail"
    with pytest.raises(TicketDeleted):
        store.get("KB-1", "crm")
    assert store.undelete_many(["KB-1"], "crm")[0].source == "crm"


def test_more_references_than_the_database_takes_parameters(store: Store) -> None:
    store.save_many([ticket(number) for number in range(6_000)])
    names = [f"KB-{number}" for number in range(6_000)]
    assert len(store.delete_many(names)) == 6_000
    assert store.deleted_after(6_000) == 6_000
    assert len(store.undelete_many(names)) == store.count() == 6_000


def test_a_purge_leaves_the_name_and_nothing_else(store: Store, database_url: str) -> None:
    store.save({**ticket(1, cause="Tulip", product="Gate", channel="mail"), "tags": ("a",)})
    store.save(ticket(2))
    store.record_outcome(1, OutcomeReport(solved=True, call="c", query="Tulip"))
    store.delete("KB-1")
    assert store.deleted_before(datetime(2026, 1, 1, tzinfo=UTC)) == []
    assert store.deleted_before(SOON) == [1]
    assert store.purge([1, 2]) == 1
    kept = {name: value for name, value in row(database_url, 1).items() if value not in ("", None)}
    assert kept.keys() == {
        "id", "revision", "deleted_at", "purged_at", "reference", "source", "kind", "audience",
        "tags", "agents", "attachments",
    }  # fmt: skip
    assert (kept["reference"], kept["tags"]) == ("KB-1", [])
    with closing(Database(database_url)) as database, database.reading() as connection:
        assert connection.execute(select(OutcomeRow.id)).all() == []
    assert (store.solved_queries(), store.deleted_before(SOON), store.purge([1])) == ([], [], 0)


def test_messages_come_back_with_their_ticket_and_go_with_its_purge(
    store: Store, database_url: str
) -> None:
    said = (Message("Ann", Role.REQUESTER, None, True, "Tulip"),)
    store.save({**ticket(1), "messages": said})
    store.delete("KB-1")
    (back,) = store.undelete_many(["KB-1"])
    assert back.messages == store.get("KB-1").messages == said
    store.delete("KB-1")
    store.purge([1])
    with closing(Database(database_url)) as database, database.reading() as connection:
        assert threads.read(connection, [1]) == {}


def test_nothing_brings_a_purged_ticket_back(store: Store) -> None:
    store.save(ticket(1))
    store.delete("KB-1")
    store.purge([1])
    assert store.save_many([ticket(1)]) == [Saved(Outcome.DELETED, 1)]
    with pytest.raises(TicketDeleted, match="is purged: nothing of it is left"):
        store.undelete_many(["KB-1"])
    with pytest.raises(TicketDeleted, match="is purged"):
        store.delete_many(["KB-1"], again=True)
    with pytest.raises(ReferenceTaken):
        store.create(ticket(1))


def test_a_rewriting_that_others_hinder_is_owed_and_done_later(sqlite_url: str) -> None:
    url = f"{sqlite_url}?timeout=0.1"
    with closing(Store.open(url, masking=unmasked)) as store, closing(Database(url)) as other:
        store.save(ticket(1, cause="quokkalith"))
        store.delete("KB-1")
        with other.reading() as reader:
            reader.execute(select(TicketRow.id)).all()
            with pytest.raises(StoreUnavailable, match="still holds what was removed"):
                store.purge([1])
        assert store.owes_rewriting()
        assert store.purge([]) == 0
        assert not store.owes_rewriting()
        path = Path(str(other.url.database))
        files = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
        assert b"quokkalith" not in files
