"""What two words give to a score when they are side by side."""

from collections.abc import Sequence

import numpy as np

from kbsearch.engines.plan import Phrase
from kbsearch.engines.scoring.bm25 import SATURATION, idf, saturated
from kbsearch.engines.scoring.segment_lookup import QueryPostings
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Documents, Floats

_PAIR_WEIGHT = 0.24
"""What two words side by side are worth next to the rarer of them; see docs/relevance.md."""


def pair_gains(
    pairs: Sequence[Phrase], documents: Documents, lookups: QueryPostings, norms: Floats
) -> Floats:
    """Return what pairs of words that are side by side give, shape (documents, pairs).

    documents  ascending.
    norms      those of the text, of all documents.
    """
    weights = lookups.together(pairs, documents)
    among = norms[documents, None].repeat(len(pairs), axis=1)
    worths = np.array([_worth(pair, lookups) for pair in pairs], np.float32)
    gains: Floats = saturated(weights, among) * worths
    return gains


def _worth(pair: Phrase, lookups: QueryPostings) -> float:
    least = min(lookups.matching(Field.TEXT, term) for term in pair.terms)
    return _PAIR_WEIGHT * idf(lookups.documents, least) * (SATURATION[Field.TEXT].k1 + 1)
