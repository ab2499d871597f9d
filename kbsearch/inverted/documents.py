"""Inverted documents as flat arrays: what analysis makes, a segment keeps, and a merge joins."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.field import Field

HEAVIEST = 255
"""Tenths: the greatest weight of a posting that is kept; scores saturate far below it."""
MOST_DOCUMENTS = 1 << 18
"""Documents of one segment."""


class FieldPostings(NamedTuple):
    """The postings of one field.

    terms         UTF-8, ascending, distinct, each with a posting at least.
    starts        int64, (terms + 1,): the postings of term t are `starts[t] : starts[t + 1]`.
    documents     int32, (postings,): ascending within a term, distinct.
    tenths        uint8, (postings,): the weighted term frequency in tenths, from 1; 255 stands for
                  25.5 and above.
    places        uint8, (bytes,): the positions of each posting, coded as in `positions`; empty in
                  a field that has none.
    place_starts  int64, (terms + 1,): those of term t are `places[place_starts[t] :
                  place_starts[t + 1]]`; all 0 in a field that has none.
    """

    terms: list[bytes]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    tenths: NDArray[np.uint8]
    places: NDArray[np.uint8]
    place_starts: NDArray[np.int64]


class WordCounts(NamedTuple):
    """Surface words, ascending by code point, and how many of the documents hold each."""

    words: list[str]
    counts: NDArray[np.uint32]


NO_WORDS = WordCounts([], np.empty(0, np.uint32))


class InvertedDocuments(NamedTuple):
    """Some documents, numbered from 0 in the order in which they came.

    ids        int64, (documents,): the tickets' ids.
    revisions  int64, (documents,): those that the tickets had.
    created    int64, (documents,): seconds since 1970, NO_TIME where unknown.
    lengths    for each field uint32, (documents,): the sum of the weights of its tokens, in tenths.
    columns    for each of product, status, category, kind and tags the value of each document, as
               `document.column_value` gives it.
    """

    ids: NDArray[np.int64]
    revisions: NDArray[np.int64]
    created: NDArray[np.int64]
    lengths: Mapping[Field, NDArray[np.uint32]]
    columns: Mapping[str, list[bytes]]
    fields: Mapping[Field, FieldPostings]
    words: WordCounts
