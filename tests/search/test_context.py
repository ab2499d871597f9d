"""A word is read as the one that goes with the other words of the query."""

import numpy as np
import pytest

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.search.context import Context
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


def test_a_word_says_nothing_about_its_own_readings() -> None:
    assert Context(DESK, ("cash",)).fits(["cach", "cash"], "cash").tolist() == [0.0, 0.0]


@pytest.mark.parametrize("terms", [(), ("scanner",), ("submarin",)])
def test_a_term_that_is_everywhere_or_nowhere_tells_nothing(terms: tuple[str, ...]) -> None:
    assert not Context(DESK, terms).fits(["cach", "cash"], "").any()


def test_a_term_that_stands_beside_the_others_fits_better_than_one_that_does_not() -> None:
    cache, cash = Context(DESK, ("clear", "browser")).fits(["cach", "cash"], "")
    assert cache > 0 > cash
    assert np.isfinite([cache, cash]).all()
