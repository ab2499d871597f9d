"""Numbers, sizes and lines."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import size, write, write_labelled


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (1, "1 byte"),
        (1000, "1.0 kB"),
        (999_960, "1.0 MB"),
        (2_000_000_000, "2.0 GB"),
        (3 * 10**12, "3.0 TB"),
    ],
)
def test_a_size_has_the_unit_that_fits(octets: int, text: str) -> None:
    assert size(octets) == text


def test_line_ends_and_tabs_stay() -> None:
    assert clean("a\tb\r\nc") == "a\tb \nc"


def test_a_sentence_is_one_line_where_nobody_looks() -> None:
    page = io.StringIO()
    write(Console(file=page, width=20), "a sentence that is longer than the line is wide")
    assert page.getvalue() == "a sentence that is longer than the line is wide\n"


def test_lines_of_a_text_stand_below_each_other_without_spaces_at_their_ends() -> None:
    page = io.StringIO()
    write_labelled(Console(file=page, width=32), "Label", Text("one\n\ntwo three four five six"))
    assert page.getvalue().splitlines() == [
        "Label       one",
        "",
        "            two three four five",
        "            six",
    ]
