"""Which documents hold a term, and how much it weighs in each."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.intp]
Chosen = Sequence[tuple[str, NDArray[np.intp]]]
"""Some terms, each with the places of some of its postings in its list, ascending."""
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]


class PostingList(Protocol):
    """Postings that may lie packed until all or some of them are read."""

    @property
    def size(self) -> int:
        """How many documents hold the term."""

    def read(self) -> "Postings":
        """Return all postings."""

    def find(self, documents: Documents) -> "Hits":
        """Return which of these documents, which ascend, hold the term."""

    def at(self, places: NDArray[np.intp]) -> Documents:
        """Return the documents at these places of the list; they ascend."""

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""

    def mark(self, mask: Mask) -> None:
        """Set a mask, shape (documents,), where a document holds the term."""


class Hits(NamedTuple):
    """Those of some documents that hold a term.

    rows     intp, (hits,), ascending: their places among the documents.
    numbers  intp, (hits,): the places of their postings in the list.
    weights  float32, (hits,).
    """

    rows: NDArray[np.intp]
    numbers: NDArray[np.intp]
    weights: NDArray[np.float32]


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

    def find(self, documents: Documents) -> Hits:
        """Return which of these documents hold the term."""
        if not self.documents.size:
            return NO_HITS
        places = self.documents.searchsorted(documents)
        rows = (self.documents.take(places, mode="clip") == documents).nonzero()[0]
        if not rows.size:
            return NO_HITS
        numbers = places[rows]
        return Hits(rows, numbers, self.weights[numbers])

    def at(self, places: NDArray[np.intp]) -> Documents:
        """Return the documents at these places of the list."""
        return self.documents[places]

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""
        return int(np.count_nonzero(mask[self.documents]))

    def mark(self, mask: Mask) -> None:
        """Set a mask where a document holds the term."""
        mask[self.documents] = True


_NTH_BIT = np.argsort(
    np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little") ^ 1,
    axis=1,
    kind="stable",
)
"""Shape (256, 8): where the bits stand that are set in a byte, then the others."""
_LOWEST = np.uint64(1)
_TENTHS = np.float32(10)
_FEW = 1_024
"""Documents that are sought in a list that was unpacked in a third of the time."""
BLOCK = 1 << 16
"""Documents that 16 bits tell apart."""
NOTHING = Postings(np.empty(0, np.intp), np.empty(0, np.float32))
NO_HITS = Hits(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float32))


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
        # long as looking at all: so more are set after the end.
        documents = self._bits.size * 8
        mask = np.ones(documents + documents // 8, np.uint8)
        mask[:documents] = np.unpackbits(self._bits, bitorder="little")
        held, size = np.flatnonzero(mask.view(np.bool_)), self._tenths.size
        if held.searchsorted(documents) != size:
            raise ValueError(f"there is not one bit for each of {size} weights")
        return Postings(held[:size], _units(self._tenths))

    def find(self, documents: Documents) -> Hits:
        """Return which of these documents hold the term."""
        words, through_word = self._words
        inside = documents[: documents.searchsorted(words.size * 64)]
        word = inside >> 6
        from_it_on = words[word] >> (inside & 63).astype(np.uint64)
        rows = (from_it_on & _LOWEST).nonzero()[0]
        numbers = through_word[word[rows]] - np.bitwise_count(from_it_on[rows])
        return Hits(rows, numbers, _units(self._tenths[numbers]))

    @cached_property
    def _words(self) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        """The bits, 64 in each, and how many are set up to the end of each."""
        words = np.zeros(-(-self._bits.size // 8), "<u8")
        words.view(np.uint8)[: self._bits.size] = self._bits
        return words, np.bitwise_count(words).cumsum(dtype=np.intp)

    def at(self, places: NDArray[np.intp]) -> Documents:
        """Return the documents at these places of the list."""
        counts = np.bitwise_count(self._bits)
        through_byte = counts.cumsum(dtype=np.intp)
        byte = through_byte.searchsorted(places, side="right")
        before = through_byte[byte] - counts[byte]
        documents: Documents = byte << 3 | _NTH_BIT[self._bits[byte], places - before]
        return documents

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


class PackedPostings:
    """The postings of a word that is neither rare nor common: 16 bits a document, and tenths."""

    def __init__(
        self, low: NDArray[np.uint16], cuts: Sequence[int], tenths: NDArray[np.uint8]
    ) -> None:
        """Take the lower halves of document numbers, and a weight for each.

        cuts  where the documents from 0, from 65,536, ... on begin, and where the last end.
        """
        self._low = low
        self._cuts = cuts
        self._tenths = tenths
        self._whole: Postings | None = None

    def afresh(self) -> "PackedPostings":
        """Return the same list, of which nothing is unpacked."""
        return PackedPostings(self._low, self._cuts, self._tenths)

    @property
    def size(self) -> int:
        """How many documents hold the term."""
        return self._tenths.size

    def read(self) -> Postings:
        """Return all postings; they are unpacked only once."""
        if self._whole is None:
            self._whole = self._unpack()
        return self._whole

    def _unpack(self) -> Postings:
        documents = self._low.astype(np.intp)
        for cut in self._cuts[1:-1]:
            documents[cut:] += BLOCK
        return Postings(documents, _units(self._tenths))

    def find(self, documents: Documents) -> Hits:
        """Return which of these documents hold the term."""
        if self._whole is not None and documents.size <= _FEW:
            return self._whole.find(documents)
        edges = documents.searchsorted(np.arange(0, len(self._cuts) * BLOCK, BLOCK)).tolist()
        wanted = documents[: edges[-1]].astype(np.uint16)  # the lower halves
        numbers = np.empty(wanted.size, np.intp)
        for (first, last), (begin, end) in zip(pairwise(edges), pairwise(self._cuts), strict=True):
            if first < last:
                numbers[first:last] = self._low[begin:end].searchsorted(wanted[first:last])
                numbers[first:last] += begin
        rows = (self._low.take(numbers, mode="clip") == wanted).nonzero()[0]
        numbers = numbers[rows]
        # After the last of a block stands the first of the next, whose lower half may be the same.
        inside = numbers < np.array(self._cuts[1:])[documents[rows] // BLOCK]
        rows, numbers = rows[inside], numbers[inside]
        return Hits(rows, numbers, _units(self._tenths[numbers]))

    def at(self, places: NDArray[np.intp]) -> Documents:
        """Return the documents at these places of the list."""
        documents = self._low[places].astype(np.intp)
        for first in places.searchsorted(self._cuts[1:-1]).tolist():
            documents[first:] += BLOCK
        return documents

    def count(self, mask: Mask) -> int:
        """Return in how many of the documents that a mask has it stands."""
        return self.read().count(mask)

    def mark(self, mask: Mask) -> None:
        """Set a mask where a document holds the term."""
        for block, (first, last) in enumerate(pairwise(self._cuts)):
            mask[block * BLOCK : (block + 1) * BLOCK][self._low[first:last].astype(np.intp)] = True


class PostingRun(NamedTuple):
    """The postings of one segment, whose documents are numbered from `start` to `end`."""

    start: int
    end: int
    postings: PostingList


class JoinedPostings:
    """The postings of several segments whose documents are numbered through."""

    def __init__(self, runs: Sequence[PostingRun]) -> None:
        """Join runs, one at least, in ascending order."""
        self._runs = runs
        self.size = sum(run.postings.size for run in runs)

    def read(self) -> Postings:
        """Return all postings."""
        return _joined([(run.start, run.postings.read()) for run in self._runs])

    def find(self, documents: Documents) -> Hits:
        """Return which of these documents hold the term."""
        found, before = [], 0
        for start, end, postings in self._runs:
            first, last = documents.searchsorted((start, end))
            rows, numbers, weights = postings.find(documents[first:last] - start)
            found.append(Hits(rows + first, numbers + before, weights))
            before += postings.size
        return _joined_hits(found)

    def at(self, places: NDArray[np.intp]) -> Documents:
        """Return the documents at these places of the list."""
        found, before = [], 0
        for start, _, postings in self._runs:
            first, last = places.searchsorted((before, before + postings.size))
            found.append(postings.at(places[first:last] - before) + start)
            before += postings.size
        return np.concatenate(found)

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
        rows, _, weights = other.find(rarest.documents)
        rarest = Postings(rarest.documents[rows], np.minimum(weights, rarest.weights[rows]))
    return rarest


def _joined_hits(found: Sequence[Hits]) -> Hits:
    if len(found) == 1:
        return found[0]
    return Hits(*map(np.concatenate, zip(*found, strict=True))) if found else NO_HITS


def _joined(found: Sequence[tuple[int, Postings]]) -> Postings:
    return Postings(
        np.concatenate([documents + start for start, (documents, _) in found]),
        np.concatenate([weights for _, (_, weights) in found]),
    )


def _units(tenths: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.divide(tenths, _TENTHS)
