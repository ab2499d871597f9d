"""Suggestions while somebody types."""

import pytest

from kbsearch.engines.base import View
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import Suggestions
from kbsearch.search.suggest import SUBJECTS, WORDS, suggest
from tests.search import desk


def offered(text: str, *tickets: StoredTicket) -> Suggestions:
    """Return what is suggested from these tickets, those of the desk if none are given."""
    held = tickets or tuple(desk.ticket(*pair) for pair in enumerate(desk.SUBJECTS, start=1))
    by_id = {one.id: one for one in held}
    index = desk.engine(*held).snapshot(View.INTERNAL)
    return suggest(
        text, index, lambda ids: {one: by_id[one] for one in ids if one in by_id}, patience=60
    )


def tickets(**subjects: int) -> list[StoredTicket]:
    """Return so many tickets with each of these subjects, "_" standing for a space."""
    named = [name.replace("_", " ") for name, number in subjects.items() for _ in range(number)]
    return [desk.ticket(*pair) for pair in enumerate(named, start=1)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("outl", "outlook"),
        ("Pass", "password"),
        ("slow pri", "printer"),
        ('"out', "outlook"),
        ("wi-f", "wifi"),
        ("outlok", "outlook"),
        ("calander", "calendar"),
        ("pasw", "password"),
        ("“pass” outl", "outlook"),
    ],
)
def test_the_last_word_is_completed(text: str, word: str) -> None:
    assert offered(text).words[0] == word


def test_a_code_is_completed_as_its_tickets_write_it() -> None:
    assert offered("till pay-4").words == ("PAY-4417", "PAY-4471")


@pytest.mark.parametrize(
    "text",
    ["", " ", "outl ", "outl,", "o", "th", "p4", "-outl", "prod:", "zzz"],
)
def test_nothing_is_completed_where_no_word_is_begun(text: str) -> None:
    assert offered(text).words == ()


def test_a_word_that_is_complete_is_not_offered_itself() -> None:
    assert "printer" not in offered("printer").words


def test_forms_of_one_word_are_offered_once_as_the_most_frequent() -> None:
    held = tickets(printer_jams=3, printers_offline=1, printing=1)
    assert offered("prin", *held).words == ("printer", "printing")


def test_the_most_frequent_word_comes_first() -> None:
    held = tickets(modem=2, mouse=3, monitor=1)
    assert offered("mo", *held).words == ("mouse", "modem", "monitor")


def test_what_goes_with_the_other_words_comes_first() -> None:
    held = tickets(screen_monitor=2, mouse=9, printer=9)
    assert offered("mo", *held).words == ("mouse", "monitor")
    assert offered("screen mo", *held).words == ("monitor", "mouse")


def test_a_slip_comes_after_words_that_are_none() -> None:
    held = tickets(password=30, passwrod=3, passport=1)
    assert offered("passw", *held).words == ("password", "passwrod")
    assert offered("pass", *held).words == ("password", "passport", "passwrod")


def test_a_slip_of_a_frequent_word_brings_that_word() -> None:
    held = tickets(receive=30, recieve=1)
    assert offered("recie", *held).words[0] == "receive"


def test_only_a_handful_of_words_is_offered() -> None:
    held = tickets(**{f"ab{letter}{letter}": 1 for letter in "cdefghijklmnop"})
    assert len(offered("ab", *held).words) == WORDS


def test_subjects_that_have_most_of_the_words_come_first() -> None:
    assert offered("password res").subjects[:2] == (
        "Password reset loops",
        "Reset the password of a colleague",
    )


def test_subjects_are_found_by_what_is_begun_or_mistyped() -> None:
    assert "Outlook crashes at start" in offered("outlok cras").subjects
    assert offered("0x80070005").subjects == ("Error 0x80070005 at the update",)


def test_a_beginning_of_a_word_is_no_slip_for_a_rarer_one() -> None:
    held = [desk.ticket(number, f"Barometer {number} is stuck") for number in range(2, 9)]
    found = desk.search("baron", desk.ticket(1, "Baton is lost"), *held, typing=True)
    assert {hit.ticket.subject[:5] for hit in found.hits} >= {"Baton"}
    found = desk.search("barom", desk.ticket(1, "Baroque is lost"), *held, typing=True)
    assert {hit.ticket.subject[:5] for hit in found.hits} == {"Barom"}


def test_a_ticket_whose_subject_has_none_of_the_words_is_not_offered() -> None:
    held = [desk.ticket(1, "Nothing works", problem="The printer jams.")]
    assert offered("printer", *held).subjects == ()


def test_a_subject_is_offered_once_and_a_handful_at_most() -> None:
    same = tickets(printer_jams=9)
    assert offered("printer", *same).subjects == ("printer jams",)
    many = tickets(**{f"printer_{letter * 4}": 1 for letter in "abcdefghij"})
    assert len(offered("printer", *many).subjects) == SUBJECTS


def test_a_ticket_that_was_deleted_since_is_not_offered() -> None:
    index = desk.engine().snapshot(View.INTERNAL)
    assert suggest("outl", index, lambda _: {}, patience=60).subjects == ()


@pytest.mark.parametrize("text", ["", "-x", "!?", "x" * 5_000, "\ud800", "the"])
def test_what_cannot_be_searched_yet_is_no_failure(text: str) -> None:
    assert offered(text).subjects == ()
