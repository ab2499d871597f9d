"""Describe what answers queries, and cut queries into words for it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kbsearch.analysis.terms import stop_words
from measuring.dataset import NOISY

Ask = Callable[[], Sequence[int]]
"""Answers one query, made ready before, with the numbers of at most ten tickets, best first."""

_WORD = re.compile(r"\w\w+")
"""A word as bm25s takes it, so that all systems get the same words."""


@dataclass(frozen=True, slots=True)
class System:
    """Something that answers queries.

    ready      makes a query ready; the clock measures only what it returns.
    every      of how many queries it gets one, if it is slow.
    offset     which one of those it gets.
    workloads  those on which its relevance is measured.
    """

    name: str
    ready: Callable[[str], Ask]
    every: int = 1
    offset: int = 0
    workloads: tuple[str, ...] = NOISY

    def gets(self, number: int) -> bool:
        """Tell whether it is asked the query with this number."""
        return number % self.every == self.offset % self.every

    def answer(self, text: str) -> Sequence[int]:
        """Return the numbers of at most ten tickets, best first."""
        return self.ready(text)()


def words(text: str) -> list[str]:
    """Return the words of a text in small letters.

    >>> words("Can't open Outlook 365")
    ['can', 'open', 'outlook', '365']
    """
    return _WORD.findall(text.lower())


def content_words(text: str) -> list[str]:
    """Return its words without English stop words, which bm25s leaves out by itself.

    >>> content_words("The mail is gone")
    ['mail', 'gone']
    """
    return [word for word in words(text) if word not in stop_words()]
