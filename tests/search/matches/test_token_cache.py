"""Runs are analysed once, and found from the side of the terms that they hold."""

from collections.abc import Iterable

from kbsearch.analysis.tokens import LONGEST
from kbsearch.search.matches.token_cache import TokenTermCache


class Letters:
    """Files a run under each of its letters, and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, run: str) -> Iterable[str]:
        self.asked.append(run)
        return list(run)


def test_the_runs_that_hold_anything_wanted_are_named() -> None:
    assert TokenTermCache(10).holding({"ab", "bc", "de"}, {"b", "d"}, list) == {"ab", "bc", "de"}
    assert TokenTermCache(10).holding({"ab", "bc", "de"}, {"a"}, list) == {"ab"}


def test_a_run_is_analysed_once_and_found_for_other_terms_too() -> None:
    letters, met = Letters(), TokenTermCache(10)
    met.holding({"ab"}, {"z"}, letters)
    assert met.holding({"ab", "cd"}, {"b"}, letters) == {"ab"}
    assert letters.asked == ["ab", "cd"]


def test_what_was_met_elsewhere_is_named_too() -> None:
    met = TokenTermCache(10)
    met.holding({"ab", "cd"}, {"z"}, list)
    assert met.holding({"bc"}, {"b"}, list) == {"ab", "bc"}


def test_a_full_memory_is_emptied_and_nothing_is_lost() -> None:
    letters, met = Letters(), TokenTermCache(1)
    for _ in range(3):
        assert met.holding({"ab", "bc"}, {"b"}, letters) == {"ab", "bc"}
    assert len(letters.asked) == 6


def test_a_run_that_is_too_long_to_come_again_is_found_but_not_kept() -> None:
    letters, met, long = Letters(), TokenTermCache(10), "a" * (LONGEST + 1)
    assert met.holding({long}, {"a"}, letters) == {long}
    assert met.holding({long}, {"b"}, letters) == set()
    assert letters.asked == [long] * 2
