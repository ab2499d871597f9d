"""Several lots of inverted documents become one: runs become a segment, segments merge."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.documents import FieldPostings, InvertedDocuments, WordCounts
from kbsearch.inverted.positions import posting_starts
from kbsearch.inverted.posting_lists import Mask

_DEAD = -1

_Name = TypeVar("_Name", bytes, str)
_Number = TypeVar("_Number", bound=np.generic)

Part = tuple[InvertedDocuments, Mask]
"""Some documents, and which of them live on: shape (documents,)."""


def join(parts: Sequence[Part]) -> InvertedDocuments:
    """Return the living documents of one part or more, numbered again in their order.

    Terms that no living document holds are dropped. A word is counted for the dead as well,
    for no one keeps which documents hold it.
    """
    given = [documents for documents, _ in parts]
    masks = [alive for _, alive in parts]
    numbers = _new_numbers(masks)
    return InvertedDocuments(
        ids=_living([one.ids for one in given], masks),
        revisions=_living([one.revisions for one in given], masks),
        created=_living([one.created for one in given], masks),
        lengths={
            field: _living([one.lengths[field] for one in given], masks)
            for field in given[0].lengths
        },
        columns={
            name: _living_values([one.columns[name] for one in given], masks)
            for name in given[0].columns
        },
        fields={
            field: _join_postings([one.fields[field] for one in given], numbers)
            for field in given[0].fields
        },
        words=join_words([one.words for one in given]),
    )


def join_words(given: Sequence[WordCounts]) -> WordCounts:
    """Return the words of all, each with the sum of its counts."""
    words, words_of = _merged([one.words for one in given])
    counts = np.zeros(len(words), np.uint32)
    for one, places in zip(given, words_of, strict=True):
        counts[places] += one.counts
    return WordCounts(words, counts)


def _new_numbers(masks: Sequence[Mask]) -> list[NDArray[np.int32]]:
    """Return the new number of each document of each part, _DEAD for those that go."""
    alive = np.concatenate(masks)
    numbers = np.where(alive, np.cumsum(alive) - 1, _DEAD).astype(np.int32)
    return np.split(numbers, np.cumsum([mask.size for mask in masks])[:-1])


def _living(arrays: Sequence[NDArray[_Number]], masks: Sequence[Mask]) -> NDArray[_Number]:
    return np.concatenate([array[mask] for array, mask in zip(arrays, masks, strict=True)])


def _living_values(columns: Sequence[list[bytes]], masks: Sequence[Mask]) -> list[bytes]:
    return [
        column[document]
        for column, mask in zip(columns, masks, strict=True)
        for document in np.flatnonzero(mask).tolist()
    ]


def _join_postings(
    fields: Sequence[FieldPostings], numbers: Sequence[NDArray[np.int32]]
) -> FieldPostings:
    living = [_renumbered(field, new) for field, new in zip(fields, numbers, strict=True)]
    terms, terms_of = _merged([field.terms for field in living])
    starts, places = _shared_out([field.starts for field in living], terms_of, len(terms))
    documents = np.empty(starts[-1], np.int32)
    tenths = np.empty(starts[-1], np.uint8)
    for field, place in zip(living, places, strict=True):
        documents[place] = field.documents
        tenths[place] = field.tenths
    byte_starts, places = _shared_out(
        [field.place_starts for field in living], terms_of, len(terms)
    )
    coded = np.empty(byte_starts[-1], np.uint8)
    for field, place in zip(living, places, strict=True):
        coded[place] = field.places
    return FieldPostings(terms, starts, documents, tenths, coded, byte_starts)


def _renumbered(field: FieldPostings, numbers: NDArray[np.int32]) -> FieldPostings:
    """Return the postings of the living documents, under their new numbers."""
    documents = numbers[field.documents]
    kept = documents != _DEAD
    if kept.all():
        return field._replace(documents=documents)
    starts = _sums(kept)[field.starts]
    held = np.flatnonzero(np.diff(starts))
    places, place_starts = field.places, field.place_starts
    if places.size:
        kept_bytes = np.repeat(kept, np.diff(posting_starts(places)))
        places = places[kept_bytes]
        place_starts = _sums(kept_bytes)[place_starts]
    return FieldPostings(
        [field.terms[term] for term in held.tolist()],
        np.append(starts[held], starts[-1]),
        documents[kept],
        field.tenths[kept],
        places,
        np.append(place_starts[held], place_starts[-1]),
    )


def _merged(lists: Sequence[list[_Name]]) -> tuple[list[_Name], list[NDArray[np.intp]]]:
    """Return all names, ascending, and the places of the names of each list among them."""
    # Sorting is quick where ascending lists stand one after another; sorting a set is not.
    names = list(dict.fromkeys(sorted(chain.from_iterable(lists))))
    place = dict(zip(names, range(len(names)), strict=True))
    found = [np.fromiter(map(place.__getitem__, one), np.intp, len(one)) for one in lists]
    return names, found


def _shared_out(
    starts: Sequence[NDArray[np.int64]], terms_of: Sequence[NDArray[np.intp]], terms: int
) -> tuple[NDArray[np.int64], Iterator[NDArray[np.int64]]]:
    """Lay the values of all parts out by term, and within a term by part.

    starts    for each part: those of its t-th term are `starts[t] : starts[t + 1]`.
    terms_of  for each part: which of all the terms its t-th is.
    Returns   where those of each of all the terms start, shape (terms + 1,); and for each part
              where each of its values goes.
    """
    sizes = np.zeros(terms, np.int64)
    for own, places in zip(starts, terms_of, strict=True):
        sizes[places] += np.diff(own)
    begins = _sums(sizes)
    return begins, _destinations(starts, terms_of, begins[:-1].copy())


def _destinations(
    starts: Sequence[NDArray[np.int64]],
    terms_of: Sequence[NDArray[np.intp]],
    free: NDArray[np.int64],
) -> Iterator[NDArray[np.int64]]:
    """Yield where each value of each part goes; `free` is the first free place of each term."""
    for own, places in zip(starts, terms_of, strict=True):
        sizes = np.diff(own)
        found = np.repeat(free[places] - own[:-1], sizes)
        found += np.arange(found.size)
        free[places] += sizes
        yield found


def _sums(sizes: NDArray[Any]) -> NDArray[np.int64]:
    """Return the sum of all before each, and last of all the sum of all: one more than given."""
    sums = np.zeros(sizes.size + 1, np.int64)
    np.cumsum(sizes, out=sums[1:])
    return sums
