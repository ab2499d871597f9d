"""What a lexicon tells of the words that look or sound like one, or are used like it."""

from collections.abc import Callable
from enum import IntFlag
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Ear(IntFlag):
    """Which phonetic codes two words share; see `analysis.sounds`.

    CLIPPED: the accent code of one is the clipped code of the other, and they share no ACCENT.
    """

    METAPHONE = 1
    NYSIIS = 2
    ACCENT = 4
    CLIPPED = 8


class NearWords(NamedTuple):
    """Words of an index that look or sound like one, each once, in no order.

    spelt   the words.
    counts  int64, (words,): how many tickets hold each.
    ears    int64, (words,): the sum of the `Ear`s that hear it like the word asked for.
    term    gives the term of the word at a place among them.
    """

    spelt: list[str]
    counts: NDArray[np.int64]
    ears: NDArray[np.int64]
    term: Callable[[int], str]
