"""Lists of postings as arrays of a segment file: how they are laid out, and read.

An array's name is what it holds, a slash, and the field that it belongs to:

    entries     uint32, one a list. Of a list with one posting: ALONE, its weight in tenths, its
                document. Of another: its number among those with several, the plain ones first,
                then the dense ones, which more than 1 document in 8 holds
    starts      uint32: where the postings of list l and block b begin, `starts[l * blocks + b]`;
                this and all that follows is of the lists with several
    documents   the lower 16 bits of document numbers, of plain lists; a block has 65,536
    bitmaps     of each dense list, `width` bytes with a bit for each document
    weights     bytes are tenths; 32-bit floats where these do not do
    shape       blocks, the number of plain lists, width
    places      positions, coded as in `engines/positions.py`, of all lists; and `place_starts`

Where weights are no tenths, all lists are plain.
"""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.disk.segment.strings import narrow
from kbsearch.inverted.array_file import Array, ArrayFile, ArrayFileDamaged
from kbsearch.inverted.posting_lists import (
    DensePostings,
    Mask,
    PackedPostings,
    PostingList,
    Postings,
)

Arrays = dict[str, Array | bytes]

_BLOCK_BITS = 16
_DOCUMENT_BITS = 23
_DOCUMENT = (1 << _DOCUMENT_BITS) - 1
_ALONE = 1 << 31
_HEAVIEST = 255
_TENTHS = np.float32(10)
_NO_PLACES = np.empty(0, np.uint8)
_PLACES_OF_POSTING = re.compile(rb"[^\x40-\x7f]*[\x40-\x7f]")
"""The bytes of a posting end with the first that has bit 7 clear and bit 6 set."""


class Lists(NamedTuple):
    """Lists of postings, one after the other.

    starts, documents, places and place_starts are as in `inverted.FieldPostings`.
    weights  (postings,): uint8, tenths; or float32.
    """

    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[np.uint8] | NDArray[np.float32]
    places: NDArray[np.uint8]
    place_starts: NDArray[np.int64]

    def some(self, chosen: Mask) -> "Lists":
        """Return some of the lists, without their places; `chosen` is of shape (lists,)."""
        counts = np.diff(self.starts)
        held = np.repeat(chosen, counts)
        starts = np.concatenate(([0], np.cumsum(counts[chosen])))
        return without_places(starts, self.documents[held], self.weights[held])


def without_places(
    starts: NDArray[np.int64],
    documents: NDArray[np.int32],
    weights: NDArray[np.uint8] | NDArray[np.float32],
) -> Lists:
    """Return lists of a field that has no positions."""
    return Lists(starts, documents, weights, _NO_PLACES, np.zeros_like(starts))


def in_units(tenths: Array) -> NDArray[np.float32]:
    """Return tenths as units, each the 32-bit float that is nearest."""
    return np.divide(tenths, _TENTHS, dtype=np.float32)


def list_arrays(field: str, lists: Lists) -> Arrays:
    """Return the arrays of some lists, one at least, each with a posting at least.

    Raises ValueError if there are more postings than one segment can have.
    """
    counts = np.diff(lists.starts)
    last = int(lists.documents.max())
    blocks, width = (last >> _BLOCK_BITS) + 1, (last >> 3) + 1
    pack = lists.weights.dtype == np.uint8 and last <= _DOCUMENT
    alone = (counts == 1) & pack
    dense = (counts > width) & ~alone & pack
    plain = ~alone & ~dense
    held = np.repeat(plain, counts)
    thick = np.repeat(dense, counts)
    documents = lists.documents[held]
    sizes = np.concatenate((counts[plain], counts[dense]))
    arrays: Arrays = {
        f"entries/{field}": _entries(lists, alone, plain, dense),
        f"starts/{field}": _cuts(documents, sizes, int(plain.sum()), blocks),
        f"documents/{field}": documents.astype(np.uint16),
        f"bitmaps/{field}": _bitmaps(lists.documents[thick], counts[dense], width),
        f"weights/{field}": np.concatenate((lists.weights[held], lists.weights[thick])),
        f"shape/{field}": np.array([blocks, np.count_nonzero(plain), width], np.int32),
    }
    if lists.places.size:
        arrays[f"places/{field}"] = lists.places
        arrays[f"place_starts/{field}"] = narrow(lists.place_starts)
    return arrays


