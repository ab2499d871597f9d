"""A word is read as the one that goes with the other words of the query."""

import math

import pytest

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.word_expansion import WordExpansion
from kbsearch.search.understand.word_reader import WordReader
from tests.search.desk import engine, plan, ticket

CACHES = [f"Clear the cache of browser {number}" for number in range(60)]
TILLS = [f"Till {number} counts the cash wrongly" for number in range(10)]
OTHERS = [f"Scanner {number} hums" for number in range(500)]
DESK: IndexSnapshot = engine(
    *(ticket(number, text) for number, text in enumerate(CACHES + TILLS + OTHERS, start=1))
).snapshot(View.INTERNAL)


def first(text: str) -> list[str]:
    """Return the likeliest reading of each word of a query."""
    return [clause.readings[0].word for clause in plan(text, index=DESK).clauses]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("clear my browser cash", ["clear", "browser", "cache"]),
        ("till counts cash", ["till", "counts", "cash"]),
    ],
)
def test_the_word_that_goes_with_the_others_wins(typed: str, meant: list[str]) -> None:
    assert first(typed) == meant


def test_a_word_alone_is_itself() -> None:
    assert first("cash") == ["cash"]


def read(word: str) -> WordExpansion:
    return WordReader(DESK).alone(word)


def fits(word: str, *others: str) -> dict[str, float]:
    """Return how well each term that a word may stand for goes with the others of a query."""
    asked = read(word)
    found = Context(DESK, [asked, *map(read, others)]).fits(asked)
    return dict(zip(asked.open_terms, found, strict=bool(found)))


def test_a_word_says_nothing_about_its_own_readings() -> None:
    assert fits("cash") == fits("cash", "cash") == {}


@pytest.mark.parametrize("others", [(), ("scanner",), ("submarine",)])
def test_a_term_that_is_everywhere_or_nowhere_tells_nothing(others: tuple[str, ...]) -> None:
    assert read("cash").open_terms
    assert fits("cash", *others) == {}


def test_a_word_that_is_clear_is_not_asked_about() -> None:
    assert read("browser").open_terms == ()
    assert fits("browser", "clear", "cache") == {}


def test_a_term_that_stands_beside_the_others_fits_better_than_one_that_does_not() -> None:
    found = fits("cash", "clear", "browser")
    assert math.inf > found["cach"] > 0 > found["cash"] > -math.inf
