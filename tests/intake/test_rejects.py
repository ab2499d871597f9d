"""The file of rejected rows, and its way back."""

import json
import stat
from pathlib import Path

from kbsearch.records.import_report import ImportReport
from tests.intake.conftest import Desk


def _rejected(report: ImportReport) -> list[dict[str, object]]:
    assert report.rejects is not None
    return [json.loads(line) for line in report.rejects.read_text().splitlines()]


def test_a_row_keeps_its_columns_and_tells_why(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,Betreff,subject,date\n,x,Jam,soon\n"))
    assert _rejected(report) == [
        {
            "_line": 2,
            "_field": "reference",
            "_reason": "is empty; give the row one of its own",
            "id": "",
            "Betreff": "x",
            "subject": "Jam",
            "date": "soon",
        }
    ]


def test_only_the_owner_may_read_it(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject\n,Jam\n"))
    assert report.rejects is not None
    assert stat.S_IMODE(report.rejects.stat().st_mode) == 0o600


def test_an_older_file_is_left_alone(desk: Desk) -> None:
    first = desk.take(desk.write("calls.csv", "id,subject\n,Jam\n"))
    second = desk.take(desk.write("calls.csv", "id,subject\n,Noise\n"))
    assert (first.rejects, second.rejects) == (
        desk.rejects_folder / "calls.csv-rejects.jsonl",
        desk.rejects_folder / "calls.csv-rejects-2.jsonl",
    )
    assert _rejected(first)[0]["subject"] == "Jam"


def test_the_same_rejects_make_no_second_file(desk: Desk) -> None:
    path = desk.write("calls.csv", "id,subject\n,Jam\n")
    assert desk.take(path).rejects == desk.take(path).rejects
    assert len(list(desk.rejects_folder.iterdir())) == 1


def test_several_files_are_told_by_their_folder(desk: Desk) -> None:
    paths = [desk.write(f"{name}.csv", "id,subject\n,Jam\n") for name in "ab"]
    assert desk.take(*paths).rejects == desk.rejects_folder


def test_a_field_that_is_too_long_is_shown_cut_and_stays_rejected(desk: Desk) -> None:
    row = json.dumps({"id": 1, "subject": "Jam", "body": "x" * 1_000_001})
    report = desk.take(desk.write("calls.jsonl", row))
    [rejected] = _rejected(report)
    assert rejected["_field"] == "problem"
    assert str(rejected["body"]).endswith("[cut here: it had 1,000,001 characters]")
    assert report.rejects is not None
    again = desk.take(report.rejects)
    assert (again.new, again.rejected) == (0, 1)


def test_a_completed_row_is_imported_once_its_mark_is_taken_out(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject\n1,Jam, again\n"))
    [row] = _rejected(report)
    assert (row["_incomplete"], row["_extra"]) == (True, ["again"])
    mended = {"id": row["id"], "subject": "Jam, again", "_line": 2}
    path = desk.write("mended.jsonl", json.dumps(mended))
    assert desk.take(path).new == 1


def test_bytes_that_are_no_text_are_marked(desk: Desk) -> None:
    rows = "id,subject\n1,Café\n2,Entrée\n".encode() + b"3,caf\xe9\n"
    report = desk.take(desk.write("calls.csv", rows))
    [row] = _rejected(report)
    assert (report.new, row["_line"], row["_incomplete"]) == (2, 4, True)
    assert row["subject"] == "caf?"


def test_half_a_character_is_rejected_again(desk: Desk) -> None:
    report = desk.take(desk.write("calls.jsonl", r'{"id": 1, "subject": "\ud800"}'))
    assert report.rejects is not None
    assert desk.take(report.rejects).rejected == 1


def test_importing_a_rejects_file_names_the_next_one_after_the_first_input(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject\n,Jam\n"))
    assert report.rejects is not None
    moved = report.rejects.rename(desk.folder / report.rejects.name)
    again = desk.take(moved)
    assert again.rejects == Path(desk.rejects_folder / "calls.csv-rejects.jsonl")


def test_lines_that_nothing_could_read_stay_rejected(desk: Desk) -> None:
    report = desk.take(desk.write("calls.jsonl", '{"id": 1\n[2]\n'))
    assert report.rejects is not None
    again = desk.take(report.rejects)
    assert (again.read, again.rejected) == (2, 2)


def test_what_can_be_read_but_not_written_back_is_marked(desk: Desk) -> None:
    deep = "[" * 900 + "]" * 900
    report = desk.take(desk.write("calls.jsonl", f'{{"subject": "Jam", "id": "", "x": {deep}}}'))
    assert report.rejected == 1
