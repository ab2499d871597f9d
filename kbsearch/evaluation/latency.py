"""How long did the searches take?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Latency:
    """How long searches took, one after the other.

    p50, p95, p99, mean  milliseconds.
    per_second           searches that one process answers in a second.
    """

    p50: float
    p95: float
    p99: float
    mean: float
    per_second: float


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least `percent` % of the values do not exceed.

    This is the nearest-rank percentile: always one of the values, never something in between.
    Raises ValueError if there are no values or `percent` is not in (0, 100].

    >>> percentile([15, 20, 35, 40, 50], 40)
    20
    """
    if not values:
        raise ValueError("there is no percentile of no values")
    if not 0 < percent <= 100:
        raise ValueError(f"percent is {percent}; it must be above 0 and at most 100")
    return sorted(values)[math.ceil(percent / 100 * len(values)) - 1]


def latency(seconds: Sequence[float]) -> Latency:
    """Sum up the durations of single searches, each in seconds.

    Raises ValueError if there are none.
    """
    total = math.fsum(seconds)
    return Latency(
        p50=1000 * percentile(seconds, 50),
        p95=1000 * percentile(seconds, 95),
        p99=1000 * percentile(seconds, 99),
        mean=1000 * total / len(seconds),
        per_second=len(seconds) / total if total else math.inf,
    )
