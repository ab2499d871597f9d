"""Codes that were spelt out or typed with spaces in them find their tickets."""

from dataclasses import replace

import pytest

from kbsearch.engines.base import View
from kbsearch.inverted.field import Field
from kbsearch.messages.message import render
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.tokens import tokenize
from kbsearch.search.understand.spans import token_spans
from tests.search.desk import engine, plan, search, subjects, ticket

HELD = (
    ticket(1, "Error 0x80070005 at the update"),
    ticket(2, "Error 0x80070057 at the update"),
    ticket(3, "KB5034441 fails"),
    ticket(4, "PAY-4417 at the till"),
    ticket(5, "Printer jams"),
)
INDEX = engine(*HELD).snapshot(View.INTERNAL)


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("error zero ex eight double oh seven triple oh five", HELD[0].subject),
        ("kb 5034441", HELD[2].subject),
        ("pay dash four four one seven", HELD[3].subject),
    ],
)
def test_a_code_in_pieces_finds_the_ticket_that_has_it(said: str, subject: str) -> None:
    assert subjects(said, *HELD)[0] == subject


def test_a_code_that_was_spelt_out_says_so() -> None:
    best = search("pay dash four four one seven", *HELD).hits[0]
    (reason,) = best.reasons
    assert (reason.kind, reason.found) == (ReadingKind.SPOKEN, "pay-4417")
    assert render(reason.message) == '"pay dash four four one seven" spells "pay-4417"'


@pytest.mark.parametrize(
    "said", ["eight zero zero seven triple oh five", "eight double oh seven double oh five seven"]
)
def test_a_code_that_was_spelt_out_is_found_as_it_is_written(said: str) -> None:
    (hit,) = search(said, *HELD).hits
    assert hit.ticket.subject.startswith("Error 0x800700")


def test_the_number_of_a_ticket_may_be_spelt_out() -> None:
    held = replace(ticket(1, "Lamp"), reference="CALL-40417")
    assert subjects("four oh four one seven", held) == ["Lamp"]


def test_pieces_of_a_code_are_also_read_side_by_side() -> None:
    (only,) = plan("kb 5034441", index=INDEX).clauses
    whole, apart = only.readings
    assert (whole.terms, whole.field) == (("kb5034441",), Field.CODE)
    assert (apart.terms, apart.unordered) == (("kb", "5034441"), False)


def test_what_spells_a_code_that_no_ticket_has_is_also_searched_as_it_was_said() -> None:
    said = ["pay", "dash", "nine", "nine", "one", "seven"]
    ((start, found),) = token_spans([*tokenize(" ".join(said))], INDEX.lexicon).items()
    assert (start, found.end) == (0, len(said))
    assert [one.word for one in found.clauses] == [" ".join(said), *said]


def test_words_that_are_nothing_together_stay_apart() -> None:
    assert token_spans([*tokenize("printer jams at 10")], INDEX.lexicon) == {}
