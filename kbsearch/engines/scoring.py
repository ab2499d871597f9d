"""Score whole arrays of postings: BM25F by the best reading of each word.

Pure: arrays in, arrays out. The formula is BM25 (Robertson & Zaragoza 2009) over term
frequencies in which the weights of the fields are already folded; the idf is Lucene's,
ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import Field

Floats = NDArray[np.float32]
Documents = NDArray[np.int32]
Mask = NDArray[np.bool_]


class Saturation(NamedTuple):
    """How a field's term frequencies count: `k1` bends them, `b` lets long texts pay."""

    k1: float
    b: float


SATURATION = {
    Field.TEXT: Saturation(0.8, 0.7),
    Field.SOUND: Saturation(0.8, 0.7),
    Field.CODE: Saturation(0.8, 0.3),
}
"""Tuned on real tickets (docs/relevance.md); a code in a long text means as much as in a short."""


class Postings(NamedTuple):
    """The documents that hold a term.

    documents  shape (n,), ascending: numbers within one segment.
    weights    shape (n,), above 0: term frequencies, weighted by field.
    """

    documents: Documents
    weights: Floats


NOTHING = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


class WeightedPostings(NamedTuple):
    """One reading of a word in one segment: its postings, its worth, and its field's norms."""

    postings: Postings
    weight: float
    norms: Floats


def idf(documents: int, matching: int) -> float:
    """Return the inverse document frequency in nats of a term in `matching` of `documents`.

    >>> round(idf(100, 1), 3), idf(100, 100) > 0
    (4.21, True)
    """
    return float(np.log1p((documents - matching + 0.5) / (matching + 0.5)))


def norms(lengths: Floats, average: float, saturation: Saturation) -> Floats:
    """Return what a document's length adds under the fraction, shape as `lengths`.

    lengths  tokens in each document; average  their mean over the collection, above 0.
    """
    found: Floats = np.multiply(lengths, saturation.k1 * saturation.b / average, dtype=np.float32)
    found += np.float32(saturation.k1 * (1 - saturation.b))
    return found


def saturate(postings: Postings, norms: Floats, k1: float) -> Floats:
    """Return what one term gives to each of its documents, before its idf: 0 to k1 + 1."""
    weights = postings.weights
    found: Floats = weights * np.float32(k1 + 1) / (weights + norms[postings.documents])
    return found


def add_word(scores: Floats, readings: Sequence[WeightedPostings], idf: float, k1: float) -> None:
    """Add to `scores`, in place, what the best reading of one word gives to each document."""
    if len(readings) == 1:
        only = readings[0]
        gain = saturate(only.postings, only.norms, k1)
        gain *= np.float32(only.weight * idf)
        scores[only.postings.documents] += gain
        return
    best = np.zeros_like(scores)
    for reading in readings:
        documents = reading.postings.documents
        gain = saturate(reading.postings, reading.norms, k1)
        gain *= np.float32(reading.weight * idf)
        best[documents] = np.maximum(best[documents], gain)
    scores += best


def intersect(found: Sequence[Postings]) -> Postings:
    """Return the postings of several terms that stand for one word together.

    A document must hold them all; its weight is the least of theirs.
    """
    documents, weights = found[0]
    for other in found[1:]:
        documents, left, right = np.intersect1d(
            documents, other.documents, assume_unique=True, return_indices=True
        )
        weights = np.minimum(weights[left], other.weights[right])
    return Postings(documents, weights)


def among(postings: Postings, documents: Documents) -> Postings:
    """Return the postings of these documents only."""
    kept = np.isin(postings.documents, documents)
    return Postings(postings.documents[kept], postings.weights[kept])


def best(scores: Floats, ids: NDArray[np.int64], limit: int) -> tuple[NDArray[np.int64], Floats]:
    """Return the ids and scores of the best documents, ties by id, at most `limit`.

    scores  shape (n,); ids  shape (n,), distinct.
    """
    if 0 < limit < scores.size:
        edge = np.partition(scores, scores.size - limit)[scores.size - limit]
        kept = np.flatnonzero(scores >= edge)
        scores, ids = scores[kept], ids[kept]
    order = np.lexsort((ids, -scores))[:limit]
    return ids[order], scores[order]
