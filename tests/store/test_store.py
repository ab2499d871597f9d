"""Saving, finding, deleting and listing tickets, on both databases."""

import tracemalloc
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import update

from kbsearch.errors import InputError, TicketInvalid, TicketNotFound
from kbsearch.records.history import Mark
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import FIELDS, Audience, Kind, TicketFields
from kbsearch.store.database import Database
from kbsearch.store.store import Outcome, Saved, Store
from kbsearch.store.tables import ChangeRow
from tests.databases import Server
from tests.masking import unmasked

INDIA = timezone(timedelta(hours=5, minutes=30))
FULL: TicketFields = {
    "reference": "ТИКЕТ-1 🐈",
    "source": "Zürich",
    "kind": Kind.ARTICLE,
    "subject": "Der Drucker sagt „Grüß Gott“",
    "problem": "第一行\n\tsecond line\r\n'quoted' \"twice\" \\ %s :name",
    "environment": "Windows 11, e\u0301 and \u00e9 kept apart",
    "cause": "मूल कारण",
    "resolution": "أعد التشغيل",
    "status": "fermé",
    "product": "Kassé™",
    "category": "印刷",
    "tags": ("naïve", "🖨️", "a,b"),
    "language": "de",
    "audience": Audience.PARTNER,
    "customer_reference": "C-00042",
    "channel": "téléphone",
    "created_at": datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=INDIA),
    "updated_at": datetime(1970, 1, 1, tzinfo=UTC),
    "resolved_at": datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    "resolution_from": "the last reply",
    "close_reason": "Erledigt (dauerhaft)",
    "requester": "Zoë",
    "agents": ("Ōno", "Mai"),
    "attachments": ("скриншот.png",),
    "messages": (
        Message("Zoë", Role.REQUESTER, datetime(2024, 2, 29, tzinfo=UTC), True, "第一行\r\n🐈"),
        Message("", Role.AGENT, None, False, "x"),
    ),
}


def ticket(number: int) -> TicketFields:
    return {"reference": f"KB-{number}", "subject": f"Problem {number}"}


def test_every_field_comes_back_as_it_was_saved(store: Store) -> None:
    saved = store.save(FULL)
    read = store.get("ТИКЕТ-1 🐈", "Zürich")
    assert {name: getattr(read, name) for name in FIELDS} == FULL
    assert read == saved == store.fetch_whole([saved.id])[saved.id] == next(store.tickets())
    assert (read.id, read.revision) == (1, 1)


def test_a_list_of_tickets_has_neither_people_nor_messages(store: Store) -> None:
    saved = store.save(FULL)
    short = replace(saved, requester="", agents=(), attachments=(), messages=())
    assert store.fetch([saved.id])[saved.id] == short


def test_times_come_back_in_utc(store: Store) -> None:
    for read in (store.save(FULL), store.get(FULL["reference"])):
        assert str(read.created_at) == "2024-02-29 18:29:59.123456+00:00"


def test_fields_that_nobody_gave_get_their_defaults(store: Store) -> None:
    read = store.save({"reference": "KB-1", "subject": "VPN drops"})
    assert (read.source, read.kind, read.audience) == ("desk", Kind.TICKET, Audience.INTERNAL)
    assert (read.tags, read.resolution, read.resolved_at) == ((), "", None)


def test_absent_fields_keep_what_is_stored_and_empty_ones_empty_it(store: Store) -> None:
    store.save({"reference": "KB-1", "subject": "VPN", "cause": "old driver", "tags": ("vpn",)})
    read = store.save({"reference": "KB-1", "cause": "", "product": "Gate"})
    assert (read.subject, read.cause, read.tags, read.product) == ("VPN", "", ("vpn",), "Gate")
    assert read.revision == 2


def test_saving_the_same_again_changes_nothing(store: Store) -> None:
    for fields in (FULL, ticket(2)):
        first = store.save(fields)
        assert store.save(fields) == first
        assert store.save_many([fields]) == [Saved(Outcome.UNCHANGED, first.id)]
    assert store.watermark() == 2


def test_the_same_reference_in_another_source_is_another_ticket(store: Store) -> None:
    store.save({"reference": "7", "source": "crm", "subject": "From the CRM"})
    store.save({"reference": "7", "source": "mail", "subject": "From the mailbox"})
    assert store.get("7", "crm").subject == "From the CRM"
    with pytest.raises(InputError, match=r'"7": crm, mail; name one'):
        store.get("7")
    with pytest.raises(InputError, match="name one"):
        store.delete("7")


def test_save_many_gives_one_result_for_each_row_in_order(store: Store) -> None:
    store.save(ticket(1))
    changed: TicketFields = {**ticket(1), "cause": "x"}
    invalid: TicketFields = {"reference": "KB-3", "subject": ""}
    rows = [ticket(2), ticket(1), changed, invalid]
    *saved, rejected = store.save_many(rows)
    assert saved == [
        Saved(Outcome.NEW, 2),
        Saved(Outcome.UNCHANGED, 1),
        Saved(Outcome.CHANGED, 1),
    ]
    assert isinstance(rejected, TicketInvalid)
    assert rejected.field == "subject"
    assert store.count() == 2


