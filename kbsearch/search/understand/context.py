"""Do two words of a query go together, in the tickets that there are?"""

from collections.abc import Sequence
from functools import cached_property

from kbsearch.engines.base import CONTEXT_LIMIT, IndexSnapshot
from kbsearch.search.understand.word_expansion import WordExpansion

_EVERYWHERE = 0.15
"""The part of the tickets from which on a term tells nothing about the others."""
_LEAST, _MOST = -2.0, 4.0
"""Nats between which one word may speak for or against another."""


class Context:
    """The words of one query, as far as they are clear."""

    def __init__(self, index: IndexSnapshot, words: Sequence[WordExpansion]) -> None:
        """Take the words of the query that are no stop words."""
        self._index = index
        self._words = words

    def fits(self, word: WordExpansion) -> list[float]:
        """Return how well each open term of a word goes with the others of the query, in nats.

        None if none tells. Its likeliest term says nothing about its other readings.

        Raises KeyError for a word with open terms that is none of the query.
        """
        if not word.open_terms:
            return []
        others = [place for place, term in enumerate(self._telling) if term != word.likeliest]
        if not others:
            return []
        rows = [self._lifts[term] for term in word.open_terms]
        return [sum([row[place] for place in others]) for row in rows]

    @cached_property
    def _telling(self) -> list[str]:
        """The rarest of the terms, except for those that are all over the place."""
        most = self._index.state.tickets * _EVERYWHERE
        likeliest = {(word.tickets, word.likeliest) for word in self._words}
        telling = sorted(one for one in likeliest if 0 < one[0] < most)
        return [term for _, term in telling[:CONTEXT_LIMIT]]

    @cached_property
    def _lifts(self) -> dict[str, list[float]]:
        """How well each open term goes with those that tell; the index is asked once for all."""
        terms = [*dict.fromkeys([term for word in self._words for term in word.open_terms])]
        found = self._index.lifts(terms, self._telling).clip(_LEAST, _MOST)
        return dict(zip(terms, found.tolist(), strict=True))
