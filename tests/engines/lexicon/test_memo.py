"""Answers that are kept."""

from kbsearch.engines.lexicon.memo import Memo


def test_a_question_is_answered_once() -> None:
    memo: Memo[str, int] = Memo(2)
    assert [memo.recall("a", lambda: 1), memo.recall("a", lambda: 2)] == [1, 1]


def test_an_answer_that_is_nothing_is_kept_too() -> None:
    memo: Memo[str, int | None] = Memo(2)
    assert [memo.recall("a", lambda: None), memo.recall("a", lambda: 2)] == [None, None]


def test_all_is_forgotten_when_there_is_one_answer_too_many() -> None:
    memo: Memo[int, int] = Memo(2)
    for question in (1, 2, 3):
        memo.recall(question, lambda: 0)
    assert [memo.recall(question, lambda: 1) for question in (3, 1)] == [0, 1]
