"""Reading a text line by line."""

from contextlib import ExitStack

import pytest

from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.lines import Lines
from tests.intake.conftest import Desk


@pytest.fixture
def file(desk: Desk) -> InputFile:
    return InputFile(desk.write("calls.txt", "one\n\n\ntwo\nthree"))


def _lines(file: InputFile, stack: ExitStack) -> Lines:
    return Lines(file, lambda: stack.enter_context(file.text("utf-8")))


def test_lines_have_their_numbers_and_blank_ones_are_counted(file: InputFile) -> None:
    with ExitStack() as stack:
        found = [(line.number, line.text) for line in _lines(file, stack).filled()]
    assert found == [(1, "one\n"), (4, "two\n"), (5, "three")]
    assert file.blank == 2


def test_lines_that_are_put_back_are_read_again(file: InputFile) -> None:
    with ExitStack() as stack:
        lines = _lines(file, stack)
        first, blank = next(lines), next(lines)
        lines.put_back([first, blank])
        assert [next(lines), next(lines)] == [first, blank]
        assert [line.text for line in lines] == ["\n", "two\n", "three"]


def test_reading_may_go_back_to_any_line(file: InputFile) -> None:
    with ExitStack() as stack:
        lines = _lines(file, stack)
        list(lines)
        lines.restart(after=1)
        assert [line.number for line in lines.filled()] == [4, 5]


def test_lines_that_no_one_claims_are_found(file: InputFile) -> None:
    with ExitStack() as stack:
        lines = _lines(file, stack)
        for line in lines.filled():
            if line.text != "two\n":
                lines.claim(line.number, line.last)
        lines.close()
    assert file.lost == [f"{file.path}: line 4 is unaccounted for; look at it, and mend the file."]


def test_the_end_that_no_one_claims_is_found(file: InputFile) -> None:
    with ExitStack() as stack:
        lines = _lines(file, stack)
        lines.claim(1, 3)
        list(lines)
        lines.close()
    assert "lines 4 to 5 are unaccounted for" in file.lost[0]
