"""What is said in plain words to be left out is offered as a query that leaves it out."""

import pytest

from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.search.query.leave_out import leave_out
from kbsearch.search.query.parse import read_query
from tests.search import desk


def offers(text: str) -> list[Message]:
    query = read_query(text, Filters())
    return [*leave_out(query, {part.surface for token in query.tokens for part in token.parts})]


@pytest.mark.parametrize(
    ("text", "words", "query"),
    [
        ("scanner hums but not jams", "jams", "scanner hums -jams"),
        ("scanner hums, but not at start", "start", "scanner hums -start"),
        ("menu is not fading not blinking", "blinking", "menu is not fading -blinking"),
        ("menu isn't fading and not blinking", "blinking", "menu isn't fading -blinking"),
        ("till opens without a key", "key", "till opens -key"),
        ("till opens without key today", "key today", 'till opens -"key today"'),
        ("till opens without key, daily", "key", "till opens -key, daily"),
        ("fails but not on 32 bit", "32 bit", 'fails -"32 bit"'),
    ],
)
def test_what_is_unwanted_is_offered_to_be_left_out(text: str, words: str, query: str) -> None:
    assert offers(text) == [(Code.LEAVE_OUT, words, query)]


@pytest.mark.parametrize(
    "text",
    [
        "till does not open",
        "no sound no picture",
        "plays but no sound",
        "without paper",
        "but not",
        "till without a key",
    ],
)
def test_a_problem_is_not_offered_to_be_left_out(text: str) -> None:
    assert offers(text) == []


def test_the_offer_leaves_it_out() -> None:
    tickets = desk.ticket(1, "Scanner hums and jams"), desk.ticket(2, "Scanner hums")
    query = "scanner hums -jams"
    notes = desk.search("scanner hums but not jams", *tickets).notes
    assert notes == ((Code.LEAVE_OUT, "jams", query),)
    assert [hit.ticket.id for hit in desk.search(query, *tickets).hits] == [2]


def test_nothing_is_offered_to_be_left_out_that_no_hit_has() -> None:
    assert desk.search("scanner hums but not jams", desk.ticket(1, "Scanner hums")).notes == (
        (Code.WORD_MISSING, "jams"),
    )
