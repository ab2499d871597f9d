"""Reading workbooks.

The files in `workbooks/` have a title above the heading and a sum below the rows, as openpyxl, xlwt
and odfpy write them; `one_far_cell.xlsx` stands for 17 thousand million cells.
"""

from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.workbook import read_workbook
from tests.intake.conftest import Desk

WORKBOOKS = Path(__file__).parent / "workbooks"


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_rows_have_texts_whole_numbers_and_dates(ending: str) -> None:
    rows = list(read_workbook(InputFile(WORKBOOKS / f"calls.{ending}")))
    assert [row.line for row in rows] == [4, 5, 6]
    assert rows[0].values == {
        "id": "4711",
        "subject": "Belt slips",
        "problem": "It slips",
        "created_at": "2026-03-01T08:30:00",
        "resolution": "Tighten it",
    }
    assert [row.values["id"] for row in rows] == ["4711", "4712", "4713.5"]
    assert rows[1].values["created_at"] == "2026-03-02"


def test_the_sheet_of_tickets_is_chosen_and_the_others_are_said() -> None:
    file = InputFile(WORKBOOKS / "calls.xlsx")
    list(read_workbook(file))
    sheet, heading, total = file.notes
    assert 'the sheet "Calls" was read; others were passed over: "Notes"' in sheet
    assert "the heading is in row 3" in heading
    assert "line 7 only sums" in total


@pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0" * 200])
def test_a_damaged_workbook_is_told(desk: Desk, content: bytes) -> None:
    with pytest.raises(FileUnreadable, match="is no whole workbook"):
        list(read_workbook(InputFile(desk.write("calls.xlsx", content))))


def test_a_table_of_text_under_the_name_of_a_workbook_is_read(desk: Desk) -> None:
    [row] = read_workbook(InputFile(desk.write("calls.xls", "id\tsubject\n7\tJam\n")))
    assert row.values == {"id": "7", "subject": "Jam"}


@pytest.mark.parametrize("size", [600, 4_100, 4_500, 5_200])
def test_an_old_workbook_that_was_cut_off_is_named(tmp_path: Path, size: int) -> None:
    path = tmp_path / "calls.xls"
    path.write_bytes((WORKBOOKS / "calls.xls").read_bytes()[:size])
    with pytest.raises(FileUnreadable, match=r"calls\.xls is no whole workbook"):
        list(read_workbook(InputFile(path)))
