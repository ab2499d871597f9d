"""The words of an index: those that its lexicon was made with, and those added since."""

from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from itertools import compress
from typing import Any, TypeVar

import numpy as np

from kbsearch.analysis.terms import term
from kbsearch.cache import Cache
from kbsearch.inverted.array_file import Array
from kbsearch.inverted.documents import WordCounts
from kbsearch.lexicon.codes import Codes
from kbsearch.lexicon.layout import first_of_each
from kbsearch.lexicon.near import NearWords
from kbsearch.lexicon.table import Numbers, WordTable, table_of

Answer = TypeVar("Answer")
_NO_CODES = Codes()

_ANSWERS_KEPT = 4_000
_TERMS_KEPT = 20_000
_NO_NUMBER = 1 << 62

# Words are ordered by one number of 63 bits: the edits (3 bits, so 7 at most), how rare the word
# is, its place among the built words, and its place among the new ones that stand there.
_COUNT_BITS = 20
_PLACE_BITS = 40
_NEW_BITS = 18
_MOST_COUNTED = (1 << _COUNT_BITS) - 1
"""Tickets from which on words pass for equally frequent."""
_BEHIND_NEW = (1 << _NEW_BITS) - 1


class Lexicon:
    """The words of an index: those that it was built with, and over them those added since.

    A word's count is that of the tickets ever indexed, until the index is rebuilt: it serves as a
    weight, while whether a ticket holds the word is told by the postings.

    Words are numbered: the built ones as in their table, after them those that are new.
    """

    def __init__(
        self,
        built: WordTable,
        added: WordCounts,
        count_term: Callable[[str], int],
        count_form: Callable[[str], int] = lambda _: 0,
        codes: Codes = _NO_CODES,
    ) -> None:
        """Join them; `count_term` asks the index how many tickets hold a term.

        count_form  asks the same of a word as it is spelt.
        added  ascending; it may name words that are built.
        codes  those of the index, which are no words.
        """
        self.built = built
        self.count_term = count_term
        self.codes = codes
        self.count_form = count_form
        numbers = np.fromiter(map(built.find, added.words), np.int64, len(added.words))
        known = numbers >= 0
        self._new = table_of(WordCounts(list(compress(added.words, ~known)), added.counts[~known]))
        self._new_places = _places_between(built, self._new)
        self._more_of = numbers[known]
        self._more = added.counts[known].astype(np.int64)
        self._more_by_number: dict[int, int] = dict(
            zip(self._more_of.tolist(), self._more.tolist(), strict=True)
        )
        self._answers: Cache[Hashable, Any] = Cache(_ANSWERS_KEPT)
        # Of no method: the lexicon would hold itself, and with it the file that it is mapped from.
        self.term: Callable[[str], str] = lru_cache(_TERMS_KEPT)(partial(_term, built, self._new))

    def count(self, word: str) -> int:
        """Return how many tickets hold this surface word, 0 if none."""
        number = self.built.find(word)
        if number >= 0:
            return self.built.count(number) + self._more_by_number.get(number, 0)
        number = self._new.find(word)
        return self._new.count(number) if number >= 0 else 0

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Return the words that begin so, the most frequent first."""
        built, new = self.built.starting(prefix), self._new.starting(prefix)
        counts = self.built.counts[built.start : built.stop].astype(np.int64)
        first, last = np.searchsorted(self._more_of, (built.start, built.stop))
        counts[self._more_of[first:last] - built.start] += self._more[first:last]
        numbers = self._together(
            _most_frequent(counts, limit) + built.start,
            _most_frequent(self._new.counts[new.start : new.stop], limit) + new.start,
        )
        numbers.sort()
        return self._by_count(numbers, limit)

    def near(self, word: str, edits: int, limit: int) -> NearWords:
        """Return the words at most so many edits away, and those that share a phonetic code.

        Of the former the `limit` nearest, and of equally near ones the most frequent; of the latter
        the `limit` most frequent. The word itself is none of them, and one that begins otherwise is
        at most one edit away if it does not sound the same.

        edits  7 at most.
        """
        similar, distances = self._similar(word, edits)
        heard, ears = self._heard(word)
        near = np.concatenate(
            (self._likeliest(similar, limit, distances), self._likeliest(heard, limit))
        )
        near.sort()
        numbers = near[first_of_each(near)]
        spelt = self._words(numbers)
        return NearWords(
            spelt,
            self._counts(numbers),
            _values_at(numbers, heard, ears),
            lambda place: self._term_of(spelt[place], int(numbers[place])),
        )

    def heard(self, word: str) -> list[str]:
        """Return the other words that share a phonetic code with this one."""
        return self._words(self._heard(word)[0])

    def similar(self, word: str, distance: int, limit: int) -> list[tuple[str, int]]:
        """Return (word, edits) at most `distance` edits away, the likeliest first.

        A word that begins otherwise is at most one edit away.
        """
        numbers, edits = self._similar(word, distance)
        rows = zip(edits.tolist(), -self._counts(numbers), self._words(numbers), strict=True)
        return [(found, edit) for edit, _, found in sorted(rows)[:limit]]

    def cached(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """Return the answer to a question about these words; it is worked out only once.

        It must follow from the question and from this lexicon, and never be changed.
        """
        answer: Answer = self._answers.cached(question, work_out)
        return answer

    def _similar(self, word: str, edits: int) -> tuple[Numbers, Numbers]:
        """Return the numbers of all words that are near, ascending, and their edits."""
        built, new = self.built.similar(word, edits), self._new.similar(word, edits)
        return self._together(built.numbers, new.numbers), _joined(built.edits, new.edits)

    def _heard(self, word: str) -> tuple[Numbers, Numbers]:
        """Return the numbers of the other words that share a code, ascending, and their ears."""
        built, new = self.built.heard(word), self._new.heard(word)
        numbers = self._together(built.numbers, new.numbers)
        others = numbers != self._number(word)
        return numbers[others], _joined(built.ears, new.ears)[others]

    def _together(self, built: Array, new: Array) -> Numbers:
        """Return the numbers of words of both tables."""
        return _joined(built, new + len(self.built) if new.size else new)

    def _number(self, word: str) -> int:
        number = self.built.find(word)
        if number >= 0:
            return number
        number = self._new.find(word)
        return number + len(self.built) if number >= 0 else _NO_NUMBER

    def _term_of(self, word: str, number: int) -> str:
        new = number - len(self.built)
        return self._new.term(word, new) if new >= 0 else self.built.term(word, number)

    def _parted(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the numbers in either table; they must ascend."""
        if not len(self._new):
            return numbers, numbers[:0]
        split = int(numbers.searchsorted(len(self.built)))
        return numbers[:split], numbers[split:] - len(self.built)

    def _words(self, numbers: Numbers) -> list[str]:
        built, new = self._parted(numbers)
        return self.built.words(built) + self._new.words(new)

    def _counts(self, numbers: Numbers) -> Numbers:
        built, new = self._parted(numbers)
        counts = _joined(self.built.counts.take(built), self._new.counts[new])
        if self._more.size:
            counts += _values_at(numbers, self._more_of, self._more)
        return counts

    def _likeliest(self, numbers: Numbers, limit: int, distances: Numbers | int = 0) -> Numbers:
        """Return the words of the least distances, of those the ones that most tickets hold.

        What is still equal is taken as the alphabet goes. In no order.
        """
        if numbers.size <= limit:
            return numbers
        built, new = self._parted(numbers)
        places = _joined(built << _NEW_BITS | _BEHIND_NEW, self._new_places[new])
        rarity = _MOST_COUNTED - np.minimum(self._counts(numbers), _MOST_COUNTED)
        order = (distances << _COUNT_BITS | rarity) << _PLACE_BITS | places
        return numbers[_smallest(order, limit)]

    def _by_count(self, numbers: Numbers, limit: int) -> list[str]:
        rows = zip((-self._counts(numbers)).tolist(), self._words(numbers), strict=True)
        return [word for _, word in sorted(rows)[:limit]]


