"""Bound figures that were measured on some queries, by the paired bootstrap."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""One figure for each query, shape (queries,)."""

RESAMPLES = 2_000
_SEED = 4
_INTERVAL = (2.5, 97.5)


class Paired(NamedTuple):
    """Two figures of the same queries, such as what was found of how much could be."""

    top: Values
    bottom: Values


class Estimate(NamedTuple):
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def ratio_of_sums(groups: Sequence[Paired]) -> Estimate | None:
    """Return the sum of all tops over the sum of all bottoms, with its interval.

    groups  each collection's queries; resampling draws from each as many as it has.

    A query is drawn with both of its figures, so what makes it hard for both counts for neither.
    Draws whose bottoms sum to 0 are left out; None if the bottoms do so themselves.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, percentile intervals.

    >>> ratio_of_sums([Paired(np.array([1.0, 1.0]), np.array([2.0, 2.0]))])
    Estimate(value=0.5, low=0.5, high=0.5)
    """
    filled = [group for group in groups if group.top.size]
    bottom = sum(float(group.bottom.sum()) for group in filled)
    if not bottom:
        return None
    tops, bottoms = np.zeros(RESAMPLES), np.zeros(RESAMPLES)
    random = np.random.default_rng(_SEED)
    for group in filled:
        queries = group.top.size
        drawn = random.multinomial(queries, np.full(queries, 1 / queries), size=RESAMPLES)
        tops += drawn @ group.top
        bottoms += drawn @ group.bottom
    low, high = np.percentile(tops[bottoms > 0] / bottoms[bottoms > 0], _INTERVAL)
    value = sum(float(group.top.sum()) for group in filled) / bottom
    return Estimate(value, float(low), float(high))


def mean(groups: Sequence[Values]) -> Estimate | None:
    """Return the mean over the queries of all groups, with its interval; None if there are none.

    >>> mean([np.array([0.25, 0.25]), np.array([0.25])])
    Estimate(value=0.25, low=0.25, high=0.25)
    """
    return ratio_of_sums([Paired(values, np.ones(values.size)) for values in groups])
