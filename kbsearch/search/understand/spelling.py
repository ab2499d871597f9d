"""Which words of the index may have been meant by one that was typed or heard?

A small noisy-channel model (Kernighan, Church & Gale 1990): how often the index has a word, times
how likely a person who means it writes what stands there. The index's own words are the only
dictionary.
"""

import math
from collections.abc import Iterator
from operator import add, neg
from typing import NamedTuple

import numpy as np
from jellyfish import jaro_winkler_similarity
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cdist

from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.near import Ear, NearWords
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.rough_sound import VOWEL, rough_sound

Numbers = NDArray[np.float64]

_WIDTH = 96
"""Words of each kind to weigh up before the best few are kept."""
_WEIGHED = 16
"""Words whose rough sounds are compared; of real misspellings 0.3 % want one that is further."""
_METAPHONE, _ACCENT = int(Ear.METAPHONE), int(Ear.ACCENT)
"""As plain numbers: next to an array, members of an enumeration take four times as long."""
_LINE_FEED = ord("\n")
_NO_WINDOW = 3
"""Letters up to which Jaro's similarity compares those in the same place only."""
_PREFIX = 0.1
"""The part of what a similarity lacks that Winkler adds for each shared letter at the beginning."""
_CLOSE_ENOUGH = 0.4
"""Closeness under which no one would believe that one word was meant by the other."""


class Channel(NamedTuple):
    """The weights of the model, in nats; fitted to real misspellings, see docs/relevance.md.

    often    for each e-fold of the tickets that hold the word.
    edit     for each edit; `edits` for the part of the longer word's letters that is edited.
    slip     for a single edit.
    shape    for a Jaro-Winkler similarity of 1 (Winkler 1990), which minds the beginning.
    first    for another first letter, `last` for another last one.
    longer   for each letter that the word has and what was typed has not, `shorter` for one that
             was typed and is not in it.
    accent   for the same sounds to an ear that accents do not matter to, see `analysis.sounds`.
    rough    for the part of the rough sound that is edited, see `rough_sound`.
    consonant  for each edit of the consonants in it.
    """

    often: float = 0.95
    edit: float = -0.40
    edits: float = -4.4
    slip: float = 0.83
    shape: float = 14.7
    first: float = -1.3
    last: float = -0.37
    longer: float = 1.05
    shorter: float = -1.13
    accent: float = 0.60
    rough: float = -2.9
    consonant: float = -1.05


CHANNEL = Channel()


class Candidate(NamedTuple):
    """A word of the index that may have been meant.

    term        under which it is filed.
    closeness   0 to 1: how much of the letters is the same, whatever the index holds.
    likelihood  in nats, up to a constant that all candidates of one word share.
    homophone   both have the same Metaphone code, and a y at the end or none: "ready" is no "read".
    """

    word: str
    kind: ReadingKind
    closeness: float
    likelihood: float
    term: str
    homophone: bool


class _Spelling(NamedTuple):
    """The lengths of some words, their first letters and their last ones, as numbers."""

    lengths: NDArray[np.int64]
    first: NDArray[np.uint32]
    last: NDArray[np.uint32]


def candidates(word: str, lexicon: Lexicon, limit: int) -> tuple[Candidate, ...]:
    """Return the likeliest words that `word` may be a misspelling or a mishearing of."""
    near = lexicon.near(word, edit_limit(word), _WIDTH)
    if not near.spelt:
        return ()
    edits: Numbers = cdist([word], near.spelt, scorer=OSA.distance, dtype=np.float64)[0]
    spelling = _spelling(near.spelt)
    edited = edits / np.maximum(spelling.lengths, len(word))
    closeness = np.where(near.ears & _METAPHONE, 1 - edited / 2, 1 - edited)
    close = (closeness >= _CLOSE_ENOUGH).nonzero()[0]
    words = list(map(near.spelt.__getitem__, close.tolist()))
    if not words:
        return ()
    found = _likelihood(word, near, spelling, edits, edited).take(close)
    found += CHANNEL.shape * _shapes(word, words)
    best = _best(words, found, _WEIGHED)
    spelt = [words[place] for place in best]
    weighed = map(add, found.take(best).tolist(), _alike_roughly(word, spelt))
    rows = sorted(zip(map(neg, weighed), spelt, close.take(best).tolist(), strict=True))
    return tuple(
        Candidate(
            other,
            ReadingKind.SOUND if _HEARD[near.ears[place]] >= 1 else ReadingKind.SPELLING,
            float(closeness[place]),
            -less,
            near.term(place),
            bool(near.ears[place] & _METAPHONE) and (word[-1] == "y") is (other[-1] == "y"),
        )
        for less, other, place in rows[:limit]
    )


