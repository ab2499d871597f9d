"""How much work the reading of a file may be."""

from collections.abc import Generator
from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake import allowance
from kbsearch.intake.allowance import Allowance, PartTooSlow
from kbsearch.intake.rows import BadRow, Row


def _rows(given: Allowance, count: int, work: int) -> Generator[Row | BadRow, None, None]:
    """Yield rows, and then work without one."""
    for line in range(count):
        yield Row(line + 1, {})
    for _ in range(work):
        given.read(0)
        sum(range(20_000))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Allowance:
    monkeypatch.setattr(allowance, "SECONDS", 0.05)
    return Allowance(Path("calls.json"))


def test_a_reader_that_comes_to_no_row_is_ended(given: Allowance) -> None:
    rows = given.watch(_rows(given, 1, 1_000_000))
    assert next(rows).line == 1
    with pytest.raises(FileUnreadable, match=r"calls\.json takes longer to read"):
        next(rows)


def test_rows_and_bytes_give_more_time(given: Allowance) -> None:
    before = given.left
    given.read(4_000_000)
    list(given.watch(_rows(given, 1_000, 0)))
    assert given.left > before + 1


def test_the_time_between_rows_is_not_the_reader_s(given: Allowance) -> None:
    rows = given.watch(_rows(given, 2, 0))
    next(rows)
    sum(range(5_000_000))
    given.check()
    assert next(rows).line == 2


def test_a_part_that_is_too_slow_costs_the_file_nothing(
    given: Allowance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "OF_A_PART", 0.2)
    rows = given.watch(_parts(given, allowance.FORGIVEN))
    assert [row.line for row in rows] == list(range(allowance.FORGIVEN))


def test_parts_that_are_too_slow_again_and_again_end_their_file(
    given: Allowance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "OF_A_PART", 0.02)
    with pytest.raises(FileUnreadable, match="takes longer to read"):
        list(given.watch(_parts(given, 1_000)))


def _parts(given: Allowance, count: int) -> Generator[Row | BadRow, None, None]:
    """Yield rows, each after a part that takes longer than it may."""
    for number in range(count):
        with pytest.raises(PartTooSlow), given.part(0):
            while True:
                given.check()
        yield Row(number, {})
