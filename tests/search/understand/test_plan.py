"""What the words of a query are read as."""

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.plan import Clause, Reading
from kbsearch.messages.catalogue import Code
from kbsearch.records.reading_kind import ReadingKind
from tests.search.desk import clause, engine, plan, subjects, ticket


def reading(clause: Clause, term: str) -> Reading:
    """Return the reading of a clause in one term."""
    (found,) = (one for one in clause.readings if one.terms == (term,))
    return found


@pytest.mark.parametrize("word", ["outlook", "printer", "password", "screen"])
def test_a_word_that_many_tickets_have_is_above_all_itself(word: str) -> None:
    first, *others = clause(word).readings
    assert (first.kind, first.weight) == (ReadingKind.EXACT, 1.0)
    assert all(other.weight < first.weight for other in others)


@pytest.mark.parametrize(
    ("typed", "term", "meant"),
    [
        ("outlok", "outlook", "outlook"),
        ("otulook", "outlook", "outlook"),
        ("pasword", "password", "password"),
        ("printr", "printer", "printer"),
        ("calender", "calendar", "calendar"),
        ("resolushun", "resolut", "resolution"),
        ("skreen", "screen", "screen"),
    ],
)
def test_a_misspelt_or_misheard_word_is_read_as_the_one_of_the_index(
    typed: str, term: str, meant: str
) -> None:
    found = reading(clause(typed), term)
    assert found.kind in {ReadingKind.SPELLING, ReadingKind.SOUND}
    assert found.word == meant


def test_a_misspelt_word_finds_what_the_right_one_finds() -> None:
    assert sorted(subjects("outlok")) == sorted(subjects("outlook"))


def test_a_misspelt_word_is_still_searched_as_it_is_typed() -> None:
    assert ReadingKind.EXACT in {one.kind for one in clause("outlok").readings}


def test_british_and_american_spellings_are_one_word() -> None:
    for word in ("colour", "color"):
        assert clause(word).readings[0].terms == ("color",)
        assert set(subjects(word)) == {
            "Color of the screen is wrong",
            "The colour cartridge of the printer is empty",
            "The colour chart prints grey",
        }


def test_a_cheque_may_be_a_check_and_is_not_replaced_by_it() -> None:
    cheque = clause("cheque")
    assert cheque.readings[0].terms == ("chequ",)
    also = reading(cheque, "check")
    assert also.kind is ReadingKind.VARIANT
    assert also.explanation == (Code.ALSO_SPELT, "cheque", "check")
    assert set(subjects("cheque")) == {"A cheque was lost in the post", "A check was booked twice"}


@pytest.mark.parametrize("typed", ["wifi", "wi-fi", "wi fi", "Wi‑Fi"])
def test_a_compound_is_found_solid_open_and_hyphenated(typed: str) -> None:
    assert {
        "Wifi drops in the meeting room",
        "The wi-fi is slow",
        "The wi fi signal is weak",
    } <= set(subjects(typed))


def test_words_run_together_are_read_apart() -> None:
    assert sorted(subjects("passwordreset")) == [
        "Password reset loops",
        "Reset the password of a colleague",
    ]


@pytest.mark.parametrize("tolerant", [True, False])
def test_an_apostrophe_that_slipped_between_two_words_parts_them(tolerant: bool) -> None:
    words = [
        one.word for one in plan("printer'jams o'clock can't outlook's", tolerant=tolerant).clauses
    ]
    assert words == ["printer", "jams", "oclock", "outlook", "cant"]


def test_a_word_torn_apart_is_read_as_one() -> None:
    for torn in plan("pass word").clauses:
        assert reading(torn, "password").kind is ReadingKind.COMPOUND
    assert set(subjects("pass word")) >= {"Password reset loops"}


def test_an_abbreviation_is_also_spelt_out() -> None:
    assert reading(clause("pwd"), "password").explanation == (Code.SHORT_FOR, "pwd", "password")


def test_the_last_word_may_be_unfinished_while_somebody_types() -> None:
    *_, last = plan("screen col", typing=True).clauses
    assert reading(last, "color").kind is ReadingKind.PREFIX
    assert reading(last, "color").explanation in {
        (Code.BEGINS, "col", "color"),
        (Code.BEGINS, "col", "colour"),
    }


def test_a_known_word_is_not_unfinished_once_nobody_types() -> None:
    typing = {one.kind for one in clause("win", typing=True).readings}
    done = {one.kind for one in clause("win").readings}
    assert (ReadingKind.PREFIX in typing, ReadingKind.PREFIX in done) == (True, False)


def test_an_unknown_word_may_be_the_beginning_of_one() -> None:
    assert reading(clause("calen"), "calendar").kind is ReadingKind.PREFIX


@pytest.mark.parametrize("typed", ["outlok", "colour", "wifi", "pwd", "passwordreset", "win10"])
def test_who_is_not_tolerant_gets_each_word_as_it_is_typed(typed: str) -> None:
    (only,) = clause(typed, tolerant=False).readings
    assert (only.kind, only.weight, only.explanation) == (ReadingKind.EXACT, 1.0, None)


def test_who_is_not_tolerant_still_finds_the_other_spelling_of_the_same_word() -> None:
    assert clause("colour", tolerant=False).readings[0].terms == ("color",)


def test_words_that_tell_nothing_are_dropped_beside_telling_ones() -> None:
    assert [one.word for one in plan("how is the modem").clauses] == ["modem"]


def test_words_that_tell_nothing_are_not_searched_even_alone() -> None:
    assert plan("the is").clauses == ()
    assert subjects("the is") == []


@pytest.mark.parametrize("typed", ["outlok", "printer", "wifi", "xqzt", "col", "pass", "cheque"])
def test_no_reading_is_given_twice_or_without_weight(typed: str) -> None:
    readings = clause(typed, typing=True).readings
    assert len({(one.field, one.terms) for one in readings}) == len(readings)
    assert all(0 < one.weight <= 1 for one in readings)


@pytest.mark.parametrize("typed", ["outlok", "resolushun", "xqzt", "passw"])
def test_a_word_is_split_only_into_words_of_the_index(typed: str) -> None:
    assert all(one.kind is not ReadingKind.COMPOUND for one in clause(typed).readings)


def test_a_word_is_not_split_into_words_that_tell_nothing() -> None:
    index = engine(ticket(1, "We can on Monday, he can on Friday")).snapshot(View.INTERNAL)
    (canon,) = plan("canon", index=index).clauses
    assert ("can", "on") not in {one.terms for one in canon.readings}


def test_quoted_words_are_read_as_they_are_typed() -> None:
    found = plan('"outlook crashes"')
    assert found.required[0].terms == ("outlook", "crash")
    assert [[one.kind for one in each.readings] for each in found.clauses] == [["exact"], ["exact"]]


def test_what_is_left_out_is_no_clause() -> None:
    found = plan("password -outlook")
    assert [one.word for one in found.clauses] == ["password"]
    assert [phrase.terms for phrase in found.excluded] == [("outlook",)]


def test_two_short_words_must_stand_side_by_side_to_be_one() -> None:
    assert [one for one in clause("outlokk").readings if len(one.terms) > 1] == []
    assert [one.unordered for one in clause("passwordreset").readings if len(one.terms) > 1] == [
        True
    ]
    assert [one.unordered for one in clause("wifi").readings if len(one.terms) > 1] == [False]