def edit_limit(word: str) -> int:
    """Return how many edits a misspelling may be away: short words are too close to each other."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3


def own_likelihood(tickets: int) -> float:
    """Return how likely a word that so many tickets hold is meant by itself, in nats."""
    alike = CHANNEL.slip + CHANNEL.shape + CHANNEL.accent
    return CHANNEL.often * math.log(tickets + 1) + alike


def _likelihood(
    word: str, near: NearWords, spelling: _Spelling, edits: Numbers, edited: Numbers
) -> Numbers:
    """Return how likely each word is meant by `word`, in nats, without its shape and rough sound.

    edited  the part of the longer word's letters that is edited.
    """
    more = spelling.lengths - len(word)
    found = CHANNEL.often * np.log(near.counts + 1)
    found += CHANNEL.edit * edits + CHANNEL.edits * edited
    found += CHANNEL.slip * (edits <= 1)
    found += CHANNEL.first * (spelling.first != ord(word[0]))
    found += CHANNEL.last * (spelling.last != ord(word[-1]))
    found += np.where(more > 0, CHANNEL.longer, -CHANNEL.shorter) * more
    found += CHANNEL.accent * (near.ears & _ACCENT > 0)
    likelihood: Numbers = found
    return likelihood


def _alike_roughly(word: str, others: list[str]) -> list[float]:
    """Return what the rough sounds tell for or against each of the other words, in nats."""
    sound, *sounds = rough_sound("\n".join((word, *others))).split("\n")
    bare, *others_bare = "\n".join((sound, *sounds)).replace(VOWEL, "").split("\n")
    return [
        CHANNEL.rough * (OSA.distance(sound, heard) / len(heard))
        + CHANNEL.consonant * OSA.distance(bare, consonants)
        for heard, consonants in zip(sounds, others_bare, strict=True)
    ]


def _spelling(words: list[str]) -> _Spelling:
    letters = np.frombuffer("\n".join(("", *words, "")).encode("utf-32-le"), np.uint32)
    breaks = (letters == _LINE_FEED).nonzero()[0]
    before, behind = breaks[:-1], breaks[1:]
    return _Spelling(behind - before - 1, letters.take(before + 1), letters.take(behind - 1))


def _shapes(word: str, others: list[str]) -> Numbers:
    """Return the Jaro-Winkler similarity of a word and each of the others.

    Both libraries give the same for ASCII; beyond it, jellyfish takes a letter with its marks for
    one, as a reader does. Neither looks for a letter in another place of a word of three, where two
    that changed places are the same slip as in a longer one.
    """
    found: Numbers = cdist([word], others, scorer=JaroWinkler.similarity, dtype=np.float64)[0]
    if not (word.isascii() and "".join(others).isascii()):
        for place, other in enumerate(others):
            if not (other.isascii() and word.isascii()):
                found[place] = jaro_winkler_similarity(word, other)
    if len(word) <= _NO_WINDOW:
        for swap, shape in _swaps(word):
            if swap in others:
                found[others.index(swap)] = shape
    return found


def _swaps(word: str) -> Iterator[tuple[str, float]]:
    """Yield the words in which two neighbours changed places, with the similarity of all letters.

    That is Winkler's for all letters matching and one transposition: none of the letters before
    the first of the two is another one.
    """
    jaro = 1 - 1 / (3 * len(word))
    for place in range(len(word) - 1):
        swap = f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"
        if swap != word:
            yield swap, jaro + _PREFIX * place * (1 - jaro)


def _best(words: list[str], likelihood: Numbers, limit: int) -> list[int]:
    """Return the places of the likeliest words, ties by the alphabet; unsorted."""
    if likelihood.size <= limit:
        return [*range(likelihood.size)]
    least = np.partition(likelihood, -limit)[-limit]
    places: list[int] = (likelihood >= least).nonzero()[0].tolist()
    if len(places) > limit:
        places.sort(key=lambda place: (-likelihood[place], words[place]))
    return places[:limit]


def _heard_alike() -> Numbers:
    """Return, for each sum of ears, how many kinds of them there are; a clipped end counts half."""
    sums = np.arange(1 << len(Ear))
    kinds = (sums & Ear.METAPHONE > 0) + (sums & Ear.NYSIIS > 0) * 1.0
    return kinds + np.where(sums & Ear.ACCENT, 1, (sums & Ear.CLIPPED > 0) / 2)


_HEARD = _heard_alike()
