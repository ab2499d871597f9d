"""Answers that are kept, so that what is asked again need not be worked out again."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")


class Memo(Generic[Question, Answer]):
    """Keeps at most `most` answers, and forgets all of them when there is one more.

    It belongs to what the answers were worked out from, which must never change. Threads may ask
    at once: at worst, both of them work the answer out.
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._kept: dict[Question, Answer] = {}

    def get(self, question: Question) -> Answer | None:
        """Return the answer that is kept, if it is."""
        return self._kept.get(question)

    def keep(self, question: Question, answer: Answer) -> Answer:
        """Keep an answer, and return it."""
        if len(self._kept) >= self._most:
            self._kept = {}
        self._kept[question] = answer
        return answer

    def recall(self, question: Question, work_out: Callable[[], Answer]) -> Answer:
        """Return the answer that is kept, or the one that `work_out` gives."""
        kept = self._kept
        if question in kept:
            return kept[question]
        answer = work_out()
        if len(self._kept) >= self._most:
            self._kept = {}
        self._kept[question] = answer
        return answer
