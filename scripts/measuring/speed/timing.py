"""Time systems on the same queries, in turns."""

import time
from collections.abc import Mapping, Sequence
from statistics import median

from kbsearch.evaluation.latency import Latency, latency
from measuring.peers.system import System

Seconds = Mapping[str, Sequence[float]]
"""How long each query took, by the name of the system."""

TURN = 20
"""Queries that a system is asked one after the other, as a process that serves it alone would be:
asked one by one among a dozen others, it would find nothing of its own in the processor's caches.
"""


def interleaved(systems: Sequence[System], texts: Sequence[str], warming: int = 0) -> Seconds:
    """Ask the systems in turns of some queries; who comes first changes each time.

    warming  so many queries come first and are not measured, but at most half of them.
    """
    warming = min(warming, len(texts) // 2)
    if warming:
        interleaved(systems, texts[:warming])
    seconds: dict[str, list[float]] = {system.name: [] for system in systems}
    numbered = list(enumerate(texts[warming:]))
    for turn, first in enumerate(range(0, len(numbered), TURN)):
        some = numbered[first : first + TURN]
        place = turn % len(systems)
        for system in (*systems[place:], *systems[:place]):
            for ask in [system.ready(text) for number, text in some if system.gets(number)]:
                start = time.perf_counter()
                ask()
                seconds[system.name].append(time.perf_counter() - start)
    return seconds


def median_latency(runs: Sequence[Sequence[float]]) -> Latency:
    """Return the median of each figure over several runs, each of them seconds a query."""
    measured = [latency(seconds) for seconds in runs]
    figures = [median(getattr(one, name) for one in measured) for name in Latency.__slots__]
    return Latency(*figures)


def ratio(ours: float, theirs: float) -> float | None:
    """Return ours / theirs, None where there is nothing to divide by."""
    return ours / theirs if theirs else None
