"""The texts of tickets as they came."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, cast

import pytest
from sqlalchemy import select

from kbsearch.records.masking import MaskedTicket
from kbsearch.records.message import Message, Role
from kbsearch.records.raw_text import RawText, raw_texts
from kbsearch.records.ticket import Ticket, TicketFields
from kbsearch.store.database import Database
from kbsearch.store.store import Outcome, Saved, Store
from kbsearch.store.tables import RawTextRow
from tests.masking import Unmasked

HTML = "<p>No paper</p>"


def given(raw: Mapping[str, str], **fields: Any) -> TicketFields:
    fields = {"subject": "Till", "problem": "No paper", **fields, "raw": raw}
    return cast("TicketFields", {"reference": "KB-1", **fields})


def raw_of(store: Store) -> tuple[RawText, ...]:
    return raw_texts(store.get("KB-1"))


@pytest.fixture
def rows(database_url: str) -> Iterator[Database]:
    """Give the tables."""
    with closing(Database(database_url)) as database:
        yield database


def count(rows: Database) -> int:
    with rows.reading() as connection:
        return len(connection.execute(select(RawTextRow.field)).all())


def test_a_text_as_it_came_is_read_with_its_ticket_and_with_no_list(store: Store) -> None:
    store.save(given({"problem": HTML}))
    assert raw_of(store) == (RawText("problem", None, HTML),)
    assert store.fetch([1])[1].raw == store.fetch_whole([1])[1].raw == {}


def test_it_is_replaced_when_its_field_changes_and_stays_while_it_does_not(store: Store) -> None:
    store.save(given({"problem": HTML}))
    store.save({"reference": "KB-1", "cause": "Thick paper"})
    store.save({"reference": "KB-1", "problem": "No paper"})
    assert store.get("KB-1").raw == {"problem": HTML}
    store.save(given({"problem": "<b>No toner"}, problem="No toner"))
    assert store.get("KB-1").raw == {"problem": "<b>No toner"}
    store.save({"reference": "KB-1", "problem": "No ink"})
    assert raw_of(store) == ()


def test_a_ticket_that_comes_again_in_other_marks_is_unchanged_and_shows_them(store: Store) -> None:
    store.save(given({"problem": HTML}))
    (saved,) = store.save_many([given({"problem": "<div>No paper</div>"})])
    assert saved == Saved(Outcome.UNCHANGED, 1)
    assert (raw_of(store)[0].text, store.get("KB-1").revision) == ("<div>No paper</div>", 1)


def test_a_dry_run_and_an_older_row_keep_it(store: Store) -> None:
    store.save(given({"problem": HTML}))
    store.save_many([given({"problem": "<i>x"}, problem="x")], dry_run=True)
    assert raw_of(store) == (RawText("problem", None, HTML),)


def test_a_message_that_is_put_before_another_takes_no_text_from_it(store: Store) -> None:
    second = Message("Bo", Role.AGENT, None, True, "Fill it", "<p>Fill it</p>")
    first = Message("Ann", Role.REQUESTER, None, True, "No paper")
    store.save(given({}, messages=(second,)))
    store.save(given({}, messages=(first, second)))
    assert raw_of(store) == (RawText("messages", 1, "<p>Fill it</p>"),)


def test_it_comes_back_with_its_ticket_and_goes_with_its_purge(
    store: Store, rows: Database
) -> None:
    store.save(given({"problem": HTML}))
    store.delete("KB-1")
    store.undelete_many(["KB-1"])
    assert store.get("KB-1").raw == {"problem": HTML}
    store.delete("KB-1")
    store.purge([1])
    assert count(rows) == 0


def test_the_stage_that_masks_sees_every_text_as_it_came(database_url: str) -> None:
    seen: list[list[str]] = []

    class Watching(Unmasked):
        def mask(self, ticket: Ticket) -> MaskedTicket:
            seen.append([one.text for one in raw_texts(ticket)])
            return super().mask(ticket)

    said = Message("Ann", Role.AGENT, None, True, "Hi", "<p>Hi")
    with closing(Store.open(database_url, masking=Watching())) as store:
        store.save(given({"problem": HTML, "cause": "<i>not given"}, messages=(said,)))
    assert seen == [[HTML, "<p>Hi"]]
