"""What a ticket may hold."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.errors import TicketInvalid
from kbsearch.records.ticket import (
    FIELDS,
    LIST_LIMIT,
    NAME_LIMIT,
    NAMES,
    TEXT_LIMIT,
    TEXTS,
    TIMES,
    Kind,
    StoredTicket,
    Ticket,
)


def made(**fields: Any) -> Ticket:
    """Return a ticket with these fields, good ones in the others."""
    return Ticket(**{"reference": "T-1", "subject": "The printer jams", **fields})


def test_a_ticket_needs_little() -> None:
    ticket = made()
    assert (ticket.source, ticket.status, ticket.kind) == ("desk", "open", Kind.TICKET)


def test_a_ticket_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        made().__setattr__("subject", "other")


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_a_limit(name: str) -> None:
    assert getattr(made(**{name: "x" * TEXT_LIMIT}), name) == "x" * TEXT_LIMIT
    with pytest.raises(
        TicketInvalid, match=rf"^{name}: has 1,000,001 characters, the limit is 1,000,000"
    ):
        made(**{name: "x" * (TEXT_LIMIT + 1)})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_a_lower_limit(name: str) -> None:
    with pytest.raises(TicketInvalid, match=rf"^{name}: has 201 characters, the limit is 200"):
        made(**{name: "x" * (NAME_LIMIT + 1)})


@pytest.mark.parametrize("name", [*NAMES, *TEXTS])
@pytest.mark.parametrize(
    ("value", "reason"), [("a\x00b", "holds a NUL character"), ("a\ud800b", "half a character")]
)
def test_what_no_table_could_hold_is_refused(name: str, value: str, reason: str) -> None:
    with pytest.raises(TicketInvalid, match=rf"^{name}: .*{reason}"):
        made(**{name: value})


def test_every_tag_is_checked() -> None:
    with pytest.raises(TicketInvalid, match=r"^tags: has 201 characters"):
        made(tags=("paper", "x" * 201))


@pytest.mark.parametrize("reference", ["", "  "])
def test_a_reference_is_needed(reference: str) -> None:
    with pytest.raises(TicketInvalid, match=r"^reference: is empty"):
        made(reference=reference)


@pytest.mark.parametrize("name", ["subject", "problem", "resolution"])
def test_any_of_three_texts_is_enough(name: str) -> None:
    assert getattr(made(**{"subject": "", name: "It jams"}), name) == "It jams"


def test_a_ticket_without_a_text_is_refused() -> None:
    with pytest.raises(TicketInvalid, match=r"^subject: write a subject, a problem or"):
        made(subject=" ", environment="Windows")


@pytest.mark.parametrize("name", TIMES)
def test_a_time_has_a_zone(name: str) -> None:
    made(**{name: datetime(2026, 3, 1, tzinfo=UTC)})
    with pytest.raises(TicketInvalid, match=rf"^{name}: has no time zone; write it as UTC"):
        made(**{name: datetime(2026, 3, 1)})


def test_the_lists_of_fields_name_fields() -> None:
    assert set(TEXTS) | set(NAMES) | set(TIMES) < set(FIELDS)


@given(st.text(max_size=NAME_LIMIT))
def test_any_text_is_stored_or_refused_by_name(text: str) -> None:
    try:
        stored = made(reference=text).reference
    except TicketInvalid as error:
        stored = error.field
    assert stored in (text, "reference")


def test_a_ticket_has_a_hundred_tags_at_most() -> None:
    tags = tuple(str(number) for number in range(LIST_LIMIT))
    assert made(tags=tags).tags == tags
    with pytest.raises(TicketInvalid, match=r"^tags: has 101 tags, the limit is 100; leave some"):
        made(tags=(*tags, "one more"))
    fields = {name: getattr(made(), name) for name in FIELDS} | {"tags": (*tags, "one more")}
    stored = StoredTicket(**fields, id=1, revision=1)  # from before there was a limit
    assert len(stored.tags) == LIST_LIMIT + 1