def _entries(lists: Lists, alone: Mask, plain: Mask, dense: Mask) -> NDArray[np.uint32]:
    entries = np.empty(alone.size, np.uint32)
    single = lists.starts[:-1][alone]
    weights = lists.weights[single].astype(np.uint32) << _DOCUMENT_BITS
    entries[alone] = weights | lists.documents[single].astype(np.uint32) | np.uint32(_ALONE)
    numbers = np.arange(alone.size, dtype=np.uint32)
    plain_lists = np.count_nonzero(plain)
    entries[plain] = numbers[:plain_lists]
    entries[dense] = numbers[plain_lists:][: np.count_nonzero(dense)]
    return entries


def _cuts(
    documents: NDArray[np.int32], sizes: NDArray[np.int64], plain: int, blocks: int
) -> NDArray[np.uint32]:
    """Return where each block of each list begins; dense lists have no use for their blocks."""
    starts = np.concatenate(([0], np.cumsum(sizes)))
    cuts = np.repeat(starts[:-1], blocks).reshape(-1, blocks)
    for block in range(1, blocks):
        before = np.zeros(documents.size + 1, np.int32)
        np.cumsum(documents < block << _BLOCK_BITS, out=before[1:])
        cuts[:plain, block] += before[starts[1 : plain + 1]] - before[starts[:plain]]
    return narrow(np.append(cuts, starts[-1]))


def _bitmaps(
    documents: NDArray[np.int32], counts: NDArray[np.int64], width: int
) -> NDArray[np.uint8]:
    bitmaps = np.empty((counts.size, width), np.uint8)
    for bitmap, held in zip(bitmaps, np.split(documents, np.cumsum(counts)[:-1]), strict=False):
        bits = np.zeros(width * 8, np.bool_)
        bits[held] = True
        bitmap[:] = np.packbits(bits, bitorder="little")
    return bitmaps.reshape(-1)


