"""Each reason names the texts of the ticket that hold its word, as it was read."""

from dataclasses import replace

import pytest

from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import Hit
from tests.search.desk import only_hit, search, ticket

FULL = replace(
    ticket(
        1,
        "Modems drop",
        problem="The modem is red.",
        environment="A wi fi router",
        resolution="Wi and fi were off: a new modem, and the colour came back",
    ),
    cause="  ",
    tags=("E-71", "loose cable"),
    category="Networks",
    product="Routers",
)


def fields(text: str, found: StoredTicket = FULL) -> dict[str, tuple[str, ...]]:
    """Return the fields of each reason of the one hit, by the word of the query."""
    hit: Hit = only_hit(text, found)
    return {reason.word: reason.fields for reason in hit.reasons}


@pytest.mark.parametrize(
    ("typed", "held_in"),
    [
        ("modem", ("subject", "problem", "resolution")),
        ("red", ("problem",)),
        ("cable", ("tags",)),
        ("network", ("category",)),
        ("router", ("environment", "product")),
        ("t-1", ("reference",)),
        ("e71", ("tags",)),
        ("color", ("resolution",)),
        ("modum", ("subject", "problem", "resolution")),
    ],
)
def test_a_reason_names_the_texts_that_hold_its_word_in_their_order(
    typed: str, held_in: tuple[str, ...]
) -> None:
    assert list(fields(typed).values()) == [held_in]


def test_each_word_of_a_query_has_fields_of_its_own() -> None:
    assert fields("red cable") == {"red": ("problem",), "cable": ("tags",)}


def test_words_that_must_stand_side_by_side_are_only_where_they_do() -> None:
    assert fields("wifi") == {"wifi": ("environment",)}


def test_words_that_may_stand_apart_are_wherever_one_of_them_is() -> None:
    apart = ticket(1, "Password lost", problem="Cannot log on", resolution="Reset it")
    together = ticket(2, "Password reset")
    assert fields_of("passwordreset", apart, together)[1] == ("subject", "resolution")


def fields_of(text: str, *tickets: StoredTicket) -> dict[int, tuple[str, ...]]:
    """Return the fields of the first reason of each hit, by ticket."""
    return {hit.ticket.id: hit.reasons[0].fields for hit in search(text, *tickets).hits}


def test_a_part_of_a_longer_word_is_not_the_word() -> None:
    found = ticket(1, "Red light", problem="It was redone and reddish")
    assert fields("red", found) == {"red": ("subject",)}


def test_pieces_of_one_code_that_was_spelt_out_are_told_together() -> None:
    found = ticket(1, "Error bt", problem="Line 12 of bt")
    assert fields("bravo tango space one two", found) == {
        "bravo tango space one two": ("subject", "problem")
    }
