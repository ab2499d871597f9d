"""Reading CSV and TSV."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.delimited import read_delimited
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


def test_a_quote_that_is_never_closed_is_a_letter_of_its_row(desk: Desk) -> None:
    file = InputFile(desk.write("calls.csv", 'id,subject\n1,"Jam\n2,Noise\n3,Smoke\n'))
    assert [row.values["subject"] for row in read_delimited(file)] == ['"Jam', "Noise", "Smoke"]
    assert "read as a letter, first in line 2; rows with such a quote: 1" in file.notes[0]


def test_a_quote_that_makes_no_row_of_its_line_takes_only_that_along(read: Read) -> None:
    first, *others = read('id,subject\n1, a, "Jam\n2,Noise\n3,Smoke\n')
    assert isinstance(first, BadRow)
    assert "never closed" in first.reason
    assert [row.values["subject"] for row in others] == ["Noise", "Smoke"]


def test_a_file_cut_inside_a_quoted_cell_has_a_bad_row_at_its_end(read: Read) -> None:
    good, bad = read('id,subject\n1,"a\nb"\n2,"cut her')
    assert good.values["subject"] == "a\nb"
    assert isinstance(bad, BadRow)


def test_a_quote_is_a_letter_also_where_a_later_one_would_close_it(read: Read) -> None:
    text = 'id,subject,body\n1,"Jam,a\n2,Noise,b\n3,Monitor 19",c\n4,Smoke,d\n'
    assert [row.values["id"] for row in read(text)] == ["1", "2", "3", "4"]


def test_rows_of_stray_quotes_are_read_once(read: Read) -> None:
    rows = read("subject,body\n" + '19" monitor,"broken\n' * 3_000 + "Noise,loud\n")
    assert len(rows) == 3_001
    assert rows[0].values == {"subject": '19" monitor', "body": '"broken'}


def test_a_stray_quote_before_megabytes_of_rows_takes_none_along(read: Read) -> None:
    more = "".join(f"{n},Noise,{'x' * 2_000}\n" for n in range(ROW_LIMIT // 1_500))
    rows = read(f'id,subject,body\n7,"Jam,x\n{more}')
    assert len(rows) == 1 + ROW_LIMIT // 1_500
    assert rows[0].values["subject"] == '"Jam'


def test_quotes_with_a_backslash_are_told_by_the_whole_file(read: Read) -> None:
    rows = read('id,subject,body\n1,"a \\"b\\", c",\\N\n2,"D:\\\\x",y\n')
    assert [row.values["subject"] for row in rows] == ['a "b", c', "D:\\x"]
    assert rows[0].values["body"] == ""


def test_a_backslash_before_the_quote_that_closes_is_a_letter(read: Read) -> None:
    assert read('id,subject,body\n1,"D:\\",x\n')[0].values["subject"] == "D:\\"


def test_a_backslash_may_protect_a_line_end(read: Read) -> None:
    [row] = read("id\tsubject\tbody\n1\tJam\\\nagain\t\\N\n")
    assert row.values == {"id": "1", "subject": "Jam\nagain", "body": ""}


def test_a_row_may_go_without_its_empty_ends(read: Read) -> None:
    rows = read("id,subject,body,tags\n1,Jam,a,b\n2,Noise\n3,Smoke,c\n")
    assert [row.values["tags"] for row in rows] == ["b", "", ""]
    assert not any(isinstance(row, BadRow) for row in rows)


def test_a_row_that_a_line_end_has_torn_is_one_bad_row(read: Read) -> None:
    good, torn = read("id,subject,body,tags\n1,Jam,a\n2,Noise,loud\nand long,b\n")
    assert not isinstance(good, BadRow)
    assert isinstance(torn, BadRow)
    assert "goes on in line 4" in torn.reason
    assert torn.values["_extra"] == ["and long", "b"]


def test_the_heading_over_again_is_passed_over_and_said(desk: Desk) -> None:
    file = InputFile(desk.write("calls.csv", "id,subject\n1,Jam\nid,subject\n2,Noise\n"))
    assert [row.values["id"] for row in read_delimited(file)] == ["1", "2"]
    assert "line 3 repeats the heading" in file.notes[0]


def test_a_line_below_the_table_that_sums_it_up_is_no_ticket(desk: Desk) -> None:
    file = InputFile(desk.write("calls.csv", "May\nid,subject\n1,Jam\nTotal,1\n"))
    assert [row.values["id"] for row in read_delimited(file)] == ["1"]
    assert "heading is in line 2" in file.notes[0]
    assert "line 4 only sums" in file.notes[1]


def test_lines_that_are_quoted_whole_are_read(read: Read) -> None:
    [row] = read('"id,subject"\n"7,""Jam, again"""\n')
    assert row.values == {"id": "7", "subject": "Jam, again"}


def test_a_table_of_too_many_columns_is_refused(read: Read) -> None:
    with pytest.raises(FileUnreadable, match="has 2,002 columns, the limit is 2,000"):
        read("id,subject" + ",x" * 2_000 + "\n")


def test_millions_of_blank_lines_are_told(read: Read) -> None:
    with pytest.raises(FileUnreadable, match="more than 1,000,000 blank lines from line 3 on"):
        read("id,subject\n1,a\n" + "\n" * 1_100_000)


def test_blank_lines_and_rows_of_empty_cells_are_counted(desk: Desk) -> None:
    file = InputFile(desk.write("calls.csv", "id,subject\n1,a\n,\n\n2,b\n"))
    assert len(list(read_delimited(file))) == 2
    assert file.blank == 2


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


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.just("\n"))


@settings(deadline=None)
@given(
    rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=9),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_cells_are_those_of_the_csv_module(
    rows: list[list[str]], delimiter: str, quoting: Literal[0, 1]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerows([[str(number), *row] for number, row in enumerate(rows)])
    with NamedTemporaryFile(suffix=".csv") as file:
        file.write(f"id{delimiter}subject{delimiter}body{delimiter}tag\n{text.getvalue()}".encode())
        file.flush()
        read = list(read_delimited(InputFile(Path(file.name))))
    assert [[str(cell).lstrip(" ") for cell in row.values.values()][1:] for row in read] == [
        [cell.lstrip(" ") for cell in row] for row in rows
    ]


@settings(deadline=None)
@given(text=st.text(alphabet='ab1 ,"\n\\'))
@example('"\\"\\\n1')
def test_no_line_is_lost_whatever_its_quotes(text: str) -> None:
    with NamedTemporaryFile(suffix=".csv") as temporary:
        temporary.write(f"id,subject,body\n{text}".encode())
        temporary.flush()
        file = InputFile(Path(temporary.name))
        rows = list(read_delimited(file))
    assert file.lost == []
    assert len(rows) + file.blank <= text.count("\n") + 1
