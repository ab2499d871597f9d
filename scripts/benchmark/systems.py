"""What answers queries, and how it is timed: the same queries side by side, in turns."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Ask = Callable[[], Sequence[int]]
"""Answers one query, made ready before, with the numbers of at most ten tickets."""

Seconds = Mapping[str, Sequence[float]]
"""How long each query took, by the name of the system."""

TURN = 20
"""Queries that a system is asked one after the other, as a process that serves it alone would be:
asked one by one among a dozen others, it would find nothing of its own in the processor's caches.
"""


@dataclass(frozen=True, slots=True)
class System:
    """Something that answers queries.

    ready   makes a query ready; the clock measures only what it returns.
    every   of how many queries it gets one: a slow system would keep the others waiting.
    offset  which one of those it gets.
    """

    name: str
    ready: Callable[[str], Ask]
    every: int = 1
    offset: int = 0

    def gets(self, number: int) -> bool:
        """Tell whether it is asked the query with this number."""
        return number % self.every == self.offset % self.every


def interleaved(systems: Sequence[System], texts: Sequence[str]) -> Seconds:
    """Ask the systems in turns of some queries; who comes first changes each time."""
    seconds: dict[str, list[float]] = {system.name: [] for system in systems}
    numbered = list(enumerate(texts))
    for turn, first in enumerate(range(0, len(numbered), TURN)):
        some = numbered[first : first + TURN]
        place = turn % len(systems)
        for system in (*systems[place:], *systems[:place]):
            ready = [system.ready(text) for number, text in some if system.gets(number)]
            for ask in ready:
                start = time.perf_counter()
                ask()
                seconds[system.name].append(time.perf_counter() - start)
    return seconds
