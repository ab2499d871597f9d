"""A bar for long work, on a terminal only."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from kbsearch.cli.terminal import errors
from kbsearch.progress import Progress, Stage


class StageBars:
    """Shows a bar for each stage, in the order in which they begin."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[Stage, TaskID] = {}

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        """Move the stage's bar; a stage of one step has no share to show until it is done."""
        if (done, total) == (0, 1):
            total = None
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage.value.capitalize(), total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)


@contextmanager
def stage_bars() -> Iterator[Progress]:
    """Show the stages of importing and indexing while the work inside lasts."""
    with bars() as shown:
        yield StageBars(shown)


def bars() -> Bars:
    """Return bars on stderr that vanish when the work is done; off a terminal there are none."""
    console = errors()
    return Bars(
        TextColumn("{task.description:<10}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
