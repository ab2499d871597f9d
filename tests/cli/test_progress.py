"""What long work shows on a terminal, and what it prints elsewhere."""

import io

import pytest
from rich.console import Console

from kbsearch.cli.progress import StageBars, StageLines, bars, stage_bars
from kbsearch.progress import Progress, Stage


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def page(width: int = 80) -> tuple[Console, io.StringIO]:
    text = io.StringIO()
    return Console(file=text, width=width, highlight=False), text


def work(progress: Progress, clock: Clock, seconds: int, total: int | None = 10_000) -> None:
    """Analyse 100 tickets each second."""
    for second in range(1, seconds + 1):
        clock.now += 1
        progress(Stage.ANALYSING, 100 * second, total)


def test_work_that_is_soon_done_prints_nothing() -> None:
    clock, (console, text) = Clock(), page()
    work(StageLines(console, clock), clock, seconds=4)
    assert text.getvalue() == ""


def test_a_line_tells_stage_share_rate_and_time_left() -> None:
    clock, (console, text) = Clock(), page()
    work(StageLines(console, clock), clock, seconds=5)
    assert text.getvalue() == "analysing     500 of 10,000   100/s   2 min left\n"


def test_lines_come_more_and_more_rarely() -> None:
    clock, (console, text) = Clock(), page()
    work(StageLines(console, clock), clock, seconds=3_600)
    done = [int(line.split()[1].replace(",", "")) for line in text.getvalue().splitlines()]
    assert done[:5] == [500, 1_500, 3_500, 7_500, 13_500]
    assert len(done) == 62


def test_a_total_that_nobody_knows_is_said_to_be_unknown() -> None:
    clock, (console, text) = Clock(), page()
    work(StageLines(console, clock), clock, seconds=5, total=None)
    assert text.getvalue() == "analysing     500, total unknown   100/s\n"


def test_bytes_are_told_in_the_unit_that_fits() -> None:
    clock, (console, text) = Clock(), page()
    progress = StageLines(console, clock)
    clock.now += 5
    progress(Stage.READING, 5_000_000, 45_000_000)
    assert text.getvalue() == "reading       5.0 MB of 45.0 MB   1.0 MB/s   40 s left\n"


def test_a_stage_begins_when_the_one_before_was_last_heard_of() -> None:
    clock, (console, text) = Clock(), page()
    progress = StageLines(console, clock)
    work(progress, clock, seconds=4)
    clock.now += 10
    progress(Stage.JOINING, 700, 700)
    assert text.getvalue() == "joining       700 of 700   70/s   in 10 s\n"


def test_a_stage_of_one_step_tells_only_how_long_it_took() -> None:
    clock, (console, text) = Clock(), page()
    progress = StageLines(console, clock)
    clock.now += 5
    progress(Stage.SWAPPING, 0, 1)
    clock.now += 15
    progress(Stage.SWAPPING, 1, 1)
    assert text.getvalue() == "swapping\nswapping      in 20 s\n"


def test_a_bar_and_its_words_fit_on_a_line_of_eighty_columns() -> None:
    clock, (console, _) = Clock(), page()
    shown = bars(console)
    progress = StageBars(shown, clock)
    clock.now += 100
    progress(Stage.ANALYSING, 1_381_000, 161_374_000)
    with console.capture() as capture:
        console.print(shown.get_renderable())
    (line,) = capture.get().splitlines()
    assert line.endswith("1,381,000 of 161,374,000   13,810/s   3 h left")
    assert len(line) <= 80


def test_a_bar_that_is_told_often_is_drawn_when_it_is_done() -> None:
    clock, (console, _) = Clock(), page()
    shown = bars(console)
    progress = StageBars(shown, clock)
    for done in range(1_001):
        progress(Stage.ANALYSING, done, 1_000)
    (task,) = shown.tasks
    assert (task.completed, task.total) == (1_000, 1_000)


def test_a_bar_of_one_step_has_no_share_until_it_is_done() -> None:
    clock, (console, _) = Clock(), page()
    shown = bars(console)
    progress = StageBars(shown, clock)
    progress(Stage.SWAPPING, 0, 1)
    assert shown.tasks[0].total is None
    progress(Stage.SWAPPING, 1, 1)
    assert shown.tasks[0].finished


def test_where_nobody_looks_there_are_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(variable, raising=False)
    with stage_bars() as progress:
        assert isinstance(progress, StageLines)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with stage_bars() as progress:
        assert isinstance(progress, StageBars)
