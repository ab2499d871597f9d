"""Did you mean: the query with its likeliest corrections."""

import pytest

from kbsearch.analysis.terms import term
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.did_you_mean import did_you_mean
from kbsearch.search.query.parse import LONGEST_QUERY, read_query
from tests.search import desk


def reading(kind: ReadingKind, word: str, field: Field = Field.TEXT) -> Reading:
    return Reading(kind, tuple(map(term, word.split())), 0.9, word, field=field)


def plan(kind: ReadingKind = ReadingKind.SPELLING, **meant_words: str) -> Plan:
    """Return a plan whose words are rather read as others."""
    return Plan(
        tuple(
            Clause(word, (reading(kind, other), reading(ReadingKind.EXACT, word)))
            for word, other in meant_words.items()
        )
    )


def mended(plan: Plan, text: str) -> str:
    return did_you_mean(plan, read_query(text, Filters())).text


OUTLOOK = plan(outlok="outlook", calender="calendar")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outlok is slow", "outlook is slow"),
        ("Outlok OUTLOK outlok", "Outlook OUTLOOK outlook"),
        ("OUTLOK’s  calender,", "OUTLOOK’s  calendar,"),
        ("outlok-calender", "outlook-calendar"),
        ("out\u00adlok", "outlook"),
        ("(outlok/calender)", "(outlook/calendar)"),
        ('"outlok opens" outlok', '"outlok opens" outlook'),
        ("“outlok opens” Outlok", "“outlok opens” Outlook"),
        ("outlok -outlok", "outlook -outlok"),
        ("-outlok outlok", "-outlok outlook"),
        ("product:Outlok outlok", "product:Outlok outlook"),
        ("colour:outlok", "colour:outlook"),
        ("outlok:colour calender", "outlok:colour calendar"),
        ("outlok: calender", "outlook: calendar"),
        ("PAY-4417 outlok 0x80070005", "PAY-4417 outlook 0x80070005"),
        ("outlok4417 outlok", "outlok4417 outlook"),
        ("outlok calender colour:outlok", "outlook calendar colour:outlook"),
    ],
)
def test_only_the_mistyped_words_change(text: str, expected: str) -> None:
    assert mended(OUTLOOK, text) == expected


@pytest.mark.parametrize("text", ["outlook", "-outlok printer", '"outlok"', "outlok4417"])
def test_nothing_is_proposed_where_no_searched_word_is_mistyped(text: str) -> None:
    assert mended(OUTLOOK, text) == ""


def test_a_word_that_sounds_like_another_is_mistyped_too() -> None:
    assert mended(plan(ReadingKind.SOUND, jeneral="general"), "Jeneral error") == "General error"


@pytest.mark.parametrize(
    "kind", [ReadingKind.VARIANT, ReadingKind.SYNONYM, ReadingKind.DIALECT, ReadingKind.PREFIX]
)
def test_another_name_for_the_same_thing_is_no_mistake(kind: ReadingKind) -> None:
    assert mended(plan(kind, colour="color"), "colour") == ""


def test_two_words_typed_as_one_come_apart() -> None:
    split = plan(ReadingKind.COMPOUND, printersettings="printer settings")
    assert mended(split, "Printersettings lost") == "Printer settings lost"


def test_one_word_typed_as_two_comes_together() -> None:
    joined = plan(ReadingKind.COMPOUND, passw="password", ord="password")
    assert mended(joined, "reset Passw ord now") == "reset Password now"
    assert mended(joined, "ord of passw") == ""


def test_two_words_with_a_quote_between_them_stay_two() -> None:
    joined = plan(ReadingKind.COMPOUND, passw="password", ord="password")
    assert mended(joined, 'passw "reset" ord') == ""


@pytest.mark.parametrize("text", ["produkt:Router", "produkt: Router"])
def test_a_correction_never_makes_a_filter(text: str) -> None:
    assert mended(plan(produkt="product"), text) == ""


def test_an_abbreviation_is_no_mistake() -> None:
    assert mended(plan(ReadingKind.COMPOUND, pwd="password"), "pwd") == ""
    assert mended(plan(ReadingKind.COMPOUND, nas="network attached storage"), "nas") == ""


def test_an_acronym_is_no_mistake_unless_somebody_shouts() -> None:
    doubted = plan(stat="state")
    assert mended(doubted, "STAT command fails") == ""
    assert mended(doubted, "stat command fails") == "state command fails"
    assert mended(doubted, "STAT COMMAND FAILS") == "STATE COMMAND FAILS"


def test_a_chunk_is_not_mended_by_leaving_out_a_part_of_it() -> None:
    assert (
        mended(plan(firefoxit="firefox", emial="email"), "firefox-it e-mial") == "firefox-it email"
    )


def test_a_word_that_is_likeliest_meant_as_typed_stays() -> None:
    exact_first = (reading(ReadingKind.EXACT, "rest"), reading(ReadingKind.SPELLING, "reset"))
    assert mended(Plan((Clause("rest", exact_first),)), "rest") == ""


def test_a_correction_never_makes_a_query_too_long() -> None:
    text = "outlok " + "x" * (LONGEST_QUERY - 7)
    assert mended(OUTLOOK, text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Outlok asks for the pasword", "Outlook asks for the password"),
        ("printr jams", "printer jams"),
        ("outlook asks for the password", ""),
        ("0x80070006", ""),
        ("colour of the screen", ""),
    ],
)
def test_a_query_to_a_desk_is_mended_by_what_its_tickets_say(text: str, expected: str) -> None:
    assert mended(desk.plan(text), text) == expected
