"""The documents that may stand in an answer, and what each word and each pair gave to them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.plan import Plan
from kbsearch.engines.scoring.bm25 import WeightedPostings
from kbsearch.inverted.posting_lists import Documents, Floats


class CandidateDocs:
    """The documents that may stand in the answer to a plan, and what they score.

    shares    what each word of the plan gives to each of them, shape (documents, words).
    together  the same of each pair, shape (documents, pairs), 0 for all before `pair` is called.
    scores    the sums of both, shape (documents,).
    """

    def __init__(
        self, plan: Plan, documents: Documents, scored: Mapping[int, list[WeightedPostings]]
    ) -> None:
        """Take documents, which ascend.

        scored  the readings of the words of the plan, by the word's number.
        """
        self.documents = documents
        self.shares = _shares_of(documents, scored, len(plan.clauses))
        self.together: Floats = np.zeros((documents.size, len(plan.pairs)), np.float32)
        self.scores: Floats = self.shares.sum(axis=1)

    def pair(self, documents: Documents, gains: Floats) -> None:
        """Let pairs count in some of the documents, shape (documents, pairs)."""
        places = self.places(documents)
        self.together[places] = gains
        self.scores[places] += gains.sum(axis=1)

    def places(self, documents: Documents) -> NDArray[np.intp]:
        """Return the places of some of the documents."""
        return self.documents.searchsorted(documents)


def _shares_of(
    documents: Documents, scored: Mapping[int, list[WeightedPostings]], words: int
) -> Floats:
    """Return what each word gave to each document, shape (documents, words).

    scored  the readings of the words, by the word's number.
    """
    given = np.zeros(documents.size * words, np.float32)
    cells, gained = [], []
    for number, readings in scored.items():
        for postings, worth in readings:
            rows, weights = postings.find(documents)
            if rows.size:
                cells.append(rows * words + number)
                gained.append(weights * worth)
    if cells:
        np.maximum.at(given, np.concatenate(cells), np.concatenate(gained))
    return given.reshape(documents.size, words)
