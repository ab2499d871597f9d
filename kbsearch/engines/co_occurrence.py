"""Which terms stand in the same documents more often than chance has it?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.postings import Documents

_SAMPLE = 512
"""Documents of a term that are looked at: enough to tell a part of 2 % from one of 1 %."""
_DOUBT = 10.0
"""Documents that would have to say otherwise before what chance has is left."""


def lifts(
    terms: Sequence[Documents], context: Sequence[Documents], size: int
) -> NDArray[np.float64]:
    """Return by how many nats a document's holding a term makes the context likelier.

    terms, context  the documents that hold each; 8 in the context at most.
    size            documents in all.
    Returns  shape (terms, context): ln(P(context | term) / P(context)), where the first is
             estimated from a sample, with `_DOUBT` documents' worth of the second mixed in.
    """
    held = np.zeros(size, np.uint8)
    for bit, documents in enumerate(context):
        held[documents] |= np.uint8(1 << bit)
    chance = np.array([max(documents.size, 1) / size for documents in context])
    found = np.zeros((len(terms), len(context)))
    for row, documents in enumerate(terms):
        seen = held[_sampled(documents)]
        together = np.unpackbits(seen[:, None], axis=1, bitorder="little").sum(axis=0)
        together = together[: len(context)]
        found[row] = np.log((together + _DOUBT * chance) / (seen.size + _DOUBT) / chance)
    return found


def _sampled(documents: Documents) -> Documents:
    """Return documents from everywhere in a list, all of a short one."""
    if documents.size <= _SAMPLE:
        return documents
    return documents[np.linspace(0, documents.size - 1, _SAMPLE).astype(np.intp)]
