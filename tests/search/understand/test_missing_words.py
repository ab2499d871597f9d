"""A word that no ticket has is named, with the nearest that one has."""

import pytest

from kbsearch.search.results import SearchResult
from tests.search import desk
from tests.sentences import sentences

HELD = (desk.ticket(1, "Lap counter of the gym"), desk.ticket(2, "Printer jams"))


def search(text: str) -> SearchResult:
    return desk.search(text, *HELD)


def test_a_word_that_no_ticket_has_is_named() -> None:
    assert sentences(search("printer zzvrt").notes) == ('No ticket has "zzvrt".',)


def test_it_is_named_with_the_word_that_it_begins_with() -> None:
    assert sentences(search("printer lapxzzdog").notes) == (
        'No ticket has "lapxzzdog"; the nearest is "lap".',
    )


@pytest.mark.parametrize("text", ["printer jams", "printr", "prin", "the printer", "PAY-1 jams"])
def test_what_is_found_or_surely_corrected_needs_no_such_note(text: str) -> None:
    assert not any(" is " in one or "zz" in one for one in sentences(search(text).notes))


def test_the_words_of_a_long_text_are_not_named() -> None:
    text = " ".join(f"zzq{letter}vrt" for letter in "abcdefghijklmnop")
    assert search(f"printer {text}").notes == ()


def test_a_name_with_a_sign_is_named_as_it_was_typed() -> None:
    assert sentences(search("F# printer").notes) == ('No ticket has "F#".',)


def test_letters_without_blanks_are_named_together() -> None:
    assert sentences(search("printer 网络断开").notes) == ('No ticket has "网络断开".',)


@pytest.mark.parametrize("word", ["zzvrt", "counted"])
def test_a_form_that_no_ticket_has_is_named_if_only_exact_words_count(word: str) -> None:
    found = desk.search(word, *HELD, exact=True)
    assert (found.total, sentences(found.notes)) == (0, (f'No ticket has "{word}".',))


def test_what_people_call_a_ticket_is_no_missing_word() -> None:
    assert search("incident printer").notes == ()


def test_a_word_whose_other_name_is_found_is_no_missing_word() -> None:
    held = desk.ticket(1, "Phone for 2FA was lost")

    assert desk.search("mfa", held).notes == ()
