"""What the rows of one reference become."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from kbsearch.intake.threads import Said, one_ticket, with_likely_resolution, with_reply
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import TicketFields


def hour(number: int) -> datetime:
    return datetime(2026, 3, 2, number, tzinfo=UTC)


def said(text: str, at: int, *, by: str = "", subject: str = "Scale drifts", **fields: Any) -> Said:
    """Return a row with a message."""
    given = {"reference": "7", "subject": subject, "problem": text, "created_at": hour(at)}
    return Said({"Author": by}, cast("TicketFields", {**given, **fields}))


def version(status: str, at: int, **fields: Any) -> Said:
    """Return a row with a state of a ticket."""
    given = {"reference": "7", "subject": "Scale drifts", "status": status, "updated_at": hour(at)}
    return Said({}, cast("TicketFields", {**given, **fields}))


def ticket(*messages: Message, **fields: Any) -> TicketFields:
    return cast("TicketFields", {"reference": "7", "messages": messages, **fields})


ASKED = said("The scale drifts by 3 g", 9, by="Customer", status="open")
ANSWERED = said("Level the feet, then tare", 10, by="Agent", subject="Re: Scale drifts")
THANKED = said("That helped", 11, by="Customer", subject="AW: Re: Scale drifts", status="solved")


def test_rows_with_different_texts_are_messages_of_one_ticket() -> None:
    fields = one_ticket([THANKED, ASKED, ANSWERED])
    assert (fields["subject"], fields["problem"]) == ("Scale drifts", "The scale drifts by 3 g")
    assert (fields["created_at"], fields["status"]) == (hour(9), "solved")
    assert [(one.author, one.role, one.at) for one in fields["messages"]] == [
        ("Customer", Role.REQUESTER, hour(9)),
        ("Agent", Role.AGENT, hour(10)),
        ("Customer", Role.REQUESTER, hour(11)),
    ]
    assert (fields["requester"], fields["agents"]) == ("Customer", ("Agent",))


def test_messages_without_times_stay_in_the_order_of_the_file() -> None:
    rows = [said(text, 9, created_at=None) for text in ("b", "a", "c")]
    assert [one.text for one in one_ticket(rows)["messages"]] == ["b", "a", "c"]


def test_rows_with_the_same_text_are_versions_of_which_the_newest_counts() -> None:
    rows = [version("closed", 12, cause="Wet floor"), version("new", 8), version("open", 9)]
    fields = one_ticket(rows)
    assert (fields["status"], fields["updated_at"]) == ("closed", hour(12))
    assert (fields["cause"], "messages" in fields) == ("Wet floor", False)


def test_of_versions_without_a_time_the_last_counts_and_empties_nothing() -> None:
    rows = [version("new", 8, updated_at=None, cause="Dust"), version("open", 8, updated_at=None)]
    assert one_ticket(rows)["status"] == "open"
    assert one_ticket([rows[0], Said({}, {**rows[1].fields, "cause": ""})])["cause"] == "Dust"


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        ({"role": "Technician"}, Role.AGENT),
        ({"sender_type": "end-user"}, Role.REQUESTER),
        ({"incoming": "true"}, Role.REQUESTER),
        ({"incoming": False}, Role.AGENT),
        ({"from": "system"}, Role.SYSTEM),
        ({"from": "Kim Lo"}, Role.UNKNOWN),
    ],
    ids=str,
)
def test_a_column_tells_the_role(cells: dict[str, object], role: Role) -> None:
    rows = [ASKED, Said(cells, said("Try to tare it", 10).fields)]
    assert one_ticket(rows)["messages"][1].role is role


@pytest.mark.parametrize("cells", [{"is_private": "1"}, {"public": "no"}, {"Internal": True}])
def test_a_column_tells_that_a_message_is_internal(cells: dict[str, object]) -> None:
    messages = one_ticket([ASKED, Said(cells, said("Try to tare it", 10).fields)])["messages"]
    assert [one.public for one in messages] == [True, False]


def test_the_last_reply_of_an_agent_is_the_likely_resolution() -> None:
    fields = with_likely_resolution(one_ticket([ASKED, ANSWERED, THANKED]))
    assert fields["resolution"] == "Level the feet, then tare"
    assert fields["resolution_from"] == "the last reply"


def test_of_comments_without_roles_the_last_that_says_something_is_taken() -> None:
    said = ("Replaced the load cell today", "Works", "Is it still drifting for you?")
    comments = [Message("Bo", Role.UNKNOWN, None, True, text) for text in said]
    asked = Message("Kim", Role.UNKNOWN, None, True, "It drifts again since noon")
    fields = with_likely_resolution(ticket(*comments, asked, problem="x", requester="Kim"))
    assert fields["resolution"] == "Replaced the load cell today"


REPLY = Message("Bo", Role.AGENT, None, True, "Level the feet, then tare")


@pytest.mark.parametrize(
    "fields",
    [
        ticket(REPLY, resolution="Dry the floor"),
        ticket(REPLY, status="Waiting for customer"),
        ticket(Message("Bo", Role.AGENT, None, True, "Which scale do you use there?")),
        ticket(Message("Bo", Role.AGENT, None, True, "Closing this")),
        ticket(Message("Ann", Role.REQUESTER, None, True, "It works again after a night")),
    ],
)
def test_nothing_else_is_a_likely_resolution(fields: TicketFields) -> None:
    assert with_likely_resolution(fields) == fields


def test_a_lone_reply_is_a_message_and_no_new_problem() -> None:
    fields = with_reply(ANSWERED.fields, ANSWERED.cells)
    assert (fields["subject"], fields["messages"][0].text) == (
        "Scale drifts",
        "Level the feet, then tare",
    )
    assert with_reply(ASKED.fields, ASKED.cells) == ASKED.fields
