"""What rankings are worth, query by query, and what misspelling leaves of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kbsearch.evaluation.metrics import ndcg, reciprocal_rank, success
from quality_measure.resampling import Paired, Values
from quality_measure.workloads import Query

Ranking = Sequence[str]
"""References of tickets, the best first."""


@dataclass(frozen=True, slots=True)
class Scores:
    """nDCG@10, MRR@10 and success@10 of each query, in the order of the workload."""

    ndcg: Values
    mrr: Values
    success: Values

    def every(self, step: int) -> "Scores":
        """Return those of the first query and of each so many."""
        return Scores(self.ndcg[::step], self.mrr[::step], self.success[::step])


def scores(queries: Sequence[Query], rankings: Sequence[Ranking]) -> Scores:
    """Score a ranking for each query."""
    pairs = [(one, query.labels) for query, one in zip(queries, rankings, strict=True)]
    return Scores(
        ndcg=np.array([ndcg(*pair) for pair in pairs], dtype=float),
        mrr=np.array([reciprocal_rank(*pair) for pair in pairs], dtype=float),
        success=np.array([success(*pair) for pair in pairs], dtype=float),
    )


def kept(noisy: Values, plain: Values, most_before: float) -> Paired:
    """Return what the keep ratio divides, query by query.

    noisy        success of the misspelt text.
    plain        success of what was meant, with tolerance off.
    most_before  success@10 of plain BM25 over what was meant, as the data tell it.

    The keep ratio of a workload is sum(noisy) / max(sum(plain), successes of BM25): nothing is
    gained by doing badly before. Where BM25 is ahead the successes of ours are scaled up to its
    number, since which queries it answers is not known. The ratio over several collections is the
    sum of these sums over the sum of these greater sums, and that of some of the queries the same
    of theirs, scaled as the whole workload is.

    >>> kept(np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1.0).bottom
    array([2., 0.])
    """
    found = float(plain.sum())
    most = round(most_before * plain.size)
    return Paired(noisy, plain * most / found if 0 < found < most else plain)
