"""How far long work is: bars on a terminal, now and then a line anywhere else."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from kbsearch.cli.terminal import errors, size, write
from kbsearch.progress import Pace, Progress, Stage

Clock = Callable[[], float]

_LABEL = max(map(len, Stage))
_GAP = "   "
_REFRESH = 0.1
"""Seconds between two looks at a bar."""
_FIRST_LINE, _LAST_GAP = 5.0, 60.0
"""Seconds until the first line, and between two lines at most.

Each gap is twice the one before: a log shows that the work goes on, a mail of cron stays short.
"""


class _Stages:
    """Knows the pace of each stage, in the order in which they begin."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = clock()
        self._paces: dict[Stage, Pace] = {}

    def _now(self, stage: Stage) -> float:
        """Return the time; a stage that is new began when the last was heard of."""
        last, self._last = self._last, self._clock()
        if stage not in self._paces:
            self._paces[stage] = Pace(last)
        return self._last

    def _told(self, stage: Stage, done: int, total: int | None) -> str:
        """Return how much of a stage is done, how fast it goes, and when it will be done."""
        pace = self._paces[stage]
        pace.step(done, self._last)
        if total == 1:
            return f"in {duration(self._last - pace.start)}" if done else ""
        parts = [_share(stage, done, total)]
        if pace.rate:
            parts.append(f"{_amount(stage, round(pace.rate))}/s")
        if total is not None and done >= total:
            parts.append(f"in {duration(self._last - pace.start)}")
        elif total is not None and (left := pace.left(total)) is not None:
            parts.append(f"{duration(left)} left")
        return _GAP.join(parts)


class StageBars(_Stages):
    """Shows a bar for each stage."""

    def __init__(self, bars: Bars, clock: Clock) -> None:
        super().__init__(clock)
        self._bars = bars
        self._tasks: dict[Stage, TaskID] = {}
        self._next = 0.0

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Move the stage's bar; a stage of one step has no share to show until it is done."""
        now = self._now(stage)
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage.value, told="", total=None)
        elif now < self._next and done != total:
            return
        self._next = now + _REFRESH
        share = None if (done, total) == (0, 1) else total
        told = self._told(stage, done, total)
        self._bars.update(self._tasks[stage], completed=done, total=share, told=told)


class StageLines(_Stages):
    """Prints a line about the stage at hand, more and more rarely."""

    def __init__(self, console: Console, clock: Clock) -> None:
        super().__init__(clock)
        self._console = console
        self._gap = _FIRST_LINE
        self._next = self._last + self._gap

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Print a line if it is time for one."""
        now = self._now(stage)
        if now < self._next:
            return
        self._gap = min(2 * self._gap, _LAST_GAP)
        self._next = now + self._gap
        told = self._told(stage, done, total)
        write(self._console, f"{stage.value:<{_LABEL}}{_GAP}{told}".rstrip())


@contextmanager
def stage_bars() -> Iterator[Progress]:
    """Show the stages of long work on stderr while the work inside lasts; bars vanish then."""
    console = errors()
    if not console.is_terminal:
        yield StageLines(console, time.monotonic)
        return
    with bars(console) as shown:
        yield StageBars(shown, time.monotonic)


def bars(console: Console) -> Bars:
    """Return bars that stand next to what is told of them."""
    return Bars(
        TextColumn(f"{{task.description:<{_LABEL}}}"),
        BarColumn(bar_width=12),
        TextColumn("{task.fields[told]}"),
        console=console,
        transient=True,
    )


def duration(seconds: float) -> str:
    """Return a time as a person who waits would say it.

    >>> duration(0.2), duration(89), duration(200), duration(4_000), duration(9e9)
    ('1 s', '89 s', '3 min', '67 min', '2,500,000 h')
    """
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600):,} h"


def _share(stage: Stage, done: int, total: int | None) -> str:
    if total is None:
        return f"{_amount(stage, done)}, total unknown"
    return f"{_amount(stage, done)} of {_amount(stage, total)}"


def _amount(stage: Stage, number: int) -> str:
    return size(number) if stage is Stage.READING else f"{number:,}"
