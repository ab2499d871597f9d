"""The surface words of an index as arrays, so that near ones are found among many quickly."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kbsearch.analysis.sounds import Sounds, sounds

_A = ord("a")
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class WordRow:
    """A surface word, how many tickets hold it, and how it sounds."""

    word: str
    count: int
    sounds: Sounds


class WordTable:
    """Words with their counts; made once, never changed."""

    def __init__(self, rows: Iterable[WordRow]) -> None:
        """Take the words in; those that stand twice are counted together."""
        self._number: dict[str, int] = {}
        self._words: list[str] = []
        self._counts: list[int] = []
        self._sounding: defaultdict[str, list[int]] = defaultdict(list)
        for row in rows:
            self._add(row)
        self._shapes = _Shapes(self._words)

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._words)

    def _add(self, row: WordRow) -> None:
        number = self._number.get(row.word)
        if number is not None:
            self._counts[number] += row.count
            return
        number = self._number[row.word] = len(self._words)
        self._words.append(row.word)
        self._counts.append(row.count)
        for key in _keys(row.sounds):
            self._sounding[key].append(number)

    def count(self, word: str) -> int:
        """Return how many tickets hold this surface word, 0 if none."""
        number = self._number.get(word)
        return 0 if number is None else self._counts[number]

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Return the words that begin so, the most frequent first."""
        return self._likeliest(self._shapes.starting(prefix), limit)

    def similar(self, word: str, distance: int, limit: int) -> list[tuple[str, int]]:
        """Return (word, edits) at most `distance` edits away, the nearest and likeliest first.

        An edit is a letter put in, left out or replaced, or two neighbours exchanged (optimal
        string alignment).
        """
        near = self._shapes.near(word, distance)
        if not near.size:
            return []
        words = [self._words[number] for number in near]
        edits = cdist([word], words, scorer=OSA.distance, score_cutoff=distance)[0]
        kept = [
            (int(edits[place]), -self._counts[near[place]], words[place])
            for place in np.flatnonzero((edits > 0) & (edits <= distance))
        ]
        return [(found, edit) for edit, _, found in sorted(kept)[:limit]]

    def sounding(self, word: str, limit: int) -> list[str]:
        """Return the words that share a phonetic code with this one, the most frequent first."""
        alike = (self._sounding.get(key, ()) for key in _keys(sounds(word)))
        numbers = set(chain.from_iterable(alike))
        numbers.discard(self._number.get(word, -1))
        return self._likeliest(numbers, limit)

    def _likeliest(self, numbers: Iterable[int], limit: int) -> list[str]:
        ordered = sorted(numbers, key=lambda number: (-self._counts[number], self._words[number]))
        return [self._words[number] for number in ordered[:limit]]


class IndexLexicon:
    """The words of an index: those that it was built with, and over them those added since.

    A word's count is that of the tickets ever indexed, until the index is rebuilt: it serves as a
    weight, while whether a ticket holds the word is told by the postings.
    """

    def __init__(
        self, built: WordTable, added: WordTable, count_term: Callable[[str], int]
    ) -> None:
        """Join two tables; `count_term` asks the index how many tickets hold a term."""
        self.built = built
        self._tables = (built, added)
        self.count_term = count_term

    def count(self, word: str) -> int:
        """Return how many tickets hold this surface word, 0 if none."""
        return sum(table.count(word) for table in self._tables)

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Return the words that begin so, the most frequent first."""
        return self._likeliest((table.starting(prefix, limit) for table in self._tables), limit)

    def similar(self, word: str, distance: int, limit: int) -> list[tuple[str, int]]:
        """Return (word, edits) at most `distance` edits away, the nearest and likeliest first."""
        near = dict(
            chain.from_iterable(table.similar(word, distance, limit) for table in self._tables)
        )
        return sorted(near.items(), key=lambda one: (one[1], -self.count(one[0]), one[0]))[:limit]

    def sounding(self, word: str, limit: int) -> list[str]:
        """Return the words that share a phonetic code with this one, the most frequent first."""
        return self._likeliest((table.sounding(word, limit) for table in self._tables), limit)

    def _likeliest(self, found: Iterable[list[str]], limit: int) -> list[str]:
        words = set(chain.from_iterable(found))
        return sorted(words, key=lambda word: (-self.count(word), word))[:limit]


class _Shapes:
    """Lengths and letters of all words, to leave out at once what cannot be near."""

    def __init__(self, words: list[str]) -> None:
        self._lengths = np.fromiter(map(len, words), np.int32, len(words))
        self._letters = np.fromiter(map(_letters, words), np.uint32, len(words))
        self._order = sorted(range(len(words)), key=words.__getitem__)
        self._sorted = [words[number] for number in self._order]

    def near(self, word: str, distance: int) -> NDArray[np.int64]:
        """Return the numbers of the words that may be within `distance` edits.

        An edit changes the length by at most one and the set of letters by at most two.
        """
        lengths = np.abs(self._lengths - len(word)) <= distance
        numbers = np.flatnonzero(lengths)
        differing = np.bitwise_count(self._letters[numbers] ^ np.uint32(_letters(word)))
        kept: NDArray[np.int64] = numbers[differing <= 2 * distance]
        return kept

    def starting(self, prefix: str) -> list[int]:
        """Return the numbers of the words that begin so."""
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + _LAST_LETTER)
        return self._order[start:end]


def _letters(word: str) -> int:
    """Return one bit a letter that the word has; bit 26 for anything that is no letter."""
    found = 0
    for letter in word:
        place = ord(letter) - _A
        found |= 1 << (place if 0 <= place < 26 else 26)
    return found


def _keys(codes: Sounds) -> list[str]:
    """Return the codes of a word, those of one alphabet told from those of another."""
    return [f"{kind}:{code}" for kind, code in zip("mnaa", codes, strict=True) if code]
