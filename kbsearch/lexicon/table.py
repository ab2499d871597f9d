"""The words of a lexicon in a file of arrays, mapped, from which nothing is made at opening."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kbsearch.cache import Cache
from kbsearch.inverted.array_file import Array, ArrayFile, ArrayFileDamaged, laid_out
from kbsearch.inverted.documents import WordCounts
from kbsearch.lexicon.layout import (
    ALONE,
    CLIPPED,
    HEAD_STEP,
    MARK_BITS,
    first_of_each,
    head,
    lexicon_arrays,
)
from kbsearch.lexicon.near import Ear
from kbsearch.lexicon.rows import (
    KEY_BITS,
    LETTER_BITS,
    ended,
    signature,
    sound_keys,
    word_rows,
)

_PLACES_KEPT = 20_000
_SIMILAR_KEPT = 1_000
_HEARD_KEPT = 1_000
_LETTER_BYTES = 4
"""Bytes of a letter in UTF-8 at most."""
_MARK = (1 << MARK_BITS) - 1
_AFTER_ALL = b"\xff"
"""After every word that begins so, as UTF-8 has no such byte."""

Numbers = NDArray[np.int64]

_EARS = np.array(
    [
        *(Ear.METAPHONE, Ear.METAPHONE),
        *(Ear.NYSIIS, Ear.NYSIIS),
        *(Ear.ACCENT, Ear.CLIPPED),
        *(Ear.CLIPPED, 0),
    ],
    np.uint32,
)
"""Which ear hears two words alike: a pair for each sound key of the one (`SoundKeys`), of which the
second counts if the key is the clipped one of the other."""
_KEYS = np.arange(0, _EARS.size, 2, dtype=np.uint32)
"""Where the pair of each sound key begins."""
_CLIPPED_BIT = CLIPPED.bit_length() - 1
_EAR_BITS = len(Ear)
_ALL_EARS = (1 << _EAR_BITS) - 1
_NOTHING = np.empty(0, np.uint32)
_NO_BYTES = np.empty(0, np.uint8)


class Similar(NamedTuple):
    """Words a few edits away: their numbers, ascending, and the edits, from 1."""

    numbers: NDArray[np.uint32]
    edits: NDArray[np.uint8]


class Heard(NamedTuple):
    """Words that share a phonetic code: their numbers, ascending, and which ears hear them alike.

    A word that shares a clipped code only is heard alike by none of them.
    """

    numbers: NDArray[np.uint32]
    ears: NDArray[np.uint8]


class WordTable:
    """Words in alphabetical order, numbered from 0; never changed.

    counts  uint32, (words,): how many tickets hold each.
    """

    def __init__(self, file: ArrayFile) -> None:
        """Map the arrays of `layout`. Raises ArrayFileDamaged if one is not there."""
        self.counts = file.array("counts")
        self._text = file.array("text")
        self._starts = file.array("starts")
        self._by_length = file.array("by_length")
        self._length_starts = file.array("length_starts").data
        self._signatures = file.array("signatures")
        self._rules = file.array("rules").data
        self._rule_names = file.bytes("rule_names")
        self._buckets = file.array("buckets").data
        self._marks = file.array("marks").data
        self._holders = file.array("holders").data
        self._members = file.array("members")
        self._size = self._starts.size - 1
        letters = max(len(self._length_starts) - 2, 0)
        self._longest = _LETTER_BYTES * letters + 1
        # A memoryview hands out single numbers faster. A method would make the table hold itself.
        look_up = partial(_look_up, file.array("heads").data, self._text.data, self._starts.data)
        self._place = lru_cache(_PLACES_KEPT)(look_up)
        self._similar_kept: Cache[tuple[str, int], Similar] = Cache(_SIMILAR_KEPT)
        self._heard_kept: Cache[str, Heard] = Cache(_HEARD_KEPT)

    def __len__(self) -> int:
        """Return how many words there are."""
        return self._size

    def find(self, word: str) -> int:
        """Return the number of a word, -1 if it is not there."""
        place, found = self._place(word.encode())
        return place if found else -1

    def place(self, word: str) -> int:
        """Return how many words stand before this one in the alphabet."""
        return self._place(word.encode())[0]

    def starting(self, prefix: str) -> range:
        """Return the numbers of the words that begin so."""
        start = prefix.encode()
        return range(self._place(start)[0], self._place(start + _AFTER_ALL)[0])

    def count(self, number: int) -> int:
        """Return how many tickets hold a word."""
        return int(self.counts[number])

    def words(self, numbers: NDArray[np.integer[Any]]) -> list[str]:
        """Return how these words are spelt."""
        if not numbers.size:
            return []
        starts, ends = self._starts.take(numbers), self._starts.take(numbers + 1)
        sizes = ends - starts
        if sizes[sizes.argmax()] > self._longest:
            raise ArrayFileDamaged("a word is longer than the longest")
        places = (ends - sizes.cumsum(dtype=np.uint32)).repeat(sizes)
        places += np.arange(places.size, dtype=np.uint32)
        found: list[str] = self._text.take(places).tobytes().decode()[:-1].split("\n")
        if len(found) != numbers.size:
            raise ArrayFileDamaged("words do not stand where they should")
        return found

    def term(self, word: str, number: int) -> str:
        """Return the term under which the word of a number is filed."""
        cut, ending = self._cuts[self._rules[number]]
        return ended(word, cut, ending)

    def similar(self, word: str, edits: int) -> Similar:
        """Return all words at most `edits` away, except for the word itself.

        An edit is a letter put in, left out or replaced, or two neighbours exchanged (optimal
        string alignment). A word that begins otherwise is at most one edit away: hardly anyone
        who errs in the first letter errs again, and to look for those takes twice as long.
        """
        return self._similar_kept.cached((word, edits), lambda: self._similar(word, edits))

    def heard(self, word: str) -> Heard:
        """Return all words that share a phonetic code with this one, itself among them."""
        return self._heard_kept.cached(word, lambda: self._heard(word))

    @cached_property
    def _cuts(self) -> list[tuple[int, str]]:
        lines = bytes(self._rule_names).decode().splitlines()
        halves = (line.split(" ") for line in lines)
        return [(int(cut), ending) for cut, ending in halves]

    def _similar(self, word: str, edits: int) -> Similar:
        if not len(self):
            return Similar(_NOTHING, _NO_BYTES)
        first = f"{word}\n".encode()[0]
        begun = [self._place(bytes((byte,)))[0] for byte in (first, first + 1)]
        alike = self._begun_alike(word, edits, np.array(begun, np.uint32))
        otherwise = self._begun_otherwise(word)
        otherwise = otherwise[(otherwise < begun[0]) | (otherwise >= begun[1])]
        numbers = np.concatenate((alike, otherwise))
        if not numbers.size:
            return Similar(_NOTHING, _NO_BYTES)
        others = self.words(numbers)
        found = cdist([word], others, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
        near = (found > 0) & (found <= edits)
        near[alike.size :] &= found[alike.size :] == 1
        numbers, found = numbers[near], found[near]
        order = numbers.argsort()
        return Similar(numbers[order], found[order])

    def _begun_alike(self, word: str, edits: int, begun: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return words to which so few edits may lead, of `begun[0] : begun[1]`."""
        numbers, signatures = [_NOTHING], [_NOTHING]
        starts = self._length_starts[max(len(word) - edits, 0) : len(word) + edits + 2]
        for start, end in pairwise(starts):  # words of one length, as the alphabet goes
            first, last = self._by_length[start:end].searchsorted(begun).tolist()
            numbers.append(self._by_length[start + first : start + last])
            signatures.append(self._signatures[start + first : start + last])
        differing = np.concatenate(signatures) ^ np.uint64(signature(word))
        few = np.bitwise_count(differing) <= 2 * edits
        found: NDArray[np.uint32] = np.concatenate(numbers)[few]
        return found

    def _begun_otherwise(self, word: str) -> NDArray[np.uint32]:
        """Return all words that an edit of the first letter may lead to, and some others.

        It is left out, or it is replaced or exchanged with the second one, or another one is put
        before it; all other letters stay.
        """
        shorter = self.find(word[1:])
        return np.concatenate(
            (
                _NOTHING if shorter < 0 else np.array([shorter], np.uint32),
                self._with_letters(word[1:], len(word)),
                self._with_letters(word, len(word) + 1),
            )
        )

    def _with_letters(self, letters: str, length: int) -> NDArray[np.uint32]:
        """Return the words of a length in which all of these letters stand, wherever."""
        starts = self._length_starts[length : length + 2]
        if len(starts) < 2:
            return _NOTHING
        span = slice(*starts)
        sought = np.uint64(signature(letters) & LETTER_BITS)
        places = (self._signatures[span] & sought == sought).nonzero()[0]
        found: NDArray[np.uint32] = self._by_length[span].take(places)
        return found

    def _heard(self, word: str) -> Heard:
        if not len(self):
            return Heard(_NOTHING, _NO_BYTES)
        holding = [self._holding(key) for key in sound_keys(word)]
        entries = np.concatenate(holding)
        if not entries.size:
            return Heard(_NOTHING, _NO_BYTES)
        keys = _KEYS.repeat([each.size for each in holding])
        # The shift leaves the numbers, and drops the marks above them.
        packed = entries << _EAR_BITS | _EARS.take(keys + (entries >> _CLIPPED_BIT))
        packed.sort()
        numbers = (packed >> _EAR_BITS).astype(np.uint32, copy=False)
        firsts = first_of_each(numbers)
        ears = np.bitwise_or.reduceat(packed & _ALL_EARS, firsts)
        return Heard(numbers[firsts], ears.astype(np.uint8))

    def _holding(self, key: int) -> NDArray[np.uint32]:
        """Return the words that have a sound key, as `layout` marks them."""
        bits = (len(self._buckets) - 1).bit_length() - 1
        bucket, mark = key >> KEY_BITS - bits, key & _MARK
        first, last = self._buckets[bucket], self._buckets[bucket + 1]
        if not first <= last <= len(self._marks):
            raise ArrayFileDamaged("the codes of a bucket lie outside of it")
        for code in range(first, last):
            if self._marks[code] == mark:
                holder = self._holders[code]
                if holder & ALONE:
                    return np.array([holder ^ ALONE], np.uint32)
                found: Array = self._members[holder + 1 :][: self._members[holder]]
                return found
        return _NOTHING


def _look_up(
    heads: Sequence[int], text: memoryview, starts: Sequence[int], word: bytes
) -> tuple[int, bool]:
    """Return how many words stand before this one, and whether it is there; see `layout`."""
    sought = head(word)
    end = start = bisect_left(heads, sought)
    if end < len(heads) and heads[end] == sought:
        end = bisect_right(heads, sought, end)
    # It is behind the first word of the step before `start`, and before that of step `end`.
    first = (start - 1) * HEAD_STEP if start else 0
    last = end * HEAD_STEP if end < len(heads) else len(starts) - 1
    words = text[starts[first] : starts[last]].tobytes().split(b"\n")
    if len(words) != last - first + 1:
        raise ArrayFileDamaged("words do not stand where they should")
    place = bisect_left(words, word, 0, last - first)
    return first + place, place < last - first and words[place] == word


def table_of(words: WordCounts) -> WordTable:
    """Return a table of these words that is in no file. Raises ValueError, see `layout`."""
    arrays = lexicon_arrays(words, word_rows(words.words))
    return WordTable(ArrayFile(b"".join(laid_out(arrays))))
