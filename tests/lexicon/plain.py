"""A lexicon that looks at every word, one after the other: what the arrays must agree with."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

import numpy as np
from rapidfuzz.distance import OSA

from kbsearch.analysis.sounds import Sounds, sounds
from kbsearch.analysis.terms import term
from kbsearch.inverted.documents import WordCounts
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.near import Ear, NearWords

Answer = TypeVar("Answer")


class PlainLexicon(Lexicon):
    """A `Lexicon` of these words."""

    def __init__(self, counts: Mapping[str, int], terms: Mapping[str, int] | None = None) -> None:
        self.counts = counts
        self.terms = terms or {}
        self.term = term

    def count(self, word: str) -> int:
        return self.counts.get(word, 0)

    def count_term(self, term: str) -> int:
        return self.terms.get(term, 0)

    def count_form(self, word: str) -> int:
        return self.counts.get(word, 0)

    def starting(self, prefix: str, limit: int) -> list[str]:
        return self._most_frequent([word for word in self.counts if word.startswith(prefix)], limit)

    def similar(self, word: str, distance: int, limit: int) -> list[tuple[str, int]]:
        edits = {other: OSA.distance(word, other) for other in self.counts}
        near = sorted(
            (edit, -self.counts[other], other)
            for other, edit in edits.items()
            if 0
            < edit
            <= (distance if other.encode()[:1] == word.encode()[:1] else min(distance, 1))
        )
        return [(other, edit) for edit, _, other in near[:limit]]

    def sounding(self, word: str, limit: int) -> list[str]:
        keys = _keys(sounds(word))
        alike = [other for other in self.counts if other != word and keys & _keys(sounds(other))]
        return self._most_frequent(alike, limit)

    def near(self, word: str, edits: int, limit: int) -> NearWords:
        similar = [other for other, _ in self.similar(word, edits, limit)]
        spelt = sorted({*similar, *self.sounding(word, limit)})
        counts = np.array([self.counts[other] for other in spelt], np.int64)
        ears = np.array([_ears(word, other) for other in spelt], np.int64)
        return NearWords(spelt, counts, ears, lambda place: self.term(spelt[place]))

    def cached(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        return work_out()

    def _most_frequent(self, words: list[str], limit: int) -> list[str]:
        return sorted(words, key=lambda word: (-self.counts[word], word))[:limit]


def word_counts(counts: Mapping[str, int]) -> WordCounts:
    """Return words with their counts as the engines exchange them."""
    words = sorted(counts)
    return WordCounts(words, np.array([counts[word] for word in words], np.uint32))


def together(*counts: Mapping[str, int]) -> Counter[str]:
    """Return the words of all with the sums of their counts."""
    found: Counter[str] = Counter()
    for one in counts:
        found.update(one)
    return found


def _keys(codes: Sounds) -> set[tuple[str, str]]:
    return {(kind, code) for kind, code in zip("mnaa", codes, strict=True) if code}


def _ears(word: str, other: str) -> int:
    left, right = sounds(word), sounds(other)
    same_accent = left.accent == right.accent != ""
    clipped = left.accent == right.clipped != "" or left.clipped == right.accent != ""
    return (
        Ear.METAPHONE * (left.metaphone == right.metaphone != "")
        + Ear.NYSIIS * (left.nysiis == right.nysiis != "")
        + Ear.ACCENT * same_accent
        + Ear.CLIPPED * (clipped and not same_accent)
    )
