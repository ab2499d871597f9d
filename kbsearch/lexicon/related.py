"""Which words of a lexicon are used like one, as arrays next to those of `layout`.

    related_rows  uint16, (words,): the row of the word's term in the other two; NO_ROW without any
    related       uint32, (rows * RELATED,): the words that are used like it, the most alike first;
                  NO_WORD where there are fewer
    likeness      uint8, (rows * RELATED,): in 255ths

A term is used as its commonest word. A lexicon of too few tickets has no such arrays. RELATED is a
part of the fingerprint of an index, so that no other number is ever read.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from kbsearch.analysis.terms import stop_words, term
from kbsearch.inverted.array_file import Array, ArrayFile
from kbsearch.inverted.documents import WordCounts
from kbsearch.lexicon.rows import WordRow, ended
from kbsearch.lexicon.word_vectors import RELATED, Sample, nearest_words

_NO_ROW = (1 << 16) - 1
_NO_WORD = (1 << 32) - 1
_FULL = 255
_SHORTEST = 3
"""Letters of a word that is a word, and no initials."""


class RelatedNumbers:
    """Which words of a table are used like one of them, by their numbers."""

    def __init__(self, file: ArrayFile) -> None:
        """Map the arrays, if there are any. Raises ArrayFileDamaged if one of them is not there."""
        self._rows: Sequence[int] = ()
        if "related_rows" in file:
            self._rows = file.array("related_rows").data
            self._words = file.array("related").data
            self._likeness = file.array("likeness").data

    def of(self, number: int) -> list[tuple[int, float]]:
        """Return the numbers of the words that are used like one, the most alike first."""
        if number >= len(self._rows) or (row := self._rows[number]) == _NO_ROW:
            return []
        places = range(row * RELATED, row * RELATED + RELATED)
        return [
            (word, self._likeness[place] / _FULL)
            for place in places
            if (word := self._words[place]) != _NO_WORD
        ]


def related_arrays(
    words: WordCounts, rows: Iterable[WordRow], samples: Sequence[Sample]
) -> dict[str, Array | bytes]:
    """Return the arrays of words that stand in some tickets; none if these tell nothing.

    rows     of each word.
    samples  of the tickets.
    """
    if not samples:
        return {}
    terms = [ended(word, row.cut, row.ending) for word, row in zip(words.words, rows, strict=True)]
    commonest = _commonest(words, terms)
    alike = nearest_words(samples, commonest)
    kept = np.flatnonzero((alike.places >= 0).any(axis=1)).tolist()
    if not kept:
        return {}
    spelt = np.array([commonest[term] for term in alike.terms], np.uint32)
    row_of = {alike.terms[place]: row for row, place in enumerate(kept)}
    places = alike.places[kept].reshape(-1)
    return {
        "related_rows": np.array([row_of.get(term, _NO_ROW) for term in terms], np.uint16),
        "related": np.where(places >= 0, spelt[places], np.uint32(_NO_WORD)),
        "likeness": np.rint(alike.likeness[kept].reshape(-1) * _FULL).astype(np.uint8),
    }


def _commonest(words: WordCounts, terms: Iterable[str]) -> dict[str, int]:
    """Return the number of the word that most tickets use for each term; of equal ones the first.

    Terms that are no words of letters, or forms of those that every sentence needs, are left out.
    """
    telling_nothing = set(map(term, stop_words()))
    found: dict[str, int] = {}
    counts = words.counts.tolist()
    for number, (word, filed) in enumerate(zip(words.words, terms, strict=True)):
        if len(word) < _SHORTEST or not word.isalpha() or filed in telling_nothing:
            continue
        if counts[number] > counts[found.setdefault(filed, number)]:
            found[filed] = number
    return found
