"""What calls say of tickets: counted once, kept, and no change of the ticket."""

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import get_context

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, update

from kbsearch.records.outcome import OutcomeReport, TrackRecord
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.store.database import Database
from kbsearch.store.facts import TicketFeatures
from kbsearch.store.rows import values_of
from kbsearch.store.store import Store
from kbsearch.store.tables import VERSION_TABLE, CounterRow, TicketRow
from kbsearch.store.upgrade import migration_scripts
from tests.masking import unmasked

VPN: TicketFields = {"reference": "KB-1", "subject": "VPN drops"}
WRITERS, STATEMENTS = 3, 20


@pytest.fixture
def vpn(store: Store) -> int:
    """The id of a ticket."""
    return store.save(VPN).id


def record(store: Store, ticket_id: int) -> TrackRecord:
    """Return what a search gets to know."""
    return store.facts([ticket_id]).get(ticket_id, TicketFeatures()).record


def test_each_call_counts(store: Store, vpn: int) -> None:
    store.record_outcome(vpn, OutcomeReport(solved=True, call="4711"))
    known = store.record_outcome(vpn, OutcomeReport(solved=False, call="4712"))
    assert known == record(store, vpn) == TrackRecord(solved=1, tried=2)


@pytest.mark.parametrize(
    ("first", "then", "known"),
    [
        (True, False, TrackRecord(0, 1)),
        (False, True, TrackRecord(1, 1)),
        (True, True, TrackRecord(1, 1)),
        (False, False, TrackRecord(0, 1)),
    ],
)
def test_what_a_call_says_last_replaces_what_it_said_before(
    store: Store, vpn: int, *, first: bool, then: bool, known: TrackRecord
) -> None:
    store.record_outcome(vpn, OutcomeReport(solved=first, call="4711"))
    assert store.record_outcome(vpn, OutcomeReport(solved=then, call="4711")) == known
    assert record(store, vpn) == known


def test_statements_without_a_call_each_count(store: Store, vpn: int) -> None:
    for solved in (True, True, False):
        store.record_outcome(vpn, OutcomeReport(solved=solved))
    assert record(store, vpn) == TrackRecord(solved=2, tried=3)


def test_a_call_may_speak_of_several_tickets(store: Store, vpn: int) -> None:
    other = store.save({"reference": "KB-2", "subject": "VPN is slow"}).id
    store.record_outcome(vpn, OutcomeReport(solved=False, call="4711"))
    store.record_outcome(other, OutcomeReport(solved=True, call="4711"))
    assert (record(store, vpn), record(store, other)) == (TrackRecord(0, 1), TrackRecord(1, 1))


def test_what_failed_is_marked_for_its_call_alone(store: Store, vpn: int) -> None:
    store.record_outcome(vpn, OutcomeReport(solved=False, call="4711"))
    store.record_outcome(vpn, OutcomeReport(solved=False))
    marked = {call: store.facts([vpn], call)[vpn].failed_here for call in ("4711", "4712", "")}
    assert marked == {"4711": True, "4712": False, "": False}


@pytest.mark.parametrize("call", ["\x00", "\ud800", "4" * 65], ids=["NUL", "half", "long"])
def test_a_call_that_no_database_holds_marks_nothing(store: Store, vpn: int, call: str) -> None:
    assert store.facts([vpn], call) == {}


def test_what_solved_it_after_all_is_not_marked(store: Store, vpn: int) -> None:
    store.record_outcome(vpn, OutcomeReport(solved=False, call="4711"))
    store.record_outcome(vpn, OutcomeReport(solved=True, call="4711"))
    assert not store.facts([vpn], "4711")[vpn].failed_here


def test_an_outcome_is_no_change_of_the_ticket(store: Store, vpn: int) -> None:
    before = store.watermark(), store.get("KB-1")
    store.record_outcome(vpn, OutcomeReport(solved=True))
    assert (store.watermark(), store.get("KB-1")) == before


def test_outcomes_outlive_the_deletion_of_their_ticket(store: Store, vpn: int) -> None:
    store.record_outcome(vpn, OutcomeReport(solved=True))
    store.delete("KB-1")
    assert store.facts([vpn]) == {}
    store.undelete_many(["KB-1"])
    assert record(store, vpn) == TrackRecord(solved=1, tried=1)


def test_facts_tell_what_a_ranking_may_go_by(store: Store) -> None:
    written = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    solved: TicketFields = {**VPN, "resolution": "Reseat the cable.", "created_at": written}
    blank: TicketFields = {"reference": "KB-2", "subject": "VPN", "resolution": " \n"}
    ids = [store.save(fields).id for fields in (solved, blank)]
    store.record_outcome(ids[1], OutcomeReport(solved=True, call="c-1"))
    store.record_outcome(ids[0], OutcomeReport(solved=False, call="c-2"))
    records = {ids[0]: TrackRecord(0, 1), ids[1]: TrackRecord(1, 1)}
    assert store.facts([*ids, 99]) == {one: TicketFeatures(record=records[one]) for one in ids}
    known = store.facts([*ids, 99], "c-2", dated=True)
    assert known[ids[0]] == TicketFeatures(written, records[ids[0]], failed_here=True)
    assert not known[ids[1]].failed_here


def say_some(url: str, writer: int) -> None:
    """Speak for a call of one's own and for one that all writers share, again and again."""
    with closing(Store.open(url, masking=unmasked)) as store:
        for number in range(STATEMENTS):
            store.record_outcome(1, OutcomeReport(solved=True, call=f"{writer}-{number}"))
            store.record_outcome(1, OutcomeReport(solved=number % 2 == 0, call="shared"))


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_writers_at_a_time_lose_nothing_and_count_nothing_twice(
    store: Store, database_url: str, vpn: int, kind: str
) -> None:
    spawn = get_context("spawn")
    pool: Executor = (
        ThreadPoolExecutor(WRITERS)
        if kind == "threads"
        else ProcessPoolExecutor(WRITERS, mp_context=spawn)
    )
    with pool:
        list(pool.map(say_some, [database_url] * WRITERS, range(WRITERS)))
    assert record(store, vpn) == TrackRecord(WRITERS * STATEMENTS, WRITERS * STATEMENTS + 1)


def save_as_the_first_kbsearch(url: str) -> int:
    """Make the tables of the first migration, save a ticket and return its id."""
    scripts = migration_scripts()
    with closing(Database(url)) as database, database.writing() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        scripts.get_revision("0001").module.upgrade(Operations(context))
        context.stamp(scripts, "0001")
        ticket = StoredTicket(**VPN, id=1, revision=1)
        columns = {one["name"] for one in inspect(connection).get_columns("tickets")}
        values = {name: value for name, value in values_of(ticket).items() if name in columns}
        connection.execute(insert(TicketRow).values(values))
        connection.execute(update(CounterRow).values(last_ticket=ticket.id))
        return ticket.id


def test_the_tickets_of_an_older_kbsearch_can_be_spoken_of(database_url: str) -> None:
    ticket_id = save_as_the_first_kbsearch(database_url)
    with closing(Store.open(database_url, masking=unmasked)) as store:
        assert store.record_outcome(ticket_id, OutcomeReport(solved=True)) == TrackRecord(1, 1)
        assert store.get("KB-1").subject == "VPN drops"
