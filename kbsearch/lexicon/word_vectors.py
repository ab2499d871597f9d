"""Which words are used alike, learnt from the tickets themselves.

Words that mean alike stand among the same words (Harris 1954). How much more often than by chance
two terms stand in one ticket is their positive pointwise mutual information, with the chance of the
context smoothed by the power of 0.75; its symmetric matrix is reduced to a hundred dimensions whose
weights are the roots of the eigenvalues (Levy, Goldberg & Dagan 2015, "Improving distributional
similarity with lessons learned from word embeddings"), which a few steps with a random subspace
find (Halko, Martinsson & Tropp 2011). Terms whose vectors point the same way are used alike.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.documents import InvertedDocuments
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Floats

RELATED = 2
"""Terms that are told of each: more make nothing better (docs/decisions.md)."""
LEAST_HELD = 20
"""Documents that must hold a term before they tell how it is used."""
_ALIKE = 0.6
"""The cosine from which on terms are used alike."""
_EVERYWHERE = 0.2
"""The part of the documents from which on a term tells nothing about the others."""
_MOST_TERMS = 4_000
_MOST_SAMPLED = 30_000
"""Documents of a segment that are looked at; twice as many tell no more."""
_DIMENSIONS = 100
_SPARE_DIMENSIONS = 20
_STEPS = 4
_SMOOTHING = 0.75
_BLOCK = 2048
_NONE = np.empty(0, np.int32)


class Sample(NamedTuple):
    """Some documents of a segment, numbered from 0, and where the terms of the text stand.

    held  for each term the documents that hold it, ascending; terms that few hold are left out.
    """

    documents: int
    held: Mapping[str, NDArray[np.int32]]


class NearestWords(NamedTuple):
    """Terms, and which others are used like each.

    places    (terms, RELATED): where among the terms they stand, the most alike first; -1 for none.
    likeness  the same shape, 0 to 1: the cosine.
    """

    terms: list[str]
    places: NDArray[np.intp]
    likeness: Floats


def sampled(terms: Iterable[tuple[str, NDArray[np.int32]]], documents: int) -> Sample:
    """Return some documents from everywhere in a segment of so many, all of a small one.

    terms  each with the documents that hold it, ascending.
    """
    step = max(1, -(-documents // _MOST_SAMPLED))
    held = {term: numbers[numbers % step == 0] // step for term, numbers in terms}
    return Sample(-(-documents // step), held)


def sample_of(inverted: InvertedDocuments) -> Sample:
    """Return some of the documents that make a segment."""
    postings = inverted.fields[Field.TEXT]
    held = (postings.starts[1:] - postings.starts[:-1] >= LEAST_HELD).nonzero()[0].tolist()
    terms = (
        (
            postings.terms[number].decode(),
            postings.documents[postings.starts[number] : postings.starts[number + 1]],
        )
        for number in held
    )
    return sampled(terms, inverted.ids.size)


def nearest_words(samples: Sequence[Sample], among: Collection[str]) -> NearestWords:
    """Return which of the terms `among` are used alike; nothing where there are too few."""
    terms = _telling(samples, among)
    if len(terms) <= RELATED:
        return NearestWords([], np.empty((0, RELATED), np.intp), np.empty((0, RELATED), np.float32))
    vectors = _vectors(_information(_together(samples, terms)))
    return NearestWords(terms, *_nearest(vectors))


def _telling(samples: Sequence[Sample], among: Collection[str]) -> list[str]:
    """Return the most frequent of the terms that tell anything, in no order that matters."""
    most = _EVERYWHERE * sum(sample.documents for sample in samples)
    counts = {term: sum(sample.held.get(term, _NONE).size for sample in samples) for term in among}
    telling = [(-count, term) for term, count in counts.items() if LEAST_HELD <= count < most]
    return [term for _, term in sorted(telling)[:_MOST_TERMS]]


def _together(samples: Iterable[Sample], terms: Sequence[str]) -> Floats:
    """Return in how many documents each two terms stand, a long document counting no more.

    Returns  (terms, terms), symmetric, 0 from a term to itself.
    """
    found = np.zeros((len(terms), len(terms)), np.float32)
    for sample in samples:
        lists = [sample.held.get(term, _NONE) for term in terms]
        documents = np.concatenate(lists)
        columns = np.arange(len(terms)).repeat([one.size for one in lists])
        order = documents.argsort(kind="stable")
        documents, columns = documents[order], columns[order]
        for start in range(0, sample.documents, _BLOCK):
            first, last = documents.searchsorted((start, start + _BLOCK))
            block = np.zeros((_BLOCK, len(terms)), np.float32)
            block[documents[first:last] - start, columns[first:last]] = 1
            block /= np.sqrt(np.maximum(block.sum(axis=1, keepdims=True), 1))
            found += block.T @ block
    np.fill_diagonal(found, 0)
    return found


def _information(together: Floats) -> Floats:
    """Return the positive pointwise mutual information, in nats; overwrites `together`."""
    sums = np.maximum(together.sum(axis=1), np.finfo(np.float32).tiny)
    contexts = sums**_SMOOTHING
    together /= sums[:, None]
    together /= contexts / contexts.sum()
    np.maximum(together, 1, out=together)
    np.log(together, out=together)
    together += together.T.copy()
    together /= 2
    return together


def _vectors(symmetric: Floats) -> Floats:
    """Return a vector of length 1 for each row, of the largest eigenvalues; 0 for a row of 0."""
    size = symmetric.shape[0]
    drawn = np.random.default_rng(0).standard_normal((size, _DIMENSIONS + _SPARE_DIMENSIONS))
    basis = drawn[:, :size].astype(np.float32)
    for _ in range(_STEPS):
        basis = np.linalg.qr(symmetric @ basis).Q
    values, axes = np.linalg.eigh(basis.T @ symmetric @ basis)
    largest = np.argsort(-np.abs(values))[:_DIMENSIONS]
    vectors = basis @ axes[:, largest] * np.sqrt(np.abs(values[largest]))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Floats = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return found


def _nearest(vectors: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return for each vector which others point its way, and how much, see `NearestWords`."""
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, 0)
    first = np.argpartition(-cosines, RELATED, axis=1)[:, :RELATED]
    given = np.take_along_axis(cosines, first, axis=1)
    order = np.argsort(-given, axis=1, kind="stable")
    first, given = np.take_along_axis(first, order, 1), np.take_along_axis(given, order, 1)
    return np.where(given >= _ALIKE, first, -1), np.where(given >= _ALIKE, given, 0).clip(0, 1)
