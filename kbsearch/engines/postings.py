"""Which documents hold a term, and how much it weighs in each."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.intp]
Mask = NDArray[np.bool_]


class PostingList(Protocol):
    """Postings that may lie packed until all or some of them are read."""

    @property
    def size(self) -> int:
        """How many documents hold the term."""

    def read(self) -> "Postings":
        """Return all postings."""

    def among(self, documents: Documents) -> "Postings":
        """Return the postings of these documents only; they come in ascending order."""

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""

    def mark(self, mask: Mask) -> None:
        """Set a mask, shape (documents,), where a document holds the term."""


class Postings(NamedTuple):
    """Postings that were read.

    documents  shape (n,), ascending: numbers of documents.
    weights    shape (n,), above 0: term frequencies, weighted by section.
    """

    documents: Documents
    weights: NDArray[np.float32]

    @property
    def size(self) -> int:
        """How many documents hold the term."""
        return self.documents.size

    def read(self) -> "Postings":
        """Return all postings."""
        return self

    def among(self, documents: Documents) -> "Postings":
        """Return the postings of these documents only."""
        if not self.documents.size:
            return self
        places = self.documents.searchsorted(documents)
        hits = (self.documents.take(places, mode="clip") == documents).nonzero()[0]
        return Postings(documents[hits], self.weights[places[hits]])

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""
        return int(np.count_nonzero(mask[self.documents]))

    def mark(self, mask: Mask) -> None:
        """Set a mask where a document holds the term."""
        mask[self.documents] = True


NOTHING = Postings(np.empty(0, np.intp), np.empty(0, np.float32))


class DensePostings:
    """The postings of a common term: one bit a document, and the weights in tenths."""

    def __init__(self, bits: NDArray[np.uint8], tenths: NDArray[np.uint8]) -> None:
        """Take packed bits, the lowest of a byte first, and a weight for each that is set."""
        self._bits = bits
        self._tenths = tenths

    @property
    def size(self) -> int:
        """How many documents hold the term."""
        return self._tenths.size

    def read(self) -> Postings:
        """Return all postings."""
        # numpy goes from hit to hit where fewer than 1 in 10 are set, which takes three times as
        # long as looking at all: so more are set behind the end.
        documents = self._bits.size * 8
        mask = np.ones(documents + documents // 8, np.uint8)
        mask[:documents] = np.unpackbits(self._bits, bitorder="little")
        held = np.flatnonzero(mask.view(np.bool_))[: self._tenths.size]
        return Postings(held, _units(self._tenths))

    def among(self, documents: Documents) -> Postings:
        """Return the postings of these documents only."""
        inside = documents[: documents.searchsorted(self._bits.size * 8)]
        byte = inside >> 3
        from_it_on = self._bits[byte] >> (inside & 7).astype(np.uint8)
        hits = (from_it_on & 1).nonzero()[0]
        through_byte = np.bitwise_count(self._bits).cumsum(dtype=np.intp)
        places = through_byte[byte[hits]] - np.bitwise_count(from_it_on[hits])
        return Postings(inside[hits], _units(self._tenths[places]))

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""
        held = self._unpacked(mask.size)
        return int(np.count_nonzero(mask[: held.size] & held))

    def mark(self, mask: Mask) -> None:
        """Set a mask where a document holds the term."""
        held = self._unpacked(mask.size)
        mask[: held.size] |= held

    def _unpacked(self, most: int) -> Mask:
        return np.unpackbits(self._bits, bitorder="little")[:most].view(np.bool_)


class Run(NamedTuple):
    """The postings of one segment, whose documents are numbered from `start` to `end`."""

    start: int
    end: int
    postings: PostingList


class JoinedPostings:
    """The postings of several segments whose documents are numbered through."""

    def __init__(self, runs: Sequence[Run]) -> None:
        """Join runs, one at least, in ascending order."""
        self._runs = runs
        self.size = sum(run.postings.size for run in runs)

    def read(self) -> Postings:
        """Return all postings."""
        return _joined([(run.start, run.postings.read()) for run in self._runs])

    def among(self, documents: Documents) -> Postings:
        """Return the postings of these documents only."""
        found = []
        for start, end, postings in self._runs:
            first, last = documents.searchsorted((start, end))
            found.append((start, postings.among(documents[first:last] - start)))
        return _joined(found)

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""
        return sum(postings.count(mask[start:end]) for start, end, postings in self._runs)

    def mark(self, mask: Mask) -> None:
        """Set a mask where a document holds the term."""
        for start, end, postings in self._runs:
            postings.mark(mask[start:end])


def intersect(found: Sequence[PostingList]) -> Postings:
    """Return the postings of several terms that stand for one word together, none of none.

    A document must hold them all; its weight is the least of theirs.
    """
    if not found:
        return NOTHING
    first, *others = sorted(found, key=lambda postings: postings.size)
    rarest = first.read()
    for other in others:
        held = other.among(rarest.documents)
        both = rarest.among(held.documents)
        rarest = Postings(held.documents, np.minimum(held.weights, both.weights))
    return rarest


def _joined(found: Sequence[tuple[int, Postings]]) -> Postings:
    return Postings(
        np.concatenate([documents + start for start, (documents, _) in found]),
        np.concatenate([weights for _, (_, weights) in found]),
    )


def _units(tenths: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.divide(tenths, np.float32(10), dtype=np.float32)
