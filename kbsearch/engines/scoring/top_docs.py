"""The documents that may stand in an answer, and what each word and each pair gave to them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.plan import Plan
from kbsearch.engines.scoring.adjacency import PairGains
from kbsearch.engines.scoring.bm25 import WeightedPostings, best
from kbsearch.inverted.posting_lists import Documents, Floats


class CandidateDocs:
    """The documents that may stand in the answer to a plan, and what they score.

    together  what each pair of the plan gives to each of them, shape (documents, pairs); nothing
              before `pair` is called.
    """

    def __init__(
        self,
        plan: Plan,
        documents: Documents,
        scores: Floats,
        scored: Mapping[int, list[WeightedPostings]],
    ) -> None:
        """Take the best documents by the words of a plan.

        scored  the readings of the words, by the word's number.
        """
        self.plan = plan
        self.documents = documents
        self.scores = scores
        self.together: Floats = np.empty((documents.size, 0), np.float32)
        self._scored = scored
        self._known_shares: Floats | None = None

    def relate(self, related: Mapping[int, list[WeightedPostings]]) -> None:
        """Let other readings of the words count, too; before there are pairs.

        related  by the word's number.
        """
        if related:
            held = {
                number: [*self._scored.get(number, ()), *more] for number, more in related.items()
            }
            self._scored = {**self._scored, **held}
            self.rescore()

    def rescore(self) -> None:
        """Score the documents by the shares of all words."""
        self._known_shares = self._shares_of(self.documents)
        self.scores = self._known_shares.sum(axis=1)

    def pair(self, gains: PairGains) -> None:
        """Let the pairs of the plan count; `gains` has them, and all of the documents."""
        self.together = gains.of(self.plan.pairs, self.documents)
        self.scores = self.scores + self.together.sum(axis=1)

    def first(self, ids: NDArray[np.int64], limit: int) -> NDArray[np.intp]:
        """Return the places of the best, ties by id; `ids` are those of all documents."""
        return best(self.scores, ids[self.documents], min(limit, self.documents.size))

    def shares(self, places: NDArray[np.intp]) -> Floats:
        """Return what each word gave to the documents at these places."""
        if self._known_shares is not None:
            return self._known_shares[places]
        return self._shares_of(self.documents[places])

    def _shares_of(self, documents: Documents) -> Floats:
        return _shares_of(documents, self._scored, len(self.plan.clauses))


def _shares_of(
    documents: Documents, scored: Mapping[int, list[WeightedPostings]], words: int
) -> Floats:
    """Return what each word gave to each document, shape (documents, words).

    scored  the readings of the words, by the word's number.
    """
    given = np.zeros(documents.size * words, np.float32)
    order = documents.argsort()
    ascending = documents[order]
    cells, gained = [], []
    for number, readings in scored.items():
        for postings, worth in readings:
            rows, weights = postings.find(ascending)
            if rows.size:
                cells.append(order[rows] * words + number)
                gained.append(weights * worth)
    if cells:
        np.maximum.at(given, np.concatenate(cells), np.concatenate(gained))
    return given.reshape(documents.size, words)
