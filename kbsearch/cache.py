"""Answers that are kept, so that what is asked again need not be worked out again."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")


class Cache(Generic[Question, Answer]):
    """Keeps at most `most` answers: those last asked for, and of the older ones none.

    It has two halves. Once the newer one is full it becomes the older, which is forgotten; an
    answer that is asked for again comes into the newer half. So what is asked all the time stays.

    It belongs to what the answers were worked out from, which must never change. Threads may ask
    at once: at worst, both of them work the answer out.
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._half = max(most // 2, 1)
        self._newer: dict[Question, Answer] = {}
        self._older: dict[Question, Answer] = {}

    def get(self, question: Question) -> Answer | None:
        """Return the answer that is kept, if it is."""
        answer = self._newer.get(question)
        if answer is None and (answer := self._older.get(question)) is not None:
            self.keep(question, answer)
        return answer

    def keep(self, question: Question, answer: Answer) -> Answer:
        """Keep an answer, and return it."""
        if len(self._newer) >= self._half:
            self._older, self._newer = self._newer, {}
        self._newer[question] = answer
        return answer

    def cached(self, question: Question, work_out: Callable[[], Answer]) -> Answer:
        """Return the answer that is kept, or the one that `work_out` gives."""
        newer, older = self._newer, self._older
        if question in newer:
            return newer[question]
        return self.keep(question, older[question] if question in older else work_out())
