"""Pool collections: their queries are put together, never their averages."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from measuring.relevance.measure import Measured
from measuring.relevance.resampling import Estimate, Paired, ratio_of_sums
from measuring.relevance.scores import kept

Masks = Sequence[NDArray[np.bool_]]
"""Which queries count, for each of some measured workloads."""


def places(measured: Sequence[Measured]) -> Iterator[tuple[str, list[Measured]]]:
    """Yield the rows of a table: each workload in each collection, then in all of them together.

    measured  in any order; workloads come in the order of their first.
    """
    for workload in dict.fromkeys(one.workload.name for one in measured):
        some = [one for one in measured if one.workload.name == workload]
        for one in some:
            yield f"{workload} {one.workload.collection}", [one]
        if len(some) > 1:
            yield f"{workload}, all", some


def keep_ratio(
    some: Sequence[Measured], rival: str = "", masks: Masks | None = None
) -> Estimate | None:
    """Return what ours or a rival keeps: its successes over those that there were before.

    masks  only these queries.

    See `kept` for what is divided by what; rivals are divided by the same. None if there was
    nothing to keep.
    """
    groups = []
    for number, one in enumerate(some):
        pair = kept(one.ours.success, one.plain.success, one.workload.most_before)
        chosen = masks[number] if masks else np.ones(pair.top.size, dtype=bool)
        top, step = pair.top, 1
        if rival:
            top, step = one.rivals[rival].theirs.success, one.rivals[rival].every
        groups.append(Paired(top[chosen[::step]], pair.bottom[::step][chosen[::step]]))
    return ratio_of_sums(groups)


def rivals_of(some: Sequence[Measured]) -> list[str]:
    """Return the systems that were asked in every collection."""
    return [name for name in some[0].rivals if all(name in one.rivals for one in some)]
