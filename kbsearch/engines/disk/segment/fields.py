"""The fields of a segment: their terms, and the lists of postings to which these lead.

    term_...   the terms of a field as UTF-8, ascending: a `HashedStrings`; list t is of term t

Every code is a term of the text too, nearly always with the same postings. So the field of codes
has no terms of its own, and lists only where they differ:

    shared     a bit for each term of the text: whether it is one of the codes, too
    apart      the numbers of those terms, ascending, whose lists differ; list n is of apart[n]
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.disk.segment.postings import (
    Arrays,
    Lists,
    PostingLists,
    list_arrays,
    without_places,
)
from kbsearch.engines.disk.segment.strings import HashedStrings, hashed_string_arrays
from kbsearch.inverted.array_file import ArrayFile
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Mask

_PART, _WHOLE = Field.CODE.value, Field.TEXT.value


class FieldLists(NamedTuple):
    """The terms of a field, ascending, and the list of each."""

    terms: list[bytes]
    lists: Lists

    @property
    def is_plain(self) -> bool:
        """Whether its postings have a weight in tenths, positions perhaps, and nothing else."""
        return self.lists.weights.dtype == np.uint8


class FoundList(NamedTuple):
    """The list of a term, by its number among others.

    bare  nothing is kept with its postings, whatever another field keeps with them.
    """

    lists: PostingLists
    number: int
    bare: bool = False

    def values(self) -> list[bytes]:
        """Return what is kept with each posting."""
        if self.bare:
            return [b""] * self.lists.count(self.number)
        return self.lists.values(self.number)


def field_arrays(fields: Mapping[str, FieldLists]) -> Arrays:
    """Return the arrays of some fields; one without terms has none.

    Raises ValueError if there are more postings than one segment can have.
    """
    arrays: Arrays = {}
    for name, field in fields.items():
        if not field.terms:
            continue
        if name == _PART and _WHOLE in fields and _can_share(field, fields[_WHOLE]):
            arrays |= _shared_arrays(field, fields[_WHOLE])
            continue
        arrays |= hashed_string_arrays("term", name, field.terms)
        arrays |= list_arrays(name, field.lists)
    return arrays


def opened_fields(file: ArrayFile) -> dict[str, "FieldArrays"]:
    """Return the fields of a file by their names, in order; one without terms is not there."""
    names = (name.partition("/") for name in file.names)
    own = {field: OwnTerms(file, field) for kind, _, field in names if kind == "term_bytes"}
    fields: dict[str, FieldArrays] = dict(own)
    if f"shared/{_PART}" in file:
        fields[_PART] = SharedTerms(file, own[_WHOLE])
    return dict(sorted(fields.items()))


class OwnTerms:
    """A field with terms and lists of its own."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        """Map it. Raises ArrayFileDamaged if an array is not there."""
        self.terms = HashedStrings(file, "term", field)
        self.lists = PostingLists(file, field)

    def find(self, term: bytes) -> FoundList | None:
        """Return the list of a term, None if there is no such term."""
        number = self.terms.find(term)
        return None if number < 0 else FoundList(self.lists, number)

    def between(self, first: bytes, end: bytes) -> Iterator[bytes]:
        """Yield the terms from `first` on that are below `end`, ascending."""
        numbers = range(*(bisect_left(self.terms, bound) for bound in (first, end)))
        return map(self.terms.__getitem__, numbers)

    def ending(self, suffix: bytes) -> Iterator[bytes]:
        """Yield the terms that end so, ascending; all terms are looked at."""
        return map(self.terms.__getitem__, self.terms.ending(suffix))

    def all(self) -> FieldLists:
        """Return all terms with their lists; they must be plain."""
        return FieldLists(list(self.terms), self.lists.all())


class SharedTerms:
    """The field of codes: its terms are some of those of the text."""

    def __init__(self, file: ArrayFile, whole: OwnTerms) -> None:
        """Map it; `whole` is the text. Raises ArrayFileDamaged if an array is not there."""
        self._file = file
        self._whole = whole
        self._shared = file.array(f"shared/{_PART}").data
        self._apart = file.array(f"apart/{_PART}")

    @cached_property
    def terms(self) -> "PickedStrings":
        """The terms, ascending."""
        return PickedStrings(self._whole.terms, np.flatnonzero(self._mask()))

    def find(self, term: bytes) -> FoundList | None:
        """Return the list of a term, None if there is no such term."""
        number = self._whole.terms.find(term)
        if number < 0 or not self._has(number):
            return None
        place = bisect_left(self._apart.data, number)
        if place < self._apart.size and self._apart[place] == number:
            return FoundList(self._own, place)
        return FoundList(self._whole.lists, number, bare=True)

    def between(self, first: bytes, end: bytes) -> Iterator[bytes]:
        """Yield the terms from `first` on that are below `end`, ascending."""
        numbers = range(*(bisect_left(self._whole.terms, bound) for bound in (first, end)))
        return (self._whole.terms[number] for number in numbers if self._has(number))

    def ending(self, suffix: bytes) -> Iterator[bytes]:
        """Yield the terms that end so, ascending; all terms are looked at."""
        terms = self._whole.terms
        return (terms[number] for number in terms.ending(suffix) if self._has(number))

    def all(self) -> FieldLists:
        """Return all terms with their lists."""
        whole = self._whole.all().lists
        shared, apart = self._mask(), np.zeros(len(self._whole.terms), np.bool_)
        apart[self._apart] = True
        own = self._own.all() if self._apart.size else whole.some(apart)
        counts = np.diff(whole.starts)
        kept = np.repeat(shared & ~apart, counts)
        counts[apart] = np.diff(own.starts)
        replaced = np.repeat(apart[shared], counts[shared])
        documents = np.empty(replaced.size, np.int32)
        documents[replaced], documents[~replaced] = own.documents, whole.documents[kept]
        weights = np.empty(replaced.size, np.uint8)
        weights[replaced], weights[~replaced] = own.weights, whole.weights[kept]
        starts = np.concatenate(([0], np.cumsum(counts[shared])))
        return FieldLists(list(self.terms), without_places(starts, documents, weights))

    def _has(self, number: int) -> bool:
        """Tell whether a term of the text is one of the codes."""
        return bool(self._shared[number >> 3] >> (number & 7) & 1)

    @cached_property
    def _own(self) -> PostingLists:
        return PostingLists(self._file, _PART)

    def _mask(self) -> Mask:
        bits = np.asarray(self._shared)
        return np.unpackbits(bits, count=len(self._whole.terms), bitorder="little").view(np.bool_)


FieldArrays = OwnTerms | SharedTerms


class PickedStrings(Sequence[bytes]):
    """Some strings of a table, ascending."""

    def __init__(self, strings: Sequence[bytes], numbers: NDArray[np.intp]) -> None:
        """Pick those with these numbers, (strings,), ascending."""
        self._strings = strings
        self._numbers = numbers

    def __len__(self) -> int:
        return self._numbers.size

    def __getitem__(self, place: int) -> bytes:  # type: ignore[override]  # no slices
        return self._strings[int(self._numbers[place])]


def _can_share(part: FieldLists, whole: FieldLists) -> bool:
    simple = part.is_plain and whole.is_plain and not part.lists.places.size
    return simple and set(part.terms) <= set(whole.terms)


def _shared_arrays(part: FieldLists, whole: FieldLists) -> Arrays:
    number_of = {term: number for number, term in enumerate(whole.terms)}
    numbers = np.fromiter(map(number_of.__getitem__, part.terms), np.intp, len(part.terms))
    shared = np.zeros(len(whole.terms), np.bool_)
    shared[numbers] = True
    apart = ~_same(part.lists, whole.lists, numbers)
    arrays: Arrays = {
        f"shared/{_PART}": np.packbits(shared, bitorder="little"),
        f"apart/{_PART}": numbers[apart].astype(np.uint32),
    }
    return arrays | list_arrays(_PART, part.lists.some(apart)) if apart.any() else arrays


def _same(part: Lists, whole: Lists, numbers: NDArray[np.intp]) -> Mask:
    """Return which lists of `part` are equal to those of `whole` with these numbers."""
    counts = np.diff(part.starts)
    moved = np.repeat(whole.starts[numbers] - part.starts[:-1], counts)
    places = np.minimum(np.arange(moved.size) + moved, whole.documents.size - 1)
    equal = whole.documents[places] == part.documents
    equal &= whole.weights[places] == part.weights
    same_counts: Mask = np.diff(whole.starts)[numbers] == counts
    return same_counts & np.logical_and.reduceat(equal, part.starts[:-1])
