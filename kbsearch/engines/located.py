"""Where some terms stand in a few documents, and in which of these they stand side by side."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.positions import decode_all, shared
from kbsearch.engines.postings import Hits
from kbsearch.engines.scoring import Floats

_ROW_BITS = 32


class Coded(NamedTuple):
    """The postings of one term in some documents.

    hits    which of the documents these are.
    places  uint8, (bytes,): their coded positions, one behind another.
    """

    hits: Hits
    places: NDArray[np.uint8]


class Located(NamedTuple):
    """Where one term stands in some documents.

    weights  float32, (documents,): its weight in each, 0 where it does not stand.
    keys     int64, ascending: the row of a document, times 2**32, and a position in it.
    """

    weights: Floats
    keys: NDArray[np.int64]


def located(terms: Sequence[Coded], documents: int) -> list[Located]:
    """Return where each of the terms stands in so many documents; all are decoded at once."""
    if not terms:
        return []
    positions, starts = decode_all(np.concatenate([term.places for term in terms]))
    rows = np.concatenate([term.hits.rows for term in terms])
    keys = np.repeat(rows << _ROW_BITS, np.diff(starts)) + positions
    found, first = [], 0
    for hits, _ in terms:
        last = first + hits.rows.size
        weights = np.zeros(documents, np.float32)
        weights[hits.rows] = hits.weights
        found.append(Located(weights, keys[starts[first] : starts[last]]))
        first = last
    return found


def beside(terms: Sequence[Located]) -> NDArray[np.intp]:
    """Return the rows, ascending, in which the terms stand in this order without a gap.

    terms  one at least, of the same documents; of a term that comes twice in a phrase, twice.
    """
    keys = reduce(lambda ends, term: shared(ends + 1, term.keys), terms[1:], terms[0].keys)
    rows = keys >> _ROW_BITS
    return rows[np.flatnonzero(np.diff(rows, prepend=-1))]
