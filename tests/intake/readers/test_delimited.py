"""Reading CSV and TSV."""

import csv
import io
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.delimited import read_delimited, records
from kbsearch.intake.rows import ROW_LIMIT, BadRow, Row
from tests.intake.conftest import Desk

Read = Callable[[str], list[Row | BadRow]]


@pytest.fixture
def read(desk: Desk) -> Read:
    """Reads the text of a CSV file."""
    return lambda text: list(read_delimited(InputFile(desk.write("calls.csv", text))))


def test_a_row_has_its_line_and_its_values(read: Read) -> None:
    assert read("id,subject\n7,Jam\n") == [Row(2, {"id": "7", "subject": "Jam"}, 6)]


def test_a_quoted_cell_may_hold_lines_and_the_row_is_where_it_begins(read: Read) -> None:
    rows = read('id,body\r\n1,"a\r\nb ""c"", d"\r\n\r\n2,e\r\n')
    assert [row.line for row in rows] == [2, 5]
    assert rows[0].values["body"] == 'a\nb "c", d'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(read: Read, delimiter: str) -> None:
    [row] = read(f'id{delimiter}subject\n1{delimiter}"a, b; c | d"\n')
    assert row.values == {"id": "1", "subject": "a, b; c | d"}


def test_commas_in_texts_do_not_make_a_table_of_semicolons_one_of_commas(read: Read) -> None:
    rows = read('Nr;Wann\n1;"so, so, so"\n2;gut, gut, gut\n')
    assert [row.values["Wann"] for row in rows] == ["so, so, so", "gut, gut, gut"]


def test_a_first_line_that_declares_the_separator_is_no_header(read: Read) -> None:
    assert read("sep=;\nid;subject\n1;a\n") == [Row(3, {"id": "1", "subject": "a"}, 4)]


def test_blanks_between_separator_and_quote_do_not_count(read: Read) -> None:
    assert read('id, subject\n1, "a, b"\n')[0].values == {"id": "1", "subject": "a, b"}


def test_a_quote_inside_a_cell_is_itself(read: Read) -> None:
    assert read('id,subject\n1,The 5" disk\n2,b\n')[0].values["subject"] == 'The 5" disk'


def test_a_row_with_more_cells_than_the_header_is_bad(read: Read) -> None:
    [row] = read("id,subject\n1,a,b\n")
    assert isinstance(row, BadRow)
    assert "has 3 cells, the header has 2" in row.reason
    assert row.values == {"id": "1", "subject": "a", "_extra": ["b"]}


def test_empty_cells_beyond_the_header_do_no_harm(read: Read) -> None:
    assert read("id,subject\n1,a,,\n") == [Row(2, {"id": "1", "subject": "a"}, 6)]


def test_a_line_end_without_quotes_makes_bad_rows_and_no_wrong_ticket(read: Read) -> None:
    rows = read("id,subject,body\n1,Jam,It jams\nagain,and again\n2,Noise,\n")
    assert [isinstance(row, BadRow) for row in rows] == [False, True, False]
    assert isinstance(rows[1], BadRow)
    assert "has 2 cells, the header has 3" in rows[1].reason


def test_rows_of_empty_cells_are_passed_over(read: Read) -> None:
    assert len(read("id,subject\n1,a\n,\n\n2,b\n")) == 2


def test_columns_with_one_name_or_none_are_told_apart(read: Read) -> None:
    assert list(read("id,note,note,\n1,a,b,c\n")[0].values) == [
        "id",
        "note",
        "note (2)",
        "column 4",
    ]


def test_a_quote_that_is_never_closed_takes_only_its_line_along(read: Read) -> None:
    first, *others = read('id,subject\n1,"Jam\n2,Noise\n3,Smoke\n')
    assert isinstance(first, BadRow)
    assert "never closed" in first.reason
    assert [row.values["subject"] for row in others] == ["Noise", "Smoke"]


def test_a_header_that_never_ends_is_told(read: Read) -> None:
    with pytest.raises(FileUnreadable, match="the header in line 1 never ends"):
        read('"id,subject\n1,a\n')


def test_a_cell_of_many_megabytes_is_one_bad_row(read: Read) -> None:
    cell = ("x" * 99 + "\n") * (ROW_LIMIT // 50)
    bad, good = read(f'id,body,product\n1,"{cell}",p\n2,b,q\n')
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.field, bad.values["id"]) == (2, "body", "1")
    assert f"has {len(cell) + 7:,} characters" in bad.reason
    assert good.line == ROW_LIMIT // 50 + 3


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"))


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=9),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_records_are_those_of_the_csv_module(
    rows: list[list[str]], delimiter: str, quoting: Literal[0, 1]
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
    pieces = list(records(io.StringIO(text.getvalue()), delimiter))
    assert [next(csv.reader([piece.text], delimiter=delimiter)) for piece in pieces] == rows


@settings(deadline=None)
@given(text=st.text(alphabet='a ,"\n'))
def test_nothing_is_lost_between_records(text: str) -> None:
    pieces = list(records(io.StringIO(text), ","))
    joined = "".join(piece.text for piece in pieces)
    assert joined.replace("\n", "") == text.replace("\n", "")
