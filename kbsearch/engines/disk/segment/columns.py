"""Columns of a segment: whole numbers, and bytes that are one of some values or list several.

numbers   the values of a column of whole numbers
codes     of a column of bytes: the number of each document's value in `value_...`, a `Strings`
entry_... of a column whose values are lists: the distinct entries of all, ascending, a `Strings`;
          those documents that list entry e, ascending, are `listing` from `listing_starts[e]` on
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.engines.disk.segment.strings import Strings, offsets, string_arrays
from kbsearch.engines.indexing.document import LISTS, TAG_SEPARATOR
from kbsearch.inverted.array_file import Array, ArrayFile
from kbsearch.inverted.posting_lists import Mask

_SEPARATOR = TAG_SEPARATOR.encode()


def coded_arrays(name: str, values: Sequence[bytes]) -> Arrays:
    """Return a column of bytes: its distinct values, ascending, and which of them each has."""
    distinct = sorted(set(values))
    code_of = {value: code for code, value in enumerate(distinct)}
    codes = np.fromiter(map(code_of.__getitem__, values), np.int64, len(values))
    arrays: Arrays = {f"codes/{name}": least(codes), **string_arrays("value", name, distinct)}
    return arrays | _listing_arrays(name, values) if name in LISTS else arrays


def _listing_arrays(name: str, values: Sequence[bytes]) -> Arrays:
    listing: defaultdict[bytes, list[int]] = defaultdict(list)
    for document, value in enumerate(values):
        for entry in set(value.split(_SEPARATOR)):
            listing[entry].append(document)
    listing.pop(b"", None)
    entries = sorted(listing)
    sizes = np.fromiter((len(listing[entry]) for entry in entries), np.int64, len(entries))
    documents = chain.from_iterable(listing[entry] for entry in entries)
    return {
        **string_arrays("entry", name, entries),
        f"listing_starts/{name}": offsets(sizes),
        f"listing/{name}": least(np.fromiter(documents, np.int64)),
    }


def least(numbers: Array) -> Array:
    """Return whole numbers in the smallest kind of array that holds them all."""
    if not numbers.size or numbers.min() < 0:
        return numbers
    return numbers.astype(np.min_scalar_type(numbers.max()))


class CodedColumn:
    """A column of bytes: the value of each document, and the documents of a value."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Map it. Raises ArrayFileDamaged if it is not there."""
        self._codes = file.array(f"codes/{name}")
        self._values = Strings(file, "value", name)

    def __len__(self) -> int:
        return self._codes.size

    def __getitem__(self, document: int) -> bytes:
        return self._values[self._codes[document]]

    def __iter__(self) -> Iterator[bytes]:
        values = list(self._values)
        return map(values.__getitem__, self._codes.tolist())

    def any_of(self, values: Iterable[bytes]) -> Mask:
        """Return which documents have one of these values."""
        return np.isin(self._codes, [self._values.find(value) for value in values])


class Entries:
    """The entries of a column whose values are lists, each with the documents that list it."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Map them. Raises ArrayFileDamaged if they are not there."""
        self._entries = Strings(file, "entry", name)
        self._starts = file.array(f"listing_starts/{name}").data
        self._listing = file.array(f"listing/{name}")

    def listing(self, entry: bytes) -> Array:
        """Return the documents that list an entry, ascending."""
        number = self._entries.find(entry)
        if number < 0:
            return self._listing[:0]
        return self._listing[self._starts[number] : self._starts[number + 1]]

    def keep_listing(self, allowed: Mask, entries: Iterable[bytes]) -> None:
        """Take those documents out of a mask that do not list all of these entries."""
        for entry in entries:
            documents = self.listing(entry)
            listing = allowed[documents]
            allowed[:] = False
            if not documents.size:
                return
            allowed[documents] = listing
