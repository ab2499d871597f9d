"""Score whole arrays of postings: BM25F by the best reading of each word.

Pure: arrays in, arrays out. What a ticket scores is the sum, over the words of a query, of

    idf * max over the readings it holds of weight * tf * (k1 + 1) / (tf + norm)
    norm = k1 * (1 - b + b * length / average length)

which is BM25 (Robertson & Zaragoza 2009) with the weights of the sections folded into `tf` and
`length`; a reading of several terms has the least of their `tf`. The idf is Lucene's,
ln(1 + (N - n + 0.5) / (n + 0.5)), never negative, and one for all readings of a word.
"""

from math import log1p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Documents, Floats, PostingList, Postings


class Saturation(NamedTuple):
    """How a field's term frequencies count: `k1` bends them, `b` lets long texts pay."""

    k1: float
    b: float


SATURATION = {
    Field.TEXT: Saturation(0.65, 0.64),
    Field.FORM: Saturation(0.65, 0.64),
    Field.CODE: Saturation(0.75, 0.3),
}
"""Tuned on real tickets (docs/relevance.md); a code in a long text means as much as in a short."""


class Saturated:
    """The postings of a reading, each weighing weight / (weight + norm): above 0 and below 1.

    Whatever plans ask for all of them, they are worked out only once.
    """

    def __init__(self, postings: PostingList, norms: Floats) -> None:
        """Take postings as they weigh; `norms` are those of their field, shape (documents,)."""
        self.size = postings.size
        self.mark = postings.mark
        self._postings = postings
        self._norms = norms
        self._whole: Postings | None = None

    def read(self) -> Postings:
        """Return all postings."""
        if self._whole is None:
            documents, weights = self._postings.read()
            self._whole = Postings(documents, saturated(weights, self._norms.take(documents)))
        return self._whole

    def find(self, documents: Documents) -> tuple[NDArray[np.intp], Floats]:
        """Return which of these documents, which ascend, hold the reading, and the weights."""
        if self._whole is not None:
            rows, _, weights = self._whole.find(documents)
            return rows, weights
        rows, _, weights = self._postings.find(documents)
        return rows, saturated(weights, self._norms.take(documents[rows]))


class WeightedPostings(NamedTuple):
    """One reading of a word.

    worth  what it gives to a document at most: its weight, times the word's idf, times k1 + 1.
    """

    postings: Saturated
    worth: float


def idf(documents: int, matching: int) -> float:
    """Return the inverse document frequency in nats of a term in `matching` of `documents`.

    >>> round(idf(100, 1), 3), idf(100, 100) > 0
    (4.21, True)

    Raises ValueError if more documents match than there are.
    """
    if matching > documents:
        raise ValueError(f"{matching} of {documents} documents cannot hold a term")
    return log1p((documents - matching + 0.5) / (matching + 0.5))


def norms(lengths: Floats, average: float, saturation: Saturation) -> Floats:
    """Return what a document's length adds under the fraction, shape as `lengths`, above 0.

    lengths  tokens in each document; average  their mean over the collection, above 0.
    """
    found: Floats = np.multiply(lengths, saturation.k1 * saturation.b / average, dtype=np.float32)
    found += np.float32(saturation.k1 * (1 - saturation.b))
    return found


def saturated(weights: Floats, norms: Floats) -> Floats:
    """Return weight / (weight + norm) of some postings, above 0 and below 1; overwrites `norms`."""
    norms += weights
    np.divide(weights, norms, out=norms)
    return norms


def best(scores: NDArray[Any], ids: NDArray[np.int64], limit: int) -> NDArray[np.intp]:
    """Return where the best documents stand, the best first, ties by id, at most `limit`.

    scores  shape (n,); ids  shape (n,), distinct.
    """
    kept = np.arange(scores.size)
    if 0 < limit < scores.size:
        kept = np.flatnonzero(scores >= edge(scores, limit))
    return kept[np.lexsort((ids[kept], -scores[kept]))[:limit]]


def edge(scores: NDArray[Any], limit: int) -> Any:  # noqa: ANN401 - a number of the array's type
    """Return the `limit`-th best of the scores; there are as many at least."""
    return np.partition(scores, scores.size - limit)[scores.size - limit]
