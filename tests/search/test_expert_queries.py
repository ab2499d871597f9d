"""A query with AND, OR, NOT and brackets finds exactly the tickets that it asks for."""

from dataclasses import replace

import pytest

from kbsearch.engines.base import View
from kbsearch.errors import QueryInvalid
from kbsearch.messages.catalogue import Code
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.results import SearchRequest
from kbsearch.search.searcher import Searcher
from tests.search.desk import SUBJECTS, engine, search, subjects, ticket
from tests.sentences import sentences


def found(text: str) -> set[str]:
    """Return the subjects of what a query finds among the tickets of the small desk."""
    result = search(text)
    assert result.total == len(result.hits)
    return {hit.ticket.subject for hit in result.hits}


PRINTER_JAMS = "The printer jams on every second page"
CARTRIDGE = "The colour cartridge of the printer is empty"
CHART = "The colour chart prints grey"
COLOR = "Color of the screen is wrong"
SCREEN = "No resolution of the screen fits"
CALENDAR = "Outlook will not open the calendar"
CRASHES = "Outlook crashes at start"
OUTLOOK = "Outlook asks for the password again and again"
WINDOWS = "Windows 10 will not start"


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("printer AND jams", {PRINTER_JAMS}),
        ("printer NOT jams", {CARTRIDGE}),
        ("cartridge OR chart", {CARTRIDGE, CHART}),
        ("printer && jams", {PRINTER_JAMS}),
        ("cartridge || chart", {CARTRIDGE, CHART}),
        ("screen NOT resolution", {COLOR}),
        ("colour AND (cartridge OR screen)", {CARTRIDGE, COLOR}),
        ("colour AND screen OR calendar", {COLOR, CALENDAR}),
        ("outlook NOT (calendar OR password)", {CRASHES}),
        ("outlook NOT password -calendar", {CRASHES}),
        ('outlook AND "asks for" -"asks me"', {OUTLOOK}),
        ('start AND ("windows 10" OR crashes)', {WINDOWS, CRASHES}),
        ("PAY-4417 OR 0x80070057", {"PAY-4417 at the till", "Error 0x80070057 at the update"}),
        ("error NOT 0x80070057", {"Error 0x80070005 at the update"}),
    ],
)
def test_operators_say_which_tickets_are_found(text: str, subjects: set[str]) -> None:
    assert found(text) == subjects


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("outlok AND calender", {CALENDAR}),
        ("pass word AND reset", {"Reset the password of a colleague", "Password reset loops"}),
        ("cheque NOT lost", {"A check was booked twice"}),
        ("win10 AND slow", {"Win 10 is slow"}),
    ],
)
def test_a_word_holds_in_any_of_its_readings(text: str, subjects: set[str]) -> None:
    assert found(text) == subjects


def test_a_quote_and_a_minus_take_a_word_as_it_is_typed() -> None:
    assert found('outlok AND "calender"') == set()
    assert found("outlok AND calendar -opem") == {CALENDAR}


def test_words_rank_as_they_do_without_operators() -> None:
    plain = {hit.ticket.id: hit.score for hit in search("colour printer screen").hits}
    for hit in search("colour AND printer OR screen").hits:
        assert hit.score == pytest.approx(plain[hit.ticket.id], rel=0.2)
    assert search("colour AND printer").hits[0].score == plain[7]


FILED = (
    replace(ticket(1, "Router drops"), status="solved", product="Modem 3"),
    replace(ticket(2, "Router hums"), product="Modem 3"),
    replace(ticket(3, "Screen flickers"), status="solved"),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('status:solved OR product:"modem 3"', {1, 2, 3}),
        ("router AND status:solved", {1}),
        ("router NOT status:solved", {2}),
        ("screen OR product:(none) OR drops", {1, 3}),
        ("status:SOLVED -product:nothing AND screen", {3}),
    ],
)
def test_a_filter_may_stand_anywhere(text: str, ids: set[int]) -> None:
    result = search(text, *FILED)
    assert {hit.ticket.id for hit in result.hits} == ids


def test_what_holds_none_of_the_words_comes_last_and_without_a_reason() -> None:
    *_, last = search("status:solved OR router", *FILED).hits
    assert (last.ticket.id, last.score, last.reasons) == (3, 0.0, ())


def test_the_values_of_all_its_filters_are_told() -> None:
    result = search("router AND (status:lost OR tag:usb)", *FILED)
    assert result.filters == Filters(statuses=("lost",), tags=("usb",))
    assert result.typed == ()


def test_what_only_leaves_out_is_refused_with_a_sentence() -> None:
    with pytest.raises(QueryInvalid, match="Add a word to search for"):
        search("NOT printer")


def test_a_malformed_query_is_searched_as_plain_words_and_says_so() -> None:
    result = search("printer AND (jams OR")
    assert [hit.ticket.subject for hit in result.hits] == subjects("printer jams")
    assert sentences(result.notes)[0].startswith(
        'There is nothing after OR in "jams OR", so the words'
    )


@pytest.mark.parametrize("text", ["printer AND calendar", "tabs lost AND printer offline"])
def test_operators_that_nothing_fulfils_are_mentioned(text: str) -> None:
    assert search(text).notes == ((Code.UNFULFILLED,),)
    assert (Code.UNFULFILLED,) not in search(text.lower()).notes


def test_a_query_with_operators_is_not_corrected() -> None:
    assert search("outlok calender").did_you_mean
    assert search("outlok AND calender").did_you_mean == ""


def test_a_near_code_passes_what_is_left_out() -> None:
    held = (replace(ticket(1, "PAY-4471 at the till"), status="solved"), ticket(2, "Till dark"))
    (near,) = search("PAY-4417 OR till", *held).near_codes
    assert near.found == "PAY-4471"
    assert search("PAY-4417 OR till NOT status:solved", *held).near_codes == ()


def test_a_query_that_is_still_being_typed_goes_on_after_an_operator() -> None:
    index = engine().snapshot(View.INTERNAL)
    held = {number: ticket(number, text) for number, text in enumerate(SUBJECTS, start=1)}
    searcher = Searcher(lambda ids: {one: held[one] for one in ids})
    result = searcher.search(SearchRequest("outlook AND cal", typing=True), index)
    assert [hit.ticket.subject for hit in result.hits] == [CALENDAR]
    assert result.hits[0].reasons[1].kind is ReadingKind.PREFIX


def test_past_its_deadline_a_query_finds_only_what_is_sure() -> None:
    searcher = Searcher(lambda _: {}, patience=-1.0)
    index = engine().snapshot(View.INTERNAL)
    result = searcher.search(SearchRequest("printer NOT jams"), index)
    assert (result.hits, result.total, result.partial) == ((), 0, True)
    assert (Code.LATE,) in result.notes


def test_no_pair_is_made_across_an_operator_that_parts() -> None:
    assert search("printer OR jams").hits[0].signals == ()
    assert [one.name for one in search("printer AND jams").hits[0].signals] == ["together"]
