"""Do two words of a query go together, in the tickets that there are?"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import CONTEXT_LIMIT, IndexSnapshot

_EVERYWHERE = 0.15
"""The part of the tickets from which on a term tells nothing about the others."""
_LEAST, _MOST = -2.0, 4.0
"""Nats between which one word may speak for or against another."""


class Context:
    """The words of one query, as far as they are clear."""

    def __init__(self, index: IndexSnapshot, terms: Sequence[str]) -> None:
        """Take the likeliest term of each word of the query."""
        self._index = index
        self._terms = terms

    @cached_property
    def _telling(self) -> list[str]:
        """The rarest of the terms, but for those that are all over the place."""
        lexicon, most = self._index.lexicon, self._index.state.tickets * _EVERYWHERE
        counts = {term: lexicon.count_term(term) for term in self._terms}
        telling = sorted((count, term) for term, count in counts.items() if 0 < count < most)
        return [term for _, term in telling[:CONTEXT_LIMIT]]

    def fits(self, terms: Sequence[str], instead_of: str) -> NDArray[np.float64]:
        """Return how well each term goes with the words of the query, in nats, 0 if none tells.

        instead_of  the term of the word itself, which says nothing about its other readings.
        """
        context = [term for term in self._telling if term != instead_of]
        if not context:
            return np.zeros(len(terms))
        found: NDArray[np.float64] = self._index.lifts(terms, context)
        total: NDArray[np.float64] = found.clip(_LEAST, _MOST).sum(axis=1)
        return total
