"""What every other system is to the measurement."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kbsearch.analysis.terms import stop_words
from quality_measure.workloads import NOISY

_WORD = re.compile(r"\w\w+")
"""A word as bm25s takes it, so that nobody is told of others."""


@dataclass(frozen=True, slots=True)
class System:
    """Something that ranks tickets.

    answer     query -> the numbers of at most ten tickets, the best first.
    workloads  those that it is asked.
    every      of how many queries it gets one, if it is slow.
    """

    name: str
    answer: Callable[[str], Sequence[int]]
    workloads: tuple[str, ...] = NOISY
    every: int = 1


def words(text: str) -> list[str]:
    """Return the words of a text in small letters.

    >>> words("Can't open Outlook 365")
    ['can', 'open', 'outlook', '365']
    """
    return _WORD.findall(text.lower())


def telling(text: str) -> list[str]:
    """Return its words without English stop words, which bm25s leaves out by itself.

    >>> telling("The mail is gone")
    ['mail', 'gone']
    """
    return [word for word in words(text) if word not in stop_words()]
