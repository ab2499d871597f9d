"""What a person reads of an answer, and in which order."""

from dataclasses import replace

from kbsearch.search.results import Hit, SearchResult, Snippet
from tests.search.desk import ticket


def hit(number: int, score: float, resolution: str = "") -> Hit:
    shown = Snippet(resolution) if resolution else None
    return Hit(ticket(number, "It jams", resolution=resolution), score, Snippet(""), shown, ())


FIX, OPEN, OTHER = hit(1, 8.0, "Open it."), hit(2, 9.0), hit(3, 7.0)
RESULT = SearchResult("jam", (OPEN, FIX, OTHER), 9, 0.01, solved=(FIX,))


def test_what_solved_it_stands_first_and_each_hit_once() -> None:
    assert RESULT.shown == (FIX, OPEN, OTHER)


def test_no_more_is_shown_than_was_asked_for() -> None:
    below = replace(RESULT, hits=(OPEN, OTHER), solved=(FIX,))
    assert below.shown == (FIX, OPEN)


def test_without_fixes_the_ranking_is_shown() -> None:
    assert replace(RESULT, solved=()).shown == RESULT.hits


def test_an_open_ticket_is_a_row_unless_it_is_clearly_better_than_every_fix() -> None:
    assert [RESULT.is_row(one) for one in RESULT.shown] == [False, True, True]
    assert not RESULT.is_row(hit(4, 20.0))


def test_where_nothing_is_solved_every_hit_is_a_row() -> None:
    assert replace(RESULT, solved=()).is_row(hit(4, 20.0))
