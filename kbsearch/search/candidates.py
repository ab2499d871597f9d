"""Which words of the index may have been meant by one that was typed or heard?

A small noisy-channel model (Kernighan, Church & Gale 1990): how often the index has a word, times
how likely somebody who means it writes what stands there. The index's own words are the only
dictionary.
"""

import math
from typing import NamedTuple

import numpy as np
from jellyfish import jaro_winkler_similarity
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler, Prefix
from rapidfuzz.process import cdist

from kbsearch.analysis.sounds import sounds
from kbsearch.engines.base import Lexicon, ReadingKind
from kbsearch.engines.lexicon.near import Ear, NearWords

Numbers = NDArray[np.float64]

_WIDTH = 96
"""Words of each kind to weigh up before the best few are kept."""
_CLOSE_ENOUGH = 0.5
"""Closeness under which nobody would believe that one word was meant by the other."""


class Channel(NamedTuple):
    """The weights of the model, in nats; tuned on real misspellings, see docs/relevance.md.

    often   for each e-fold of the tickets that hold the word.
    edit    against each edit of a word of six letters; less in longer words.
    first   against another first letter.
    sound   for each of the three phonetic codes in common; a clipped end counts half.
    shape   for a Jaro-Winkler similarity of 1 (Winkler 1990), which minds the beginning.
    """

    often: float = 0.6
    edit: float = 2.6
    first: float = 1.5
    sound: float = 0.8
    shape: float = 4.0


CHANNEL = Channel()


class Candidate(NamedTuple):
    """A word of the index that may have been meant.

    closeness   0 to 1: how much of the letters is the same, whatever the index holds.
    likelihood  in nats, up to a constant that all candidates of one word share.
    """

    word: str
    kind: ReadingKind
    closeness: float
    likelihood: float


def candidates(word: str, lexicon: Lexicon, limit: int) -> tuple[Candidate, ...]:
    """Return the likeliest words that `word` may be a misspelling or a mishearing of."""
    return lexicon.recall(("candidates", word, limit), lambda: _weighed(word, lexicon, limit))


def edit_limit(word: str) -> int:
    """Return how many edits a misspelling may be away: short words are too close to each other."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3


def own_likelihood(word: str, tickets: int) -> float:
    """Return how likely a word that so many tickets hold is meant by itself, in nats."""
    codes = sounds(word)
    heard = (codes.metaphone != "") + (codes.nysiis != "") + (codes.accent != "")
    return CHANNEL.often * math.log(tickets + 1) + CHANNEL.sound * heard + CHANNEL.shape


def _weighed(word: str, lexicon: Lexicon, limit: int) -> tuple[Candidate, ...]:
    near = lexicon.near(word, edit_limit(word), _WIDTH)
    if not near.spelt:
        return ()
    edits = cdist([word], near.spelt, scorer=OSA.distance, dtype=np.float64)[0]
    lengths = np.maximum(np.fromiter(map(len, near.spelt), np.int64, len(near.spelt)), len(word))
    closeness = 1 - edits / lengths
    closeness = np.where(near.ears & Ear.METAPHONE, (1 + closeness) / 2, closeness)
    likelihood = _likelihood(word, near, edits, lengths)
    return tuple(
        Candidate(
            near.spelt[place],
            ReadingKind.SOUND if _HEARD[near.ears[place]] >= 1 else ReadingKind.SPELLING,
            float(closeness[place]),
            float(likelihood[place]),
        )
        for place in _best(near.spelt, likelihood, closeness >= _CLOSE_ENOUGH, limit)
    )


def _likelihood(word: str, near: NearWords, edits: Numbers, lengths: NDArray[np.int64]) -> Numbers:
    """Return how likely each word is meant by `word`, in nats."""
    same_start = cdist([word], near.spelt, scorer=Prefix.similarity, score_cutoff=1)[0] > 0
    found = CHANNEL.often * np.log(near.counts + 1)
    found -= CHANNEL.edit * edits * 2 / (1 + lengths / 6)
    found -= CHANNEL.first * ~same_start
    found += CHANNEL.sound * _HEARD[near.ears]
    found += CHANNEL.shape * _shapes(word, near.spelt)
    likelihood: Numbers = found
    return likelihood


def _shapes(word: str, others: list[str]) -> Numbers:
    """Return the Jaro-Winkler similarity of a word and each of the others.

    Both libraries give the same for ASCII; beyond it, jellyfish takes a letter with its marks for
    one, as a reader does.
    """
    found: Numbers = cdist([word], others, scorer=JaroWinkler.similarity, dtype=np.float64)[0]
    if not (word.isascii() and "".join(others).isascii()):
        for place, other in enumerate(others):
            if not (other.isascii() and word.isascii()):
                found[place] = jaro_winkler_similarity(word, other)
    return found


def _best(
    words: list[str], likelihood: Numbers, allowed: NDArray[np.bool_], limit: int
) -> list[int]:
    """Return the places of the likeliest of the allowed words, ties by the alphabet."""
    places = np.flatnonzero(allowed)
    if places.size > limit:
        edge = np.partition(likelihood[places], -limit)[-limit]
        places = places[likelihood[places] >= edge]
    rows = sorted((-likelihood[place], words[place], place) for place in places.tolist())
    return [place for *_, place in rows[:limit]]


def _heard_alike() -> Numbers:
    """Return, for each sum of ears, how many kinds of them there are; a clipped end counts half."""
    sums = np.arange(1 << len(Ear))
    kinds = (sums & Ear.METAPHONE > 0) + (sums & Ear.NYSIIS > 0) * 1.0
    return kinds + np.where(sums & Ear.ACCENT, 1, (sums & Ear.CLIPPED > 0) / 2)


_HEARD = _heard_alike()
