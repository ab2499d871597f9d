"""Telling how cells are separated."""

import pytest

from kbsearch.intake.readers.dialect import Dialect, find_dialect


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        pytest.param("id,subject\n", ",", id="commas"),
        pytest.param("id;subject;body\n1;a, b;c, d, e\n", ";", id="commas in texts"),
        pytest.param("id\tsubject\n1\ta | b | c\n", "\t", id="bars in texts"),
        pytest.param("Nr|Wann\n1|a, b\n2|c, d, e\n", "|", id="names that nobody knows"),
        pytest.param("subject\nNo paper, no ink\n", ",", id="one column"),
        pytest.param('"id";"sub, ject"\n', ";", id="quoted header"),
    ],
)
def test_the_separator_that_fits_best(sample: str, delimiter: str) -> None:
    assert find_dialect(sample).delimiter == delimiter


def test_a_declared_separator_is_believed() -> None:
    assert find_dialect("SEP=\t\nid,subject\n") == Dialect("\t", declared=True)
