"""Whatever the engine, the lexicon has the words of its index."""

import pytest

from kbsearch.engines.base import SearchEngine, View
from kbsearch.records.history import Mark
from tests.engines.desk import Listed, saved, ticket

VIEW = View.INTERNAL
SUBJECTS = (
    "The printer jams",
    "The printer is offline",
    "Error 0x80070005 in the calendar",
    "Calendar error",
)


@pytest.fixture
def desk(engine: SearchEngine) -> SearchEngine:
    """An engine that holds four tickets."""
    held = [ticket(number, subject) for number, subject in enumerate(SUBJECTS, 1)]
    engine.rebuild(VIEW, Listed(held, 10))
    return engine


def test_the_lexicon_counts_tickets_and_not_occurrences(desk: SearchEngine) -> None:
    desk.apply(VIEW, saved(ticket(5, "printer printer printers")), after=0, mark=Mark(11))
    words = desk.snapshot(VIEW).lexicon
    assert (words.count("printer"), words.count("printers"), words.count("nothing")) == (3, 1, 0)
    assert words.count_term("printer") == 3


def test_the_lexicon_knows_the_beginnings_of_words(desk: SearchEngine) -> None:
    desk.apply(VIEW, saved(ticket(5, "print")), after=0, mark=Mark(11))
    assert desk.snapshot(VIEW).lexicon.starting("pri", 5) == ["printer", "print"]
    assert desk.snapshot(VIEW).lexicon.starting("pri", 1) == ["printer"]


def test_the_lexicon_knows_near_words_but_no_codes(desk: SearchEngine) -> None:
    words = desk.snapshot(VIEW).lexicon
    assert words.similar("pritner", 2, 5) == [("printer", 1)]
    assert words.similar("printer", 2, 5) == []
    assert words.similar("0x80070057", 2, 5) == []


def test_the_lexicon_knows_what_sounds_the_same(desk: SearchEngine) -> None:
    assert "calendar" in desk.snapshot(VIEW).lexicon.near("kalender", 1, 5).spelt


def test_a_lexicon_grows_with_the_index(desk: SearchEngine) -> None:
    assert desk.snapshot(VIEW).lexicon.starting("sub", 5) == []
    desk.apply(VIEW, saved(ticket(5, "submarine")), after=0, mark=Mark(11))
    assert desk.snapshot(VIEW).lexicon.starting("sub", 5) == ["submarine"]
