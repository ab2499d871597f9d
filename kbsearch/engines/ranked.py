"""The documents that may stand in an answer, and what each word of a plan gave to them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.postings import Documents
from kbsearch.engines.scoring import Floats, WeightedPostings, saturated


class Ranked:
    """The documents that may stand in an answer, and what they score by the words of the plan."""

    def __init__(
        self,
        documents: Documents,
        scores: Floats,
        scored: Mapping[int, list[WeightedPostings]],
        words: int,
    ) -> None:
        """Take the best documents.

        scored  the readings of the words, by the word's number.
        words   how many words the plan has.
        """
        self.documents = documents
        self.scores = scores
        self._scored = scored
        self._words = words

    def add(self, documents: Documents) -> None:
        """Add documents that are not among the best."""
        if documents.size:
            more = _shares_of(documents, self._scored, self._words).sum(axis=1)
            self.documents = np.concatenate((self.documents, documents))
            self.scores = np.concatenate((self.scores, more))

    def shares(self, places: NDArray[np.intp]) -> Floats:
        """Return what each word gave to the documents at these places."""
        return _shares_of(self.documents[places], self._scored, self._words)


def _shares_of(
    documents: Documents, scored: Mapping[int, list[WeightedPostings]], words: int
) -> Floats:
    """Return what each word gave to each document, shape (documents, words).

    scored  the readings of the words, by the word's number.
    """
    given = np.zeros((documents.size, words), np.float32)
    order = np.argsort(documents)
    ascending = documents[order]
    columns, worths, places, weights, below = [], [], [], [], []
    for number, readings in scored.items():
        for postings, worth, norms_of_all in readings:
            held = postings.among(ascending)
            columns += [number] * held.size
            worths += [worth] * held.size
            places.append(held.documents)
            weights.append(held.weights)
            below.append(norms_of_all[held.documents])
    if columns:
        held_by = np.concatenate(places)
        gained = saturated(np.concatenate(weights), np.concatenate(below))
        gained *= np.array(worths, np.float32)
        rows = order[ascending.searchsorted(held_by)]
        np.maximum.at(given, (rows, np.array(columns)), gained)
    return given
