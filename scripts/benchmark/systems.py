"""What answers queries, and how it is timed: the same query side by side, in turns."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Ask = Callable[[], Sequence[int]]
"""Answers one query, made ready before, with the numbers of at most ten tickets."""

Seconds = Mapping[str, Sequence[float]]
"""How long each query took, by the name of the system."""


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
    """Ask the systems query by query; who comes first changes each time."""
    seconds: dict[str, list[float]] = {system.name: [] for system in systems}
    for number, text in enumerate(texts):
        # Moved on once more each round, or those that get every tenth query would always
        # stand in the same place.
        turn = (number + number // len(systems)) % len(systems)
        asked = [one for one in (*systems[turn:], *systems[:turn]) if one.gets(number)]
        ready = [(system.name, system.ready(text)) for system in asked]
        for name, ask in ready:
            start = time.perf_counter()
            ask()
            seconds[name].append(time.perf_counter() - start)
    return seconds
