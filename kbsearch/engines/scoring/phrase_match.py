"""Where some terms stand in a few documents, and in which of these they stand side by side."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.positions import decode_all, shared
from kbsearch.inverted.posting_lists import Floats, Hits

_ROW_BITS = 32


class Located(NamedTuple):
    """Where one term stands in some documents.

    weights  float32, (documents,): its weight in each, 0 where it does not stand.
    keys     int64, ascending: the row of a document, times 2**32, and a position in it.
    """

    weights: Floats
    keys: NDArray[np.int64]


def located(terms: Sequence[Hits], places: NDArray[np.uint8], documents: int) -> list[Located]:
    """Return where each of some terms stands in so many documents; all are decoded at once.

    terms   which of the documents hold each term, and how much it weighs there.
    places  uint8, (bytes,): the coded positions of all these postings, one after another.
    """
    if not terms:
        return []
    positions, starts = decode_all(places)
    rows = np.concatenate([hits.rows for hits in terms]) << _ROW_BITS
    keys = rows.repeat(starts[1:] - starts[:-1]) + positions
    found, first = [], 0
    for hits in terms:
        last = first + hits.rows.size
        weights = np.zeros(documents, np.float32)
        weights[hits.rows] = hits.weights
        found.append(Located(weights, keys[starts[first] : starts[last]]))
        first = last
    return found


def beside(terms: Sequence[Located]) -> NDArray[np.intp]:
    """Return the rows, ascending, in which the terms stand in this order without a gap.

    terms    one at least, of the same documents; of a term that comes twice in a phrase, twice.
    Returns  a row as often as they stand so in it.
    """
    keys = reduce(lambda ends, term: shared(ends + 1, term.keys), terms[1:], terms[0].keys)
    return keys >> _ROW_BITS
