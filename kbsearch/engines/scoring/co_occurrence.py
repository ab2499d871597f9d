"""Which terms stand in the same documents more often than chance has it?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kbsearch.inverted.posting_lists import Documents, PostingList

_SAMPLE = 512
"""Documents of a term that are looked at: enough to tell a part of 2 % from one of 1 %."""
_DOUBT = 10.0
"""Documents that would have to say otherwise before what chance has is left."""
_STEPS = np.arange(_SAMPLE, dtype=np.float64)


def lifts(
    samples: Sequence[Documents], context: Sequence[PostingList], size: int
) -> NDArray[np.float64]:
    """Return by how many nats a document's holding a term makes the context likelier.

    samples  of the documents that hold each term, see `sampled`.
    context  the documents that hold each.
    size     documents in all.
    Returns  shape (terms, context): ln(P(context | term) / P(context)), where the first is
             estimated from a sample, with `_DOUBT` documents' worth of the second mixed in.
    """
    if not (samples and context):
        return np.zeros((len(samples), len(context)))
    sizes = np.array([sample.size for sample in samples])
    ends, documents = sizes.cumsum(), np.concatenate(samples)
    hits = np.empty((len(context), documents.size), np.bool_)
    held = np.empty(size, np.bool_)
    for row, postings in enumerate(context):
        held.fill(False)
        postings.mark(held)
        hits[row] = held.take(documents)
    so_far = np.zeros((len(context), documents.size + 1), np.int32)
    hits.cumsum(axis=1, out=so_far[:, 1:])
    together = (so_far.take(ends, 1) - so_far.take(ends - sizes, 1)).T
    chance = np.array([max(postings.size, 1) / size for postings in context])
    found: NDArray[np.float64] = np.log(
        (together + _DOUBT * chance) / (sizes[:, None] + _DOUBT) / chance
    )
    return found


def sampled(postings: PostingList) -> Documents:
    """Return documents from everywhere in a list, all of a short one."""
    last = postings.size - 1
    if last < _SAMPLE:
        return postings.at(np.arange(postings.size))
    places = (_STEPS * (last / (_SAMPLE - 1))).astype(np.intp)
    places[-1] = last  # rounding may have come short of it
    return postings.at(places)
