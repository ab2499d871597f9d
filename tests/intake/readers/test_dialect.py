"""Telling how cells are separated."""

import pytest

from kbsearch.intake.readers.dialect import Dialect, find_dialect


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        pytest.param("id,subject\n", ",", id="commas"),
        pytest.param("id;subject;body\n1;a, b;c, d, e\n", ";", id="commas in texts"),
        pytest.param("id\tsubject\n1\ta | b | c\n", "\t", id="bars in texts"),
        pytest.param("Nr|Wann\n1|a, b\n2|c, d, e\n", "|", id="unknown names"),
        pytest.param("subject\nNo paper, no ink\n", ",", id="one column"),
        pytest.param('"id";"sub, ject"\n', ";", id="quoted header"),
    ],
)
def test_the_separator_that_fits_best(sample: str, delimiter: str) -> None:
    assert find_dialect(sample).delimiter == delimiter


def test_a_declared_separator_is_believed() -> None:
    assert find_dialect("SEP=\t\nid,subject\n") == Dialect("\t", heading=2)


@pytest.mark.parametrize(
    ("sample", "line"),
    [
        pytest.param("Calls of May\n\nid,subject\n7,Jam\n", 3, id="a title"),
        pytest.param("# made by a program\nid;subject\n7;Jam\n", 2, id="a comment"),
        pytest.param('"Closed calls",,\nid,subject,body\n7,Jam,b\n', 2, id="a title in a cell"),
        pytest.param("Calls of May\nNr;Wann\n7;so\n8;so\n", 2, id="unknown names"),
        pytest.param("Nr;Wann;Was\n7;ticket;problem\n", 1, id="names among the values"),
    ],
)
def test_the_heading_may_be_further_down(sample: str, line: int) -> None:
    assert find_dialect(sample).heading == line


def test_lines_that_are_quoted_whole_are_told() -> None:
    assert find_dialect('"id,subject"\n"7,""Jam, again"""\n').wrapped
    assert not find_dialect('subject\n"No paper, no ink"\n').wrapped
