"""Which messages a ticket has after some of them are given again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kbsearch.records.message import Message, Role, joined

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST = Message("Ann", Role.REQUESTER, NOON, True, "No paper")
SECOND = Message("Bo", Role.AGENT, NOON + timedelta(hours=1), True, "Fill the tray")
UNDATED = Message("Bo", Role.AGENT, None, False, "Called back")


def test_messages_stand_in_the_order_of_their_times() -> None:
    assert joined([SECOND], [FIRST]) == (FIRST, SECOND)


def test_where_a_time_is_missing_no_order_changes() -> None:
    assert joined([SECOND, UNDATED], [FIRST]) == (SECOND, UNDATED, FIRST)


def test_the_same_message_stays_once_as_it_was_given_last() -> None:
    public = replace(UNDATED, public=True)
    assert joined([FIRST, UNDATED], [FIRST, public]) == (FIRST, public)


def test_two_authors_who_say_the_same_both_stay() -> None:
    other = replace(FIRST, author="Cy")
    assert joined([FIRST], [other]) == (FIRST, other)