def test_a_reference_twice_in_one_batch_is_saved_in_order(store: Store) -> None:
    row = ticket(1)
    results = store.save_many([row, row, {**row, "cause": "first"}, {**row, "cause": "second"}])
    assert [result.outcome for result in results if isinstance(result, Saved)] == [
        Outcome.NEW,
        Outcome.UNCHANGED,
        Outcome.CHANGED,
        Outcome.CHANGED,
    ]
    assert (store.get("KB-1").cause, store.get("KB-1").revision) == ("second", 3)


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store) -> None:
    store.save_many([ticket(1), ticket(2)])
    changed: TicketFields = {**ticket(2), "cause": "x"}
    rows = [ticket(3), ticket(1), changed, ticket(3)]
    foreseen = store.save_many(rows, dry_run=True)
    assert (store.count(), store.watermark()) == (2, 2)
    assert foreseen == store.save_many(rows)


def test_a_batch_may_be_longer_than_the_database_takes_parameters(store: Store) -> None:
    rows = [ticket(number) for number in range(5_001)]
    store.save_many(rows)
    assert store.save_many(rows) == [Saved(Outcome.UNCHANGED, number) for number in range(1, 5_002)]
    assert len(store.fetch(range(70_000))) == store.count() == 5_001


MARCH = datetime(2026, 3, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("held", "given", "outcome"),
    [
        (MARCH, MARCH - timedelta(seconds=1), Outcome.OLDER),
        (MARCH, MARCH, Outcome.CHANGED),
        (MARCH, MARCH + timedelta(seconds=1), Outcome.CHANGED),
        (MARCH, MARCH.astimezone(INDIA) - timedelta(seconds=1), Outcome.OLDER),
        (MARCH, None, Outcome.CHANGED),
        (None, MARCH, Outcome.CHANGED),
    ],
    ids=["before", "at the same time", "after", "before, in another zone", "no time", "none held"],
)
def test_a_row_that_its_source_changed_before_changes_nothing(
    store: Store, held: datetime | None, given: datetime | None, outcome: Outcome
) -> None:
    before = store.save({**ticket(1), "cause": "line card", "updated_at": held})
    row: TicketFields = {**ticket(1), "cause": "", "updated_at": given}
    emptied = ("cause",) if outcome is Outcome.CHANGED else ()
    assert store.save_many([row], dry_run=True) == [Saved(outcome, before.id, emptied)]
    assert store.save_many([row]) == [Saved(outcome, before.id, emptied)]
    assert (store.get("KB-1") == before) is (outcome is Outcome.OLDER)


def test_an_older_row_changes_a_ticket_if_somebody_says_so(store: Store) -> None:
    before = store.save({**ticket(1), "cause": "line card", "updated_at": MARCH})
    row: TicketFields = {**ticket(1), "cause": "fuse", "updated_at": MARCH - timedelta(days=1)}
    assert store.save_many([row], force_older=True) == [Saved(Outcome.CHANGED, before.id)]
    assert store.get("KB-1").cause == "fuse"


def test_what_was_changed_here_is_newer_than_an_export_of_the_day_before(store: Store) -> None:
    store.save({**ticket(1), "updated_at": MARCH})
    here = store.save({**ticket(1), "cause": "line card"})
    row: TicketFields = {**ticket(1), "cause": "", "updated_at": MARCH + timedelta(days=1)}
    assert store.save_many([row]) == [Saved(Outcome.OLDER, here.id)]


def test_of_two_rows_in_one_batch_the_newer_stays_whatever_their_order(store: Store) -> None:
    new: TicketFields = {**ticket(1), "cause": "line card", "updated_at": MARCH}
    old: TicketFields = {**ticket(1), "cause": "", "updated_at": MARCH - timedelta(days=1)}
    assert store.save_many([new, old]) == [Saved(Outcome.NEW, 1), Saved(Outcome.OLDER, 1)]
    assert store.get("KB-1").cause == "line card"


def test_an_empty_batch_writes_nothing(store: Store) -> None:
    assert store.save_many([]) == []
    assert store.fetch([]) == {}
    assert (list(store.tickets()), store.watermark()) == ([], 0)


def test_an_invalid_ticket_is_refused_by_its_field(store: Store) -> None:
    with pytest.raises(TicketInvalid, match=r"^reference: is empty"):
        store.save({"reference": " ", "subject": "x"})
    assert store.watermark() == 0


@pytest.mark.parametrize("reference", ["KB\x00", "KB\ud800"], ids=["NUL", "half a character"])
def test_a_reference_that_no_database_holds_is_refused_not_a_crash(
    store: Store, reference: str
) -> None:
    with pytest.raises(TicketInvalid, match=r"^reference: "):
        store.save({"reference": reference, "subject": "x"})
    with pytest.raises(TicketNotFound):
        store.get(reference)
    with pytest.raises(TicketNotFound):
        store.delete(reference)


