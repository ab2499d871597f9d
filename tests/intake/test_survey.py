"""What a file proves before it is imported."""

from itertools import count

from kbsearch.intake.columns import Columns
from kbsearch.intake.rows import Row
from kbsearch.intake.survey import HOPELESS, Survey
from kbsearch.records.import_options import DateOrder
from tests.intake.conftest import Desk

DOUBTFUL = "id,subject,opened,closed\n1,Jam,03/04/2026,05/04/2026\n"


def test_a_later_row_proves_the_order_for_an_earlier_one(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", DOUBTFUL + "2,Ink,25/04/2026,\n"))
    assert str(desk.tickets()["1"].created_at)[:10] == "2026-04-03"
    assert '"opened" has the order day-first: line 3 proves it.' in report.notes[0]


def test_another_column_of_times_lends_its_order(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", DOUBTFUL + "2,Ink,,04/25/2026\n"))
    assert str(desk.tickets()["1"].created_at)[:10] == "2026-03-04"
    assert '"opened" is taken as month-first: "closed" proves it.' in report.notes[0]


def test_am_and_pm_with_slashes_speak_for_the_month(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject,opened\n1,Jam,3/4/26 9:05 AM\n"))
    assert str(desk.tickets()["1"].created_at) == "2026-03-04 09:05:00+00:00"
    assert "--date-order says otherwise" in report.notes[0]


def test_without_any_proof_the_admin_is_asked_and_the_ticket_comes_in(desk: Desk) -> None:
    path = desk.write("calls.csv", DOUBTFUL)
    report = desk.take(path)
    assert (report.new, desk.tickets()["1"].created_at) == (1, None)
    assert "add --date-order day-first or month-first" in report.notes[0]
    desk.take(path, date_order=DateOrder.DAY_FIRST)
    assert str(desk.tickets()["1"].created_at)[:10] == "2026-04-03"


def test_a_column_that_mixes_both_orders_is_told(desk: Desk) -> None:
    rows = "id,subject,opened\n1,Jam,25/04/2026\n2,Jam,04/25/2026\n3,Jam,03/04/2026\n"
    report = desk.take(desk.write("calls.csv", rows))
    assert desk.tickets()["1"].created_at == desk.tickets()["2"].created_at
    assert desk.tickets()["3"].created_at is None
    assert "mixes both orders" in report.notes[0]


def test_a_subject_such_as_none_is_nothing_only_if_it_comes_again(desk: Desk) -> None:
    desk.take(desk.write("a.csv", "id,subject,body\n1,None,x\n2,Jam,y\n"))
    assert desk.tickets()["1"].subject == "None"
    desk.take(desk.write("b.csv", "id,subject,body\n1,None,x\n2,None,y\n3,Jam,z\n"))
    assert desk.tickets()["1"].subject == ""


def test_numbers_that_a_spreadsheet_shortened_are_told(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject\n1.23E+11,Jam\n7,Ink\n"))
    assert 'such as "1.23E+11" in line 2; export that column as text' in report.notes[0]


def test_tags_are_taken_from_all_their_columns(desk: Desk) -> None:
    rows = "id,subject,tag_1,tag_2,Labels,Labels\n1,Jam,a,,b,c\n"
    desk.take(desk.write("calls.csv", rows))
    assert desk.tickets()["1"].tags == ("a", "b", "c")


def test_a_file_whose_columns_say_nothing_is_not_read_to_its_end() -> None:
    rows = (Row(line, {"Shelf": str(line)}) for line in count(1))

    survey = Survey(Columns({}), None)
    survey.read(rows)

    assert next(rows).line < 2 * HOPELESS
