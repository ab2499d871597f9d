"""Why a hit is there."""

import pytest

from kbsearch.engines.plan import Clause
from kbsearch.messages.message import render
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.matches.explain import HeldReadings, reasons
from kbsearch.search.matches.match_finder import WordFinder
from kbsearch.search.results import Hit, Reason
from tests.search.desk import only_hit, plan, search, ticket


def told(hit: Hit) -> list[str]:
    return [render(reason.message) for reason in hit.reasons]


def held(text: str, found: StoredTicket) -> tuple[Clause, ...]:
    """Return what a ticket holds of a query."""
    clauses = plan(text).clauses
    (words,) = WordFinder(clauses).words_of([found])
    return HeldReadings(clauses).of(words).clauses


def reason(text: str, subject: str) -> Reason:
    """Return why a query of one word finds a ticket of one subject."""
    (only,) = only_hit(text, ticket(1, subject)).reasons
    return only


@pytest.mark.parametrize(
    ("typed", "subject", "kind", "sentence"),
    [
        ("modem", "Modem is red", "exact", 'it has "modem"'),
        ("modem", "Two MODEMS are red", "exact", 'it has "modems", another form of "modem"'),
        ("wi-fi", "No Wi-Fi", "exact", 'it has "wi-fi"'),
        ("wifi", "No Wi-Fi", "exact", 'it has "wi-fi"'),
        ("pay4417", "PAY-4417 fails", "exact", 'it has "pay-4417"'),
        ("cafe", "Café till", "exact", 'it has "cafe"'),
        ("colour", "Color is off", "variant", '"colour" is the British spelling of "color"'),
        ("color", "Colour is off", "variant", '"colour" is the British spelling of "color"'),
        ("cheque", "A check bounced", "variant", '"cheque" is also spelt "check"'),
        ("pwd", "Password lost", "synonym", '"pwd" is short for "password"'),
        ("wifi", "No wi fi", "compound", '"wifi" is also written "wi fi"'),
        ("win10", "Win 10 is slow", "compound", '"win10" is also written "win 10"'),
    ],
)
def test_each_kind_of_match_has_its_sentence(
    typed: str, subject: str, kind: str, sentence: str
) -> None:
    found = reason(typed, subject)
    assert (found.kind.value, render(found.message)) == (kind, sentence)


def test_a_hit_is_explained_by_its_own_words_and_not_by_those_of_another_hit() -> None:
    usual = [ticket(number, "Resolution of the screen") for number in (1, 3, 4, 5, 6)]
    hits = search("resolushun", ticket(2, "Resolushun of the case"), *usual).hits
    exact, *alike = hits
    assert all(told(exact) != told(one) for one in alike)
    by_id = {hit.ticket.id: hit.reasons[0] for hit in hits}
    assert (by_id[2].kind, by_id[2].found) == (ReadingKind.EXACT, "resolushun")
    assert (by_id[1].kind, by_id[1].found) == (ReadingKind.SOUND, "resolution")


def test_a_hit_that_only_sounds_alike_says_so() -> None:
    found = reason("modum", "Modem is red")
    assert (found.kind, found.word, found.found) == (ReadingKind.SOUND, "modum", "modem")
    assert render(found.message) == '"modum" sounds like "modem"'


def test_a_guess_names_the_word_that_was_meant_and_the_form_that_the_ticket_has() -> None:
    sentence = '"bleding" may be a misspelling of "blending"; it has "blended"'
    held = (ticket(1, "Blended the logo"), ticket(2, "Blending of colours fails"))
    assert sentence in {told(hit)[0] for hit in search("bleding", *held).hits}


def test_a_correction_is_told_as_the_likeliest_word_that_the_ticket_has() -> None:
    assert reason("bookmrks", "Bookmarked, but no bookmarks").found == "bookmarks"
    assert reason("bookmrks", "Bookmarked a page").found == "bookmarked"


def test_a_word_that_tells_nothing_is_not_what_something_sounds_like() -> None:
    assert held("theyr", ticket(1, "There was a modem"))[0].readings == ()


def test_the_text_may_stand_in_any_field_of_the_ticket() -> None:
    found = ticket(1, "Red light", problem="no net", environment="router", resolution="new cable")
    hit = only_hit("light net router cable", found)
    assert [one.word for one in hit.reasons] == ["light", "net", "router", "cable"]


def test_only_the_words_that_the_hit_has_are_reasons_in_the_order_of_the_query() -> None:
    hits = search("modem banana red", ticket(1, "Red modem"), ticket(2, "Banana")).hits
    assert {hit.ticket.id: [one.word for one in hit.reasons] for hit in hits} == {
        1: ["modem", "red"],
        2: ["banana"],
    }


def test_the_shares_of_the_reasons_add_up_to_the_score() -> None:
    for hit in search("outlook pasword calender").hits:
        assert sum(one.share for one in hit.reasons) == pytest.approx(hit.score, rel=1e-5)


def test_a_far_fetched_reading_says_nothing_beside_a_likely_one() -> None:
    for found in held("pass word", ticket(1, "The password was reset at the post office")):
        assert {one.word for one in found.readings} <= {"password", "post"}
        assert found.readings[0].word == "password"


def test_a_hit_found_by_filters_alone_needs_no_reason() -> None:
    (words,) = WordFinder(()).words_of([ticket(1, "Red modem")])
    assert reasons((), words, ()) == ()


def test_a_reading_of_several_words_holds_only_if_all_are_there() -> None:
    (half,) = held("passwordreset", ticket(1, "The word is out"))
    (whole,) = held("passwordreset", ticket(2, "Reset it, then type the password"))
    assert half.readings == ()
    assert whole.readings[0].terms == ("password", "reset")


def test_two_words_that_are_one_to_a_desk_are_no_form_of_either() -> None:
    held = ticket(1, "Logged out of the till"), ticket(2, "The till is out of paper")
    reasons = search("till logged out", *held).hits[0].reasons
    assert not any("another form" in render(one.message) for one in reasons)