def _term(built: WordTable, new: WordTable, word: str) -> str:
    """Return the term under which a word is filed, looked up if one of the tables has the word."""
    for table in (built, new):
        number = table.find(word)
        if number >= 0:
            return table.term(word, number)
    return term(word)


def _joined(built: Array, new: Array) -> Numbers:
    """Return the values of both tables; nearly always, no word is new."""
    if not new.size:
        return built.astype(np.int64)
    return np.concatenate((built, new), dtype=np.int64)


def _places_between(built: WordTable, new: WordTable) -> Numbers:
    """Return a number for each new word, which puts it where it belongs in the alphabet."""
    words = new.words(np.arange(len(new)))
    before = np.fromiter(map(built.place, words), np.int64, len(words))
    places: Numbers = before << _NEW_BITS | np.arange(len(words))
    return places


def _values_at(sought: Numbers, numbers: Numbers, values: Numbers) -> Numbers:
    """Return the value of each number that is sought, 0 if it has none.

    numbers  ascending, each with one of the `values`.
    """
    if not numbers.size:
        return np.zeros(sought.size, np.int64)
    places = numbers.searchsorted(sought)
    places[places == numbers.size] = 0
    found: Numbers = values[places] * (numbers[places] == sought)
    return found


def _most_frequent(counts: Numbers, limit: int) -> Numbers:
    """Return the places of the greatest counts, of equal ones the first."""
    return _smallest(np.arange(counts.size) - (counts.astype(np.int64) << _PLACE_BITS), limit)


def _smallest(keys: Numbers, limit: int) -> Numbers:
    """Return the places of the smallest keys, in no order."""
    if keys.size <= limit:
        return np.arange(keys.size)
    places: Numbers = np.argpartition(keys, limit)[:limit]
    return places