class PostingLists:
    """The lists of one field, mapped; a list is named by its number."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        """Map them. Raises ArrayFileDamaged if an array is not there."""
        self._entries = file.array(f"entries/{field}")
        self._starts = file.array(f"starts/{field}")
        # Memoryviews hand out single numbers faster.
        self._entry, self._cut = self._entries.data, self._starts.data
        self._blocks, self._plain, self._width = file.array(f"shape/{field}").tolist()
        self._documents = file.array(f"documents/{field}")
        self._bitmaps = file.array(f"bitmaps/{field}")
        self._weights = file.array(f"weights/{field}")
        self._places, self._place_starts = _NO_PLACES, None
        if f"places/{field}" in file:
            self._places = file.array(f"places/{field}")
            self._place_starts = file.array(f"place_starts/{field}")

    def count(self, number: int) -> int:
        """Return how many documents are in a list."""
        entry: int = self._entry[number]
        if entry & _ALONE:
            return 1
        begin, end = self._range(entry)
        return end - begin

    def documents(self, number: int) -> NDArray[np.intp]:
        """Return the documents of a list, ascending."""
        entry: int = self._entry[number]
        if entry & _ALONE:
            return np.array([entry & _DOCUMENT], np.intp)
        if entry >= self._plain:
            return self._dense(entry)
        begin, end = self._range(entry)
        found = self._documents[begin:end].astype(np.intp)
        first = entry * self._blocks
        for block in range(1, self._blocks):
            found[self._cut[first + block] - begin :] += 1 << _BLOCK_BITS
        return found

    def weights(self, number: int) -> NDArray[np.float32]:
        """Return how much each posting of a list weighs."""
        entry: int = self._entry[number]
        if entry & _ALONE:
            return in_units(np.array([entry >> _DOCUMENT_BITS & _HEAVIEST]))
        begin, end = self._range(entry)
        found: NDArray[np.float32] = self._weights[begin:end]
        return in_units(found) if found.dtype == np.uint8 else found

    def postings(self, number: int) -> PostingList:
        """Return a list as it lies in the file; the weights of its field must be tenths."""
        entry: int = self._entry[number]
        if entry & _ALONE:
            return Postings(self.documents(number), self.weights(number))
        begin, end = self._range(entry)
        tenths = self._weights[begin:end]
        if entry >= self._plain:
            return DensePostings(self._bitmap(entry), tenths)
        first = entry * self._blocks
        cuts = [cut - begin for cut in self._cut[first : first + self._blocks + 1]]
        return PackedPostings(self._documents[begin:end], cuts, tenths)

    def places(self, number: int) -> NDArray[np.uint8]:
        """Return the coded positions of a list, empty where the field has none."""
        if self._place_starts is None:
            return self._places
        return self._places[self._place_starts[number] : self._place_starts[number + 1]]

    def place_start(self, number: int) -> int:
        """Return where the coded positions of a list begin among those of all."""
        return 0 if self._place_starts is None else int(self._place_starts[number])

    def values(self, number: int) -> list[bytes]:
        """Return what is kept with each posting of a list."""
        if self._place_starts is not None:
            return _PLACES_OF_POSTING.findall(bytes(self.places(number)))
        return [b""] * self.count(number)

    def all(self) -> Lists:
        """Return all lists, whose weights must be tenths."""
        alone = self._entries >= _ALONE
        dense = (self._entries >= self._plain) & ~alone
        sizes = np.diff(self._starts[:: self._blocks].astype(np.int64))
        counts = np.ones(alone.size, np.int64)
        counts[~alone] = sizes[self._entries[~alone]]
        starts = np.concatenate(([0], np.cumsum(counts)))
        single, thick = np.repeat(alone, counts), np.repeat(dense, counts)
        plain = ~single & ~thick
        held = int(np.count_nonzero(plain))
        documents = np.empty(starts[-1], np.int32)
        documents[single] = self._entries[alone] & _DOCUMENT
        documents[plain] = self._all_plain()
        weights = np.empty(starts[-1], np.uint8)
        weights[single] = self._entries[alone] >> _DOCUMENT_BITS & _HEAVIEST
        weights[plain], weights[thick] = self._weights[:held], self._weights[held:]
        if dense.any():
            documents[thick] = np.concatenate([self._dense(one) for one in self._entries[dense]])
        place_starts = np.zeros_like(starts)
        if self._place_starts is not None:
            place_starts += self._place_starts
        return Lists(starts, documents, weights, self._places, place_starts)

    def _range(self, entry: int) -> tuple[int, int]:
        first = entry * self._blocks
        begin, end = self._cut[first], self._cut[first + self._blocks]
        if not begin <= end <= self._weights.size:
            raise ArrayFileDamaged("a list of postings lies outside of it")
        return begin, end

    def _dense(self, entry: int) -> NDArray[np.intp]:
        bits = np.unpackbits(self._bitmap(entry), bitorder="little")
        return np.flatnonzero(bits.view(np.bool_))

    def _bitmap(self, entry: int) -> NDArray[np.uint8]:
        begin = (int(entry) - self._plain) * self._width
        return self._bitmaps[begin : begin + self._width]

    def _all_plain(self) -> NDArray[np.int32]:
        """Return the documents of all plain lists."""
        cuts = self._starts[: self._plain * self._blocks + 1].astype(np.int64)
        blocks = np.resize(np.arange(self._blocks, dtype=np.int32), cuts.size - 1)
        return np.repeat(blocks << _BLOCK_BITS, np.diff(cuts)) + self._documents
