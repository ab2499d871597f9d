"""What a ticket becomes when some of its fields are given again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import pytest

from kbsearch.errors import TicketInvalid
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import Kind, Ticket, TicketFields
from kbsearch.store.merge import DEFAULT_SOURCE, key_of, merge, part_of

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
SPRING = datetime(2025, 4, 1, tzinfo=UTC)


def given(**fields: Any) -> TicketFields:
    return cast("TicketFields", {"reference": "KB-1", **fields})


def first(**fields: Any) -> Ticket:
    return merge(None, given(subject="VPN", **fields), now=MONDAY)


def then(held: Ticket, **fields: Any) -> Ticket:
    return merge(held, given(**fields), now=TUESDAY)


def test_the_source_of_a_ticket_that_names_none_is_the_default_of_tickets() -> None:
    assert key_of(given()) == (DEFAULT_SOURCE, "KB-1") == (first().source, "KB-1")


def test_times_that_the_source_does_not_give_are_not_made_up() -> None:
    ticket = first()
    assert (ticket.created_at, ticket.updated_at, ticket.resolved_at) == (None, None, None)


def test_a_change_moves_updated_at_and_keeps_created_at() -> None:
    ticket = then(first(created_at=MONDAY), cause="old driver", created_at=None)
    assert (ticket.created_at, ticket.updated_at) == (MONDAY, TUESDAY)


def test_the_same_again_moves_no_time() -> None:
    held = first(cause="old driver")
    assert then(held, cause="old driver") == held


def test_times_that_the_source_gives_are_kept() -> None:
    held = first(created_at=SPRING, updated_at=SPRING)
    ticket = then(held, cause="old driver", updated_at=SPRING)
    assert (ticket.created_at, ticket.updated_at) == (SPRING, SPRING)


def test_an_empty_resolved_at_empties_it() -> None:
    assert then(first(resolved_at=SPRING), resolved_at=None).resolved_at is None
    assert then(first(resolved_at=SPRING)).resolved_at == SPRING


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ({}, None, "open"),
        ({"resolution": "reboot"}, None, "solved"),
        ({"resolution": " \n"}, None, "open"),
        ({"status": "waiting", "resolution": "reboot"}, None, "waiting"),
        ({"status": ""}, None, "open"),
        ({}, {"resolution": "reboot"}, "solved"),
        ({}, {"cause": "old driver"}, "open"),
        ({"status": "waiting"}, {"resolution": "reboot"}, "waiting"),
        ({"status": "open", "resolution": "try this"}, {"resolution": "reboot"}, "open"),
        ({"resolution": "reboot"}, {"resolution": ""}, "solved"),
        ({"status": "closed", "resolution": "reboot"}, {"status": ""}, "solved"),
    ],
)
def test_the_status_follows_the_resolution_unless_somebody_names_it(
    before: dict[str, str], after: dict[str, str] | None, status: str
) -> None:
    ticket = first(**before)
    assert (ticket if after is None else then(ticket, **after)).status == status


def test_a_kind_may_come_as_a_word() -> None:
    assert first(kind="article").kind is Kind.ARTICLE
    with pytest.raises(TicketInvalid, match=r"^kind: is 'poem'; it may be ticket, article$"):
        first(kind="poem")
    with pytest.raises(TicketInvalid, match=r"^audience: "):
        first(audience="everybody")


def test_a_time_that_is_beyond_the_calendar_in_utc_is_refused() -> None:
    east = timezone(timedelta(hours=9))
    with pytest.raises(TicketInvalid, match=r"^created_at: .* beyond the years 1 to 9999"):
        first(created_at=datetime(1, 1, 1, tzinfo=east))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TicketInvalid, match=r"^created_at: has no time zone"):
        first(created_at=datetime(2026, 1, 1))


ASKED = Message("Ann", Role.REQUESTER, MONDAY, True, "The VPN drops")
ANSWERED = Message("Bo", Role.AGENT, TUESDAY, True, "Renew the certificate")


def test_a_message_that_a_newer_export_leaves_out_stays() -> None:
    ticket = then(first(messages=(ASKED,)), messages=(ANSWERED,))
    assert ticket.messages == (ASKED, ANSWERED)
    assert then(ticket, cause="old driver").messages == (ASKED, ANSWERED)


def test_a_message_that_is_given_again_is_as_it_is_given() -> None:
    hidden = replace(ANSWERED, public=False)
    assert then(first(messages=(ASKED, ANSWERED)), messages=(hidden,)).messages == (ASKED, hidden)


def test_a_likely_resolution_gives_way_to_a_written_one_and_never_replaces_it() -> None:
    likely = first(resolution="Renew it", resolution_from="the last reply")
    written = then(likely, resolution="Renew the certificate")
    assert (written.resolution, written.resolution_from) == ("Renew the certificate", "")
    again = then(written, resolution="Thanks", resolution_from="the last reply")
    assert (again.resolution, again.resolution_from) == ("Renew the certificate", "")


def message(text: str, at: datetime) -> Message:
    return Message("Ann", Role.REQUESTER, at, public=True, text=text)


def part(text: str, at: datetime, *agents: str) -> TicketFields:
    return given(
        subject=text,
        problem=text,
        created_at=at,
        updated_at=at,
        agents=agents,
        messages=(message(text, at),),
    )


def parts_in_order(*parts: TicketFields) -> Ticket:
    ticket: Ticket | None = None
    for one in parts:
        ticket = merge(ticket, part_of(ticket, one), now=TUESDAY)
    assert ticket is not None
    return ticket


def test_parts_of_a_conversation_make_the_same_ticket_in_any_order() -> None:
    early, late = part("No paper", MONDAY), part("Fill it", TUESDAY, "Bo")

    one, other = parts_in_order(early, late), parts_in_order(late, early)

    assert one == other
    assert (one.problem, one.created_at, one.updated_at) == ("No paper", MONDAY, TUESDAY)
    assert [message.text for message in one.messages] == ["No paper", "Fill it"]
    assert one.agents == ("Bo",)


def test_a_part_between_two_others_adds_its_messages_alone() -> None:
    ends = given(
        subject="No paper",
        created_at=SPRING,
        updated_at=TUESDAY,
        messages=(message("No paper", SPRING), message("Thanks", TUESDAY)),
    )

    ticket = parts_in_order(ends, part("Fill it", MONDAY, "Bo"))

    assert (ticket.subject, ticket.created_at, ticket.updated_at) == ("No paper", SPRING, TUESDAY)
    assert [message.text for message in ticket.messages] == ["No paper", "Fill it", "Thanks"]


def test_an_older_export_of_the_whole_ticket_is_no_part_of_it() -> None:
    held = parts_in_order(given(**{**part("No paper", MONDAY), "updated_at": TUESDAY}))
    older = part("No toner", MONDAY)

    assert part_of(held, older) == older