def test_an_unknown_ticket_is_not_found(store: Store) -> None:
    store.save(ticket(1))
    with pytest.raises(TicketNotFound, match='no ticket "KB-2"; check'):
        store.get("KB-2")
    with pytest.raises(TicketNotFound, match='no ticket "KB-1" from "crm"'):
        store.get("KB-1", "crm")


def test_a_deleted_ticket_is_gone_from_every_answer(store: Store) -> None:
    store.save_many([{**ticket(1), "product": "Gate"}, ticket(2)])
    store.delete("KB-1")
    assert list(store.fetch([1, 2])) == [2]
    assert [read.id for read in store.tickets()] == [2]
    assert (store.count(), store.values("product")) == (1, [])
    with pytest.raises(TicketNotFound):
        store.get("KB-1")
    with pytest.raises(TicketNotFound):
        store.delete("KB-1")


def test_an_id_is_never_given_twice(store: Store) -> None:
    store.save_many([ticket(1), ticket(2)])
    store.delete("KB-2")
    assert store.save(ticket(3)).id == 3


def test_all_tickets_are_streamed_as_they_stood_at_the_first(store: Store) -> None:
    store.save_many([ticket(number) for number in range(2_500)])
    stream = store.tickets()
    ids = [next(stream).id]
    store.delete("KB-2000")
    store.save(ticket(9_999))
    ids += [read.id for read in stream]
    assert ids == list(range(1, 2_501))


def test_streaming_holds_a_part_of_the_tickets_at_a_time(store: Store) -> None:
    text = "x" * 10_000
    store.save_many([{"reference": str(number), "problem": text} for number in range(3_000)])
    tracemalloc.start()
    try:
        assert sum(len(read.problem) for read in store.tickets()) == 30_000_000
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_postgresql_sends_the_stream_in_parts(server: Server) -> None:
    name = server.new_database()
    with closing(Store.open(server.url(name), masking=unmasked)) as store:
        said = (Message("Ann", Role.AGENT, None, True, "x"),)
        store.save_many([ticket(1), {**ticket(2), "messages": said}])
        stream = store.tickets()
        next(stream)
        activity = f"SELECT query FROM pg_stat_activity WHERE datname = '{name}'"
        assert [query for (query,) in server.execute(activity) if query.startswith("FETCH")]
        assert [read.id for read in stream] == [2]


def test_values_are_counted_most_frequent_first(store: Store) -> None:
    products = ["Gate", "Äpp", "Gate", "", "Zoo", "app", "Zoo", "Gate"]
    store.save_many([{**ticket(n), "product": product} for n, product in enumerate(products)])
    assert store.values("product") == [("Gate", 3), ("Zoo", 2), ("app", 1), ("Äpp", 1)]
    assert store.values("kind") == [("ticket", 8)]
    assert store.values("source") == [("desk", 8)]
    with pytest.raises(ValueError, match="subject is none of product, status"):
        store.values("subject")


def test_figures_that_were_asked_before_follow_what_another_process_saves(
    store: Store, database_url: str
) -> None:
    store.save({"reference": "KB-1", "subject": "Gate", "product": "Gate"})
    assert (store.count(), store.count_resolved(), store.values("product")) == (1, 0, [("Gate", 1)])
    with closing(Store.open(database_url, masking=unmasked)) as other:
        other.save({"reference": "KB-1", "product": "Zoo", "resolution": "Oil it."})
        other.save({"reference": "KB-2", "subject": "Gate"})
    assert (store.count(), store.count_resolved(), store.values("product")) == (2, 1, [("Zoo", 1)])


def test_a_stream_that_is_left_early_lets_go_of_its_connection(store: Store) -> None:
    store.save_many([ticket(number) for number in range(3)])
    for _ in range(20):
        assert next(store.tickets()).reference == "KB-0"


def test_only_live_tickets_with_words_in_their_resolution_count_as_resolved(store: Store) -> None:
    for number, resolution in enumerate(["Reseat the tray.", " \r\n\t\xa0", "", "重启", "Reboot."]):
        store.save({**ticket(number), "resolution": resolution})
    store.delete("KB-4")
    assert store.count_resolved() == 2


def test_the_digest_of_a_change_is_the_same_in_every_database(
    store: Store, database_url: str
) -> None:
    store.save({"reference": "KB-1", "subject": "VPN drops"})
    at = datetime(2026, 3, 1, 9, 30, 5, 123456, tzinfo=timezone(timedelta(hours=8)))
    with closing(Database(database_url)) as database, database.writing() as connection:
        connection.execute(update(ChangeRow).values(at=at))
    mark = store.mark()
    assert mark.change == "8ceba768ecaae95f6bfa2c456bd3d20a7e20d808d4f363b4e8af445d0fcc1d61"
    assert (mark.sequence, store.standing(1), store.standing(0).mark.change) == (1, (mark, 1), "")
    assert store.standing(2) == (Mark(2, mark.store, ""), 1)


def test_values_that_differ_in_capitals_are_counted_as_one(store: Store) -> None:
    statuses = ("Solved", "solved", "Solved")
    rows = [
        TicketFields(reference=str(number), subject="Jam", status=status)
        for number, status in enumerate(statuses)
    ]
    store.save_many(rows)
    assert store.values("status") == [("Solved", 3)]
