"""What two words give to a score when they are side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kbsearch.engines.plan import Phrase
from kbsearch.engines.scoring.bm25 import SATURATION, idf, saturated
from kbsearch.engines.scoring.segment_lookup import QueryPostings
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Documents, Floats

_PAIR_WEIGHT = 0.24
"""What two words side by side are worth next to the rarer of them; see docs/relevance.md."""


class PairGains(NamedTuple):
    """What pairs of words that are side by side give to some documents.

    documents  ascending.
    columns    the place of each pair.
    given      shape (documents, pairs).
    """

    documents: Documents
    columns: Mapping[Phrase, int]
    given: Floats

    def of(self, pairs: Sequence[Phrase], documents: Documents) -> Floats:
        """Return what some of the pairs give to some documents, in any order; 0 to all others."""
        found: Floats = np.zeros((documents.size, len(pairs)), np.float32)
        if self.documents.size and pairs:
            rows = self.documents.searchsorted(documents).clip(max=self.documents.size - 1)
            held = self.documents[rows] == documents
            columns = [self.columns[pair] for pair in pairs]
            found[held] = self.given[rows[held]][:, columns]
        return found


def pair_gains(
    pairs: Sequence[Phrase], documents: Documents, lookups: QueryPostings, norms: Floats
) -> PairGains:
    """Return what pairs give to documents.

    documents  ascending.
    norms      those of the text, of all documents.
    """
    weights = lookups.together(pairs, documents)
    among = norms[documents, None].repeat(len(pairs), axis=1)
    worths = np.array([_worth(pair, lookups) for pair in pairs], np.float32)
    columns = {pair: column for column, pair in enumerate(pairs)}
    return PairGains(documents, columns, saturated(weights, among) * worths)


def _worth(pair: Phrase, lookups: QueryPostings) -> float:
    least = min(lookups.matching(Field.TEXT, term) for term in pair.terms)
    return _PAIR_WEIGHT * idf(lookups.documents, least) * (SATURATION[Field.TEXT].k1 + 1)
