"""References that were typed by their number, and numbers that are none."""

import pytest

from kbsearch.engines.base import View
from kbsearch.messages.message import render
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.references import Family, families, named_references
from tests.search.desk import engine, search


def named(reference: str, subject: str, number: int) -> StoredTicket:
    return StoredTicket(id=number, revision=1, reference=reference, subject=subject)


DESK = tuple(
    named(reference, subject, number)
    for number, (reference, subject) in enumerate(
        (
            ("CALL-5432", "Shredder hums"),
            ("CALL-77", "Database refuses port 5432"),
            ("REQ0000950", "Badge for a guest"),
            ("61840", "Kettle is slow"),
            ("CALL-78", "Door reports 61840 steps"),
        ),
        start=1,
    )
)


def found(text: str) -> list[str]:
    return [hit.ticket.reference for hit in search(text, *DESK).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("5432", "CALL-5432"),
        ("ticket 5432", "CALL-5432"),
        ("reopen ticket no 5432", "CALL-5432"),
        ("CALL-5432", "CALL-5432"),
        ("call5432", "CALL-5432"),
        ("950", "REQ0000950"),
        ("000950", "REQ0000950"),
        ("req950", "REQ0000950"),
        ("REQ 950", "REQ0000950"),
        ("case 61840", "61840"),
    ],
)
def test_a_number_that_is_named_so_finds_its_ticket(typed: str, first: str) -> None:
    assert found(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "only"),
    [("port 5432", "CALL-77"), ("door 61840", "CALL-78"), ("61840 steps", "CALL-78")],
)
def test_next_to_words_a_number_is_none_of_a_ticket(typed: str, only: str) -> None:
    assert found(typed) == [only]


def test_a_hit_by_its_reference_says_so() -> None:
    first, second = search("5432", *DESK).hits
    assert [render(one.message) for one in first.reasons] == ['its reference has "5432"']
    assert [render(one.message) for one in second.reasons] == ['it has "5432"']


def test_how_references_begin_is_read_off_the_index() -> None:
    lexicon = engine(*DESK).snapshot(View.INTERNAL).lexicon
    assert families(lexicon) == [Family("", 0), Family("call", 0), Family("req", 7)]


def test_names_of_tickets_stand_before_their_numbers() -> None:
    assert named_references(["printer", "incident", "12", "error", "404"]) == {2}
