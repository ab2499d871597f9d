"""What a call tried: kept under its id, and taken back exactly."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, insert, select

from kbsearch.errors import CallNotFound
from kbsearch.messages.message import render
from kbsearch.records.outcome import UNTRIED, Call, OutcomeReport, TrackRecord
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.database import Database
from kbsearch.store.store import Store
from kbsearch.store.tables import VERSION_TABLE, CallRow, OutcomeRow, TrackRecordRow
from kbsearch.store.upgrade import migration_scripts
from tests.masking import unmasked
from tests.store.test_outcomes import record, save_as_the_first_kbsearch

MARCH = datetime(2026, 3, 7, tzinfo=UTC)
SOLVED, FAILED = OutcomeReport(solved=True, call="4711"), OutcomeReport(solved=False, call="4711")


@pytest.fixture
def vpn(store: Store) -> StoredTicket:
    """A ticket."""
    return store.save({"reference": "KB-1", "subject": "VPN drops"})


def said(call: Call) -> list[tuple[str, bool]]:
    """Return what a call said of each ticket."""
    return [(one.reference, one.solved) for one in call.tickets]


def test_the_first_statement_of_a_call_begins_it(store: Store, vpn: StoredTicket) -> None:
    with pytest.raises(CallNotFound):
        store.call("4711")
    store.record_outcome(vpn.id, FAILED)
    call = store.call("4711")
    assert call.id == "4711"
    assert call.started_at == call.last_at
    assert said(call) == [("KB-1", False)]


def test_a_later_statement_keeps_when_the_call_began(store: Store, vpn: StoredTicket) -> None:
    store.record_outcome(vpn.id, FAILED)
    begun = store.call("4711").started_at
    store.record_outcome(vpn.id, SOLVED)
    call = store.call("4711")
    assert call.started_at == begun < call.last_at


def test_a_call_tells_what_solved_it_first_then_what_was_said_last(store: Store) -> None:
    for number in range(1, 5):
        ticket = store.save({"reference": f"KB-{number}", "subject": "VPN drops"})
        store.record_outcome(ticket.id, SOLVED if number == 2 else FAILED)
    call = store.call("4711")
    assert [one.reference for one in call.tickets] == ["KB-2", "KB-4", "KB-3", "KB-1"]
    assert (call.tried, call.solved, call.failed) == (4, 1, 3)
    assert render(call.message) == "4 tried, 3 did not help"


def test_a_call_tells_nothing_of_a_deleted_ticket(store: Store, vpn: StoredTicket) -> None:
    store.record_outcome(vpn.id, FAILED)
    store.delete("KB-1")
    assert said(store.call("4711")) == []


def test_a_statement_without_a_call_begins_none(store: Store, vpn: StoredTicket) -> None:
    store.record_outcome(vpn.id, OutcomeReport(solved=True))
    with pytest.raises(CallNotFound):
        store.call("")


@pytest.mark.parametrize("call", ["\x00", "\ud800", "4" * 65], ids=["NUL", "half", "long"])
def test_a_call_that_no_database_holds_is_no_call(
    store: Store, vpn: StoredTicket, call: str
) -> None:
    with pytest.raises(CallNotFound):
        store.call(call)
    with pytest.raises(CallNotFound):
        store.take_back_outcome(vpn, call)


@pytest.mark.parametrize("statement", [SOLVED, FAILED], ids=["solved", "did not help"])
def test_what_is_taken_back_was_never_said(
    store: Store, vpn: StoredTicket, statement: OutcomeReport
) -> None:
    others = OutcomeReport(solved=True, call="4712"), OutcomeReport(solved=False)
    for other in others:
        store.record_outcome(vpn.id, other)
    store.record_outcome(vpn.id, statement)
    assert store.take_back_outcome(vpn, "4711") == record(store, vpn.id) == TrackRecord(1, 2)
    assert not store.facts([vpn.id], "4711")[vpn.id].failed_here
    assert said(store.call("4711")) == []


def test_the_only_statement_taken_back_leaves_the_ticket_untried(
    store: Store, vpn: StoredTicket
) -> None:
    store.record_outcome(vpn.id, SOLVED)
    assert store.take_back_outcome(vpn, "4711") == record(store, vpn.id) == UNTRIED
    assert store.record_outcome(vpn.id, FAILED) == record(store, vpn.id) == TrackRecord(0, 1)


def test_nothing_is_taken_back_twice_or_by_another_call(store: Store, vpn: StoredTicket) -> None:
    store.record_outcome(vpn.id, OutcomeReport(solved=True, call="4712"))
    store.record_outcome(vpn.id, OutcomeReport(solved=True))
    store.record_outcome(vpn.id, SOLVED)
    store.take_back_outcome(vpn, "4711")
    for call in ("4711", "4713", ""):
        with pytest.raises(CallNotFound, match=r"has said nothing of KB-1; check the id"):
            store.take_back_outcome(vpn, call)
    assert record(store, vpn.id) == TrackRecord(2, 2)


def counted(url: str) -> tuple[int, int, list[TrackRecord]]:
    """Return how many calls and outcomes there are, and the sums."""
    with closing(Database(url)) as database, database.reading() as connection:
        calls, outcomes = (
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (CallRow, OutcomeRow)
        )
        sums = connection.execute(select(TrackRecordRow.solved, TrackRecordRow.tried))
        return calls, outcomes, [TrackRecord(*row) for row in sums]


def at_a_time(tasks: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Run tasks in threads; return what they raised."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        done = [pool.submit(task) for task in tasks]
    return [error for one in done if (error := one.exception())]


def test_two_statements_of_one_call_at_a_time_are_one(
    store: Store, database_url: str, vpn: StoredTicket
) -> None:
    for _ in range(10):
        at_a_time([lambda: store.record_outcome(vpn.id, SOLVED)] * 2)
        assert counted(database_url) == (1, 1, [TrackRecord(1, 1)])
        store.take_back_outcome(vpn, "4711")


def test_one_statement_is_taken_back_by_one_of_two_at_a_time(
    store: Store, database_url: str, vpn: StoredTicket
) -> None:
    store.record_outcome(vpn.id, OutcomeReport(solved=True, call="4712"))
    for _ in range(10):
        store.record_outcome(vpn.id, FAILED)
        raised = at_a_time([lambda: store.take_back_outcome(vpn, "4711")] * 2)
        assert [type(error) for error in raised] == [CallNotFound]
        assert counted(database_url) == (2, 1, [TrackRecord(1, 1)])


def test_the_calls_of_an_older_kbsearch_get_their_rows(database_url: str) -> None:
    ticket_id = save_as_the_first_kbsearch(database_url)
    scripts = migration_scripts()
    same = {"ticket_id": ticket_id, "solved": True, "query": "", "at": MARCH}
    with closing(Database(database_url)) as database, database.writing() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        scripts.get_revision("0002").module.upgrade(Operations(context))
        context.stamp(scripts, "0002")
        rows = [same | {"call": call} for call in ("4711", "4712", None)]
        connection.execute(insert(OutcomeRow), rows)
    with closing(Store.open(database_url, masking=unmasked)) as store:
        assert said(store.call("4711")) == [("KB-1", True)]
        assert store.call("4711").started_at == MARCH
    assert counted(database_url)[:2] == (2, 3)
