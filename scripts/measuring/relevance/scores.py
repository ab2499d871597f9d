"""Score rankings query by query, and what misspelling leaves of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kbsearch.evaluation.metrics import ndcg, reciprocal_rank, success
from measuring.relevance.resampling import Paired, Values
from measuring.relevance.workloads import LabelledQuery

Ranking = Sequence[str]
"""References of tickets, the best first."""


class QueryScores(NamedTuple):
    """nDCG@10, MRR@10 and success@10 of each query, in the order of the workload."""

    ndcg: Values
    mrr: Values
    success: Values

    def every(self, step: int) -> "QueryScores":
        """Return those of the first query and of each so many."""
        return QueryScores(*(values[::step] for values in self))


def score(queries: Sequence[LabelledQuery], rankings: Sequence[Ranking]) -> QueryScores:
    """Score a ranking for each query."""
    pairs = [(one, query.labels) for query, one in zip(queries, rankings, strict=True)]
    metrics = (ndcg, reciprocal_rank, success)
    return QueryScores(*(np.array([metric(*pair) for pair in pairs]) for metric in metrics))


def kept(noisy: Values, plain: Values, most_before: float) -> Paired:
    """Return what the keep ratio divides, query by query.

    noisy        success of the misspelt text.
    plain        success of what was meant, with tolerance off.
    most_before  success@10 of plain BM25 over what was meant, as the data have it.

    The keep ratio of a workload is sum(noisy) / max(sum(plain), successes of BM25): nothing is
    gained by doing badly before. Where BM25 is ahead the successes of ours are scaled up to its
    number, since which queries it answers is not known. The ratio over several collections is the
    sum of these sums over the sum of these greater sums. That of some of the queries is the same
    of theirs, scaled as the whole workload is.

    >>> kept(np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1.0).bottom
    array([2., 0.])
    """
    found = float(plain.sum())
    most = round(most_before * plain.size)
    return Paired(noisy, plain * most / found if 0 < found < most else plain)
