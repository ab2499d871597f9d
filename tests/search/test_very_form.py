"""The word that was typed comes before its other forms, and can be asked for alone."""

import pytest

from kbsearch.engines.base import View
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.search.searcher import Searcher
from tests.search.desk import engine, search, subjects, ticket
from tests.sentences import sentences

TICKETS = tuple(
    ticket(number, subject)
    for number, subject in enumerate(
        (
            "A form of a form: the form is lost",
            "Forms does not open",
            "Our sheet is torn, a sheet of the sheet",
            "Sheets loses rows",
            "The F# kit does not build",
            "Key F is stuck, press F",
            "D&E wants a quote",
            "Bay D and bay E are full",
            "LostSocketException in the log",
            "PaperHub asks for a key",
            "No paper in the tray",
            "The colour chart fades",
        ),
        start=1,
    )
)


def exactly(text: str, *tickets: StoredTicket) -> SearchResult:
    by_id = {one.id: one for one in tickets}
    searcher = Searcher(lambda ids: {one: by_id[one] for one in ids})
    index = engine(*tickets).snapshot(View.INTERNAL)
    return searcher.search(SearchRequest(text, exact=True), index)


@pytest.mark.parametrize("word", ["forms", "sheets", "form", "sheet"])
def test_the_form_that_was_typed_comes_first(word: str) -> None:
    first, second = subjects(word, *TICKETS)
    assert word in first.lower().replace(":", "").split()
    assert word not in second.lower().split()


def test_another_form_says_so() -> None:
    first, second = search("Sheets", *TICKETS).hits
    said = [sentences(one.message for one in hit.reasons) for hit in (first, second)]
    assert said == [('it has "sheets"',), ('it has "sheet", another form of "sheets"',)]


@pytest.mark.parametrize("query", ['"Forms"', "Forms AND open"])
def test_quotes_ask_for_the_very_form(query: str) -> None:
    assert subjects(query, *TICKETS)[0] == "Forms does not open"
    assert len(subjects(query, *TICKETS)) == 1


def test_a_quote_whose_form_no_ticket_has_is_found_in_another_form() -> None:
    assert subjects('"sheet loses"', *TICKETS) == ["Sheets loses rows"]


def test_exact_finds_no_other_form_and_no_other_spelling() -> None:
    for text, found in (("Forms", ["Forms does not open"]), ("chart", ["The colour chart fades"])):
        assert [hit.ticket.subject for hit in exactly(text, *TICKETS).hits] == found
    assert exactly("charts", *TICKETS).hits == exactly("chrt", *TICKETS).hits == ()


def test_spellings_of_one_form_are_one_form() -> None:
    assert exactly("color", *TICKETS).total == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("F#", ["The F# kit does not build"]),
        ('"F#"', ["The F# kit does not build"]),
        ("D&E", ["D&E wants a quote"]),
        ("lost socket", ["LostSocketException in the log", TICKETS[0].subject]),
        ("lostsocketexception", ["LostSocketException in the log"]),
        ("tray+", ["No paper in the tray"]),
        ("paper", ["No paper in the tray", "PaperHub asks for a key"]),
    ],
)
def test_a_name_is_found_by_its_signs_and_its_words(query: str, found: list[str]) -> None:
    assert subjects(query, *TICKETS)[: len(found)] == found


def test_a_name_that_no_ticket_has_finds_no_single_letter() -> None:
    assert subjects("D#", *TICKETS) == subjects("E&F", *TICKETS) == []
