"""Answers that are kept."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from kbsearch.cache import Cache


def test_a_question_is_answered_once() -> None:
    memo: Cache[str, int] = Cache(2)
    assert [memo.cached("a", lambda: 1), memo.cached("a", lambda: 2)] == [1, 1]


def test_an_answer_that_is_nothing_is_kept_too() -> None:
    memo: Cache[str, int | None] = Cache(2)
    assert [memo.cached("a", lambda: None), memo.cached("a", lambda: 2)] == [None, None]


def asked(memo: Cache[int, int], *questions: int) -> list[int]:
    """Return which of the questions had to be worked out."""
    worked_out: list[int] = []

    def work_out(question: int) -> int:
        worked_out.append(question)
        return question

    for question in questions:
        memo.cached(question, partial(work_out, question))
    return worked_out


def test_what_was_asked_longest_ago_is_forgotten() -> None:
    memo: Cache[int, int] = Cache(2)
    assert asked(memo, 1, 2, 3) == [1, 2, 3]
    assert asked(memo, 3, 1) == [1]


def test_what_is_asked_again_and_again_stays() -> None:
    memo: Cache[int, int] = Cache(4)
    assert asked(memo, 1, 2, 1, 3, 4, 1, 5, 6, 1) == [1, 2, 3, 4, 5, 6]
    assert memo.get(1) == 1


@given(st.lists(st.integers(0, 9)), st.integers(1, 8))
def test_no_more_is_kept_than_was_allowed(questions: list[int], most: int) -> None:
    memo: Cache[int, int] = Cache(most)
    asked(memo, *questions)
    assert sum(memo.get(question) is not None for question in range(10)) <= max(most, 2)
