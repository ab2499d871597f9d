"""What a lexicon keeps of a word besides its letters and its count."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from kbsearch.analysis.sounds import sounds
from kbsearch.analysis.terms import term

KEY_BITS = 48
"""Bits of a sound key: among a million codes, two share a key once in five hundred lexicons, and
then a word is weighed that need not be."""
_LETTERS = 26
LETTER_BITS = (1 << 2 * _LETTERS) - 1
"""The bits of a signature that tell which letters there are; those above tell how many."""
_A = ord("a")
_RINGS = 24
"""Lengths that the ring of a signature tells apart; longer words start again."""
_RING_BITS = _RINGS // 2


class SoundKeys(NamedTuple):
    """A number for each phonetic code of a word, 0 where it has none; see `analysis.sounds`.

    `accent` and `clipped` number the codes of one alphabet, so that they can be compared;
    `clipped` is 0 also where both codes are the same.
    """

    metaphone: int
    nysiis: int
    accent: int
    clipped: int


class WordRow(NamedTuple):
    """What a lexicon keeps of one word; it depends on the word alone.

    cut     how many letters of the word's end its term does without.
    ending  what the term has in their place.
    """

    signature: int
    sounds: SoundKeys
    cut: int
    ending: str


def ended(word: str, cut: int, ending: str) -> str:
    """Return the term of a word, see `WordRow`.

    >>> ended("colours", 3, "r")
    'color'
    """
    return word[: len(word) - cut] + ending


def word_rows(words: Iterable[str]) -> list[WordRow]:
    """Return the row of each word, in this order.

    Pure, and most of the work of making a lexicon: several processes may do a part each.
    """
    return list(map(word_row, words))


@lru_cache(maxsize=20_000)
def word_row(word: str) -> WordRow:
    """Return the row of a folded word.

    >>> row = word_row("colours")
    >>> row.cut, row.ending
    (3, 'r')
    """
    filed = term(word)
    kept = 0
    for letter, other in zip(word, filed, strict=False):
        if letter != other:
            break
        kept += 1
    return WordRow(signature(word), sound_keys(word), len(word) - kept, filed[kept:])


def signature(word: str) -> int:
    """Return 64 bits of which an edit changes two at most.

    Two bits for each letter: it stands in the word, it stands there twice; what is no letter from
    a to z shares the bits of one. The upper 12 are a ring of 24 steps that goes on by one bit with
    each letter of length. A letter put in or left out changes a bit of each part, one replaced two
    bits of the first, an exchange of neighbours none.

    >>> (signature("printer") ^ signature("pinter")).bit_count()
    2
    """
    bits = 0
    for letter in word:
        once = 1 << 2 * ((ord(letter) - _A) % _LETTERS)
        bits |= once << 1 if bits & once else once
    return bits | _RING[len(word) % _RINGS] << 2 * _LETTERS


def sound_keys(word: str) -> SoundKeys:
    """Return the keys of a folded word's phonetic codes.

    >>> sound_keys("light").accent == sound_keys("right").accent
    True
    """
    codes = sounds(word)
    return SoundKeys(
        _key("m", codes.metaphone),
        _key("n", codes.nysiis),
        _key("a", codes.accent),
        _key("a", codes.clipped) if codes.clipped != codes.accent else 0,
    )


def _key(alphabet: str, code: str) -> int:
    if not code:
        return 0
    return int.from_bytes(blake2b(f"{alphabet}{code}".encode(), digest_size=KEY_BITS // 8).digest())


def _ring() -> tuple[int, ...]:
    """Return the steps of a ring counter (Johnson 1965): neighbours differ by one bit."""
    full = (1 << _RING_BITS) - 1
    rising = [(1 << step) - 1 for step in range(_RING_BITS)]
    return (*rising, *(full ^ bits for bits in rising))


_RING = _ring()
