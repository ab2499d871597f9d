"""Which solved tickets answer a query well enough to be shown before all others?"""

from collections.abc import Sequence
from typing import NamedTuple

from kbsearch.search.signals import FAILED, RankedHit

WEIGHED_FIXES = 15
"""Solved tickets that an engine is asked for: more than are ever shown."""
MOST_FIXES = 3
"""Solved tickets that are shown first: what a rep reads before the caller gets restless."""
_MOST_OLDER = 10


class FixLimits(NamedTuple):
    """What a solved ticket must reach to be shown first; see docs/relevance.md.

    coverage  the sum of what the words gave to it, as a part of the sum of the most that each word
              gave to any ticket.
    ratio     its score, as a part of the best score of any ticket.
    older     both, as a part of these limits, from which on it is counted as one that may fit.
    """

    coverage: float = 0.65
    ratio: float = 0.75
    older: float = 0.75


LIMITS = FixLimits()


class Fixes(NamedTuple):
    """The solved tickets that answer a query, and those that may fit, the best first."""

    first: tuple[RankedHit, ...] = ()
    older: tuple[RankedHit, ...] = ()


def best_fixes(
    ranking: Sequence[RankedHit], solved: Sequence[RankedHit], limits: FixLimits = LIMITS
) -> Fixes:
    """Return which solved tickets to show first; no one is better than a wrong one.

    ranking  the answer; solved  the best of all tickets that say what solved them.

    What did not help in this call is not shown first.
    """
    everything = [one.scored for one in (*ranking, *solved)]
    most = sum([max(shares) for shares in zip(*(one.shares for one in everything), strict=True)])
    best = max((one.score for one in everything), default=0.0)
    if not best:
        return Fixes()
    first: list[RankedHit] = []
    older: list[RankedHit] = []
    for one in solved:
        if any(signal.name == FAILED for signal in one.signals):
            continue
        coverage = sum(one.scored.shares) / most
        reached = min(coverage / limits.coverage, one.scored.score / best / limits.ratio)
        if reached >= 1 and len(first) < MOST_FIXES:
            first.append(one)
        elif reached >= limits.older and len(older) < _MOST_OLDER:
            older.append(one)
    return Fixes(tuple(first), tuple(older))
