"""Which words of the index may have been meant by one that was typed or heard?

A small noisy-channel model (Kernighan, Church & Gale 1990): how often the index has a word, times
how likely somebody who means it writes what stands there. The index's own words are the only
dictionary.
"""

import math
from typing import NamedTuple

from jellyfish import jaro_winkler_similarity
from rapidfuzz.distance import OSA

from kbsearch.analysis.sounds import Sounds, sounds
from kbsearch.engines.base import Lexicon, ReadingKind

_WIDTH = 96
"""Words of each kind to weigh up before the best few are kept."""
_CLOSE_ENOUGH = 0.5
"""Closeness under which nobody would believe that one word was meant by the other."""


class Channel(NamedTuple):
    """The weights of the model, in nats; tuned on real misspellings, see docs/relevance.md.

    often   for each e-fold of the tickets that hold the word.
    edit    against each edit of a word of six letters; less in longer words.
    first   against another first letter.
    sound   for each of the three phonetic codes in common.
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


def candidates(word: str, lexicon: Lexicon, limit: int) -> list[Candidate]:
    """Return the likeliest words that `word` may be a misspelling or a mishearing of."""
    near = dict(lexicon.similar(word, edit_limit(word), _WIDTH))
    alike = lexicon.sounding(word, _WIDTH)
    weighed = (_weigh(word, other, near, lexicon.count(other)) for other in {*near, *alike})
    found = [one for one in weighed if one.closeness >= _CLOSE_ENOUGH]
    return sorted(found, key=lambda one: (-one.likelihood, one.word))[:limit]


def edit_limit(word: str) -> int:
    """Return how many edits a misspelling may be away: short words are too close to each other."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3


def likelihood(
    word: str, other: str, edits: int, tickets: int, channel: Channel = CHANNEL
) -> float:
    """Return how likely `other`, which so many tickets hold, is meant by `word`, in nats."""
    length = max(len(word), len(other))
    found = channel.often * math.log(tickets + 1)
    found -= channel.edit * edits * 2 / (1 + length / 6)
    found -= channel.first * (word[0] != other[0])
    found += channel.sound * _heard_alike(sounds(word), sounds(other))
    found += channel.shape * jaro_winkler_similarity(word, other)
    return found


def _weigh(word: str, other: str, near: dict[str, int], tickets: int) -> Candidate:
    edits = near[other] if other in near else OSA.distance(word, other)
    closeness = 1 - edits / max(len(word), len(other))
    left, right = sounds(word), sounds(other)
    if left.metaphone == right.metaphone != "":
        closeness = (1 + closeness) / 2
    alike = _heard_alike(left, right) >= 1
    kind = ReadingKind.SOUND if alike else ReadingKind.SPELLING
    return Candidate(other, kind, closeness, likelihood(word, other, edits, tickets))


def _heard_alike(left: Sounds, right: Sounds) -> float:
    """Return how many kinds of ears hear two words alike, 0 to 3; a clipped end counts half."""
    found = float(left.metaphone == right.metaphone != "") + (left.nysiis == right.nysiis != "")
    if left.accent == right.accent != "":
        return found + 1
    clipped = left.accent == right.clipped != "" or left.clipped == right.accent != ""
    return found + clipped / 2
