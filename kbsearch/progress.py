"""The stages of long work, by the same names in bars, logs and timings."""

import math
from enum import StrEnum
from typing import Protocol

_MEMORY = 8.0
"""Seconds after which work counts 1/e as much for the rate as work that was just done."""

_ENOUGH = 0.5
"""Seconds of work that say something of the rate."""


class Stage(StrEnum):
    """A step of long work, in the order in which they come."""

    READING = "reading"
    ANALYSING = "analysing"
    JOINING = "joining"
    WRITING = "writing"
    SWAPPING = "swapping"
    CATCHING_UP = "catching up"
    SEARCHING = "searching"
    SEALING = "sealing"
    MASKING = "masking"


class Progress(Protocol):
    """Told how far a stage is; `total` is None while no one knows.

    READING counts bytes, CATCHING_UP changes, SEARCHING queries, SEALING originals,
    the others tickets; a stage that
    cannot be counted is told as 0 and then 1 of 1.
    """

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Take note; called often, so it must be quick."""


def silent(stage: Stage, done: int, total: int | None) -> None:
    """Tell no one."""


class Pace:
    """How fast a stage goes: the recent rate, so that an early pause is soon forgotten.

    start  when the stage began, in seconds of any clock.
    """

    def __init__(self, start: float) -> None:
        """Begin with nothing done."""
        self.start = self._moment = start
        self._done = 0
        self._work = 0.0
        self._time = 0.0

    def step(self, done: int, now: float) -> None:
        """Take note of how much is done."""
        passed = now - self._moment
        if passed <= 0:
            return
        kept = math.exp(-passed / _MEMORY)
        self._work = self._work * kept + done - self._done
        self._time = self._time * kept + passed
        self._moment, self._done = now, done

    @property
    def rate(self) -> float:
        """How much is done in a second, 0.0 while nothing is known of it.

        >>> pace = Pace(start=100.0)
        >>> pace.step(50, now=110.0)
        >>> pace.rate
        5.0
        """
        return max(self._work / self._time, 0.0) if self._time >= _ENOUGH else 0.0

    def left(self, total: int) -> float | None:
        """Return the seconds until everything is done, None while no one can tell."""
        return max(total - self._done, 0) / self.rate if self.rate else None
