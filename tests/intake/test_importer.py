"""Importing files: what becomes of the rows, and what is told about it."""

import gzip
import json
from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable, InputError
from kbsearch.progress import Stage
from tests.intake.conftest import Desk

CALLS = 'id,Subject,Answer\n1,No paper,Fill the tray\n2,"Jam, again",Open the door\n'


def test_a_table_becomes_tickets(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", CALLS))
    assert (report.read, report.new, report.rejected) == (2, 2, 0)
    assert desk.tickets()["2"].subject == "Jam, again"
    assert desk.tickets()["2"].resolution == "Open the door"


def test_a_collection_of_questions_needs_no_mapping(desk: Desk) -> None:
    row = {
        "id": "fx-1",
        "subject": "Slow start",
        "body": "It is slow.",
        "resolution": "Restart it.",
        "resolution_kind": "accepted",
        "tags": ["mac-os", "desktop"],
        "topic": "speed",
        "created": "2018-11-30",
        "kind": "ticket",
    }
    path = desk.write("tickets.jsonl.gz", gzip.compress(json.dumps(row).encode()))
    report = desk.take(path)
    ticket = desk.tickets()["fx-1"]
    assert (ticket.problem, ticket.category, ticket.tags) == (
        "It is slow.",
        "speed",
        ("mac-os", "desktop"),
    )
    assert str(ticket.created_at) == "2018-11-30 00:00:00+00:00"
    assert [note for note in report.notes if '"resolution_kind"' in note] == list(report.notes)


def test_importing_the_same_file_again_changes_nothing(desk: Desk) -> None:
    path = desk.write("calls.csv", CALLS)
    desk.take(path)
    before = desk.store.watermark()
    report = desk.take(path)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert desk.store.watermark() == before


def test_a_changed_row_changes_the_ticket_of_its_reference(desk: Desk) -> None:
    path = desk.write("calls.csv", CALLS)
    desk.take(path)
    path.write_text(CALLS.replace("Open the door", "Clean the rollers"))
    report = desk.take(path)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert desk.tickets()["2"].resolution == "Clean the rollers"


def test_the_later_of_two_rows_with_one_reference_wins(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject\n1,first\n1,second\n"))
    assert (report.new, report.joined) == (1, 1)
    assert desk.tickets()["1"].subject == "second"


def test_a_bad_row_is_rejected_and_the_others_are_imported(desk: Desk) -> None:
    rows = "id,subject\n1,No paper\n,Jam\n3,Noise\n"
    report = desk.take(desk.write("calls.csv", rows))
    assert (report.read, report.new, report.rejected) == (3, 2, 1)
    assert report.rejects is not None
    rejected = json.loads(report.rejects.read_text())
    assert (rejected["_line"], rejected["_field"]) == (3, "reference")
    assert rejected["_reason"] == "is empty; give the row one of its own"


def test_more_tags_than_a_ticket_may_have_leave_its_tags_as_they_were(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,subject,tags\n1,Jam,paper\n"))
    tags = ";".join(str(number) for number in range(101))
    report = desk.take(desk.write("calls.csv", f"id,subject,tags\n1,Jammed,{tags}\n2,Jam,a;b\n"))
    assert (report.changed, report.new, report.rejected) == (1, 1, 0)
    assert (desk.tickets()["1"].subject, desk.tickets()["1"].tags) == ("Jammed", ("paper",))
    assert "tags was left as it was in one row, line 2" in report.notes[0]
    assert "has 101 tags, the limit is 100; leave some out" in report.notes[0]


def test_a_dry_run_says_why_it_would_reject_the_first_rows(desk: Desk) -> None:
    rows = "id,subject\n" + ",Jam\n" * 9
    report = desk.take(desk.write("calls.csv", rows), dry_run=True)
    assert (report.rejected, report.rejects) == (9, None)
    assert len(report.notes) == 5
    assert "line 2 would be rejected: reference: " in report.notes[0]


def test_every_row_is_new_changed_unchanged_or_rejected(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", CALLS))
    rows = CALLS.replace("No paper", "Paper is out") + "3,Noise,\n,Smoke,\n"
    report = desk.take(desk.write("calls.csv", rows))
    assert (report.new, report.changed, report.unchanged, report.rejected) == (1, 1, 1, 1)
    assert report.read == 4


def test_a_mended_rejects_file_can_be_imported(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject,created\n,Jam,2026-04-03\n"))
    assert report.rejects is not None
    mended = report.rejects.read_text().replace('"id": ""', '"id": "2"')
    report.rejects.write_text(mended)
    assert desk.take(report.rejects).new == 1
    assert str(desk.tickets()["2"].created_at) == "2026-04-03 00:00:00+00:00"


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    path = desk.write("calls.csv", CALLS + ",no reference,\n")
    report = desk.take(path, dry_run=True)
    assert (report.new, report.rejected, report.rejects) == (2, 1, None)
    assert desk.store.count() == 0
    assert not desk.rejects_folder.exists()


def test_a_mapping_wins_over_the_usual_names(desk: Desk) -> None:
    path = desk.write("calls.csv", "id,title,headline\n1,wrong,right\n")
    desk.take(path, mapping={"subject": "Headline"})
    assert desk.tickets()["1"].subject == "right"


def test_a_mapping_to_a_column_that_is_not_there_names_those_that_are(desk: Desk) -> None:
    path = desk.write("calls.csv", CALLS)
    with pytest.raises(InputError, match=r'no column "Fix".*"id", "Subject", "Answer"'):
        desk.take(path, mapping={"resolution": "Fix"})


def test_a_mapping_of_a_field_that_no_ticket_has_names_those_it_has(desk: Desk) -> None:
    with pytest.raises(InputError, match=r'no field "colour".*resolution'):
        desk.take(desk.write("calls.csv", CALLS), mapping={"colour": "Subject"})


def test_a_table_without_a_usable_column_names_what_it_has(desk: Desk) -> None:
    path = desk.write("calls.csv", "id,wibble\n1,x\n")
    with pytest.raises(FileUnreadable, match=r'"id", "wibble".*--map problem=NAME'):
        desk.take(path)


def test_rows_without_a_reference_column_get_one_of_their_content(desk: Desk) -> None:
    path = desk.write("calls.csv", "subject\nNo paper\nJam\n")
    report = desk.take(path)
    assert [reference[:4] for reference in desk.tickets()] == ["row-", "row-"]
    assert desk.take(path).unchanged == 2
    assert any("no column holds a reference" in note for note in report.notes)


def test_the_content_reference_does_not_depend_on_the_format(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "subject\nNo paper\n"))
    assert desk.take(desk.write("calls.jsonl", '{"subject": "No paper"}')).unchanged == 1


def test_a_row_without_its_reference_is_rejected(desk: Desk) -> None:
    report = desk.take(desk.write("calls.jsonl", '{"id": 1, "subject": "a"}\n{"subject": "b"}'))
    assert (report.new, report.rejected) == (1, 1)


def test_a_column_called_source_is_the_channel(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,subject,source\n1,a,Phone\n"))
    report = desk.take(desk.write("calls.csv", "id,subject,source\n1,a,Web\n"))
    ticket = desk.tickets()["1"]
    assert (report.changed, ticket.source, ticket.channel) == (1, "desk", "Web")


def test_a_column_of_source_systems_wins_over_the_source_of_the_import(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,subject,source system\n1,a,helpline\n2,b,\n"))
    assert [ticket.source for ticket in desk.tickets().values()] == ["helpline", "desk"]


def test_columns_that_nothing_takes_are_named_once(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject,Mood,Colour\n1,a,b,c\n2,d,e,f\n"))
    assert [note.split(": ", 1)[1] for note in report.notes] == [
        'no field takes "Mood", "Colour"; --map FIELD=NAME makes one take it.'
    ]


def test_two_columns_for_one_field_are_told(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,body,description\n1,short,long\n"))
    assert desk.tickets()["1"].problem == "long"
    assert any('"body" was left aside' in note for note in report.notes)


def test_one_bad_file_does_not_stop_the_others(desk: Desk) -> None:
    desk.write("in/a.csv", b"")
    desk.write("in/b.csv", CALLS)
    report = desk.take(desk.folder / "in")
    assert report.new == 2
    assert len(report.problems) == 1
    assert "a.csv is empty" in report.problems[0]


def test_a_file_that_breaks_off_keeps_what_was_read(desk: Desk) -> None:
    lines = "".join(
        json.dumps({"id": number, "subject": str(number) * 40}) + "\n" for number in range(5000)
    )
    packed = gzip.compress(lines.encode())
    report = desk.take(desk.write("calls.jsonl.gz", packed[: len(packed) // 2]))
    assert 0 < report.read < 5000
    assert desk.store.count() == report.new
    assert f"The {report.read:,} rows before that were read" in report.problems[0]


def test_nothing_readable_at_all_is_an_error(desk: Desk) -> None:
    with pytest.raises(FileUnreadable, match=r"absent\.csv does not exist") as caught:
        desk.take(Path("absent.csv"), desk.write("calls.pdf", b"%PDF"))
    assert "ends in none of .jsonl" in str(caught.value)


def test_a_header_without_rows_is_noted(desk: Desk) -> None:
    report = desk.take(desk.write("calls.csv", "id,subject\n"))
    assert (report.read, report.problems) == (0, ())
    assert "there are no rows in it" in report.notes[0]


def test_progress_is_told_in_bytes_of_all_files(desk: Desk) -> None:
    told: list[tuple[Stage, int, int | None]] = []
    paths = [desk.write("a.csv", CALLS), desk.write("b.csv", CALLS.replace("id", "key"))]
    desk.take(*paths, progress=lambda stage, done, total: told.append((stage, done, total)))
    size = len(CALLS)
    assert told == [
        (Stage.READING, size, 2 * size + 1),
        (Stage.READING, 2 * size + 1, 2 * size + 1),
    ]


def test_a_cell_that_is_empty_empties_the_field_and_an_absent_one_keeps_it(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,subject,answer,product\n1,a,b,c\n"))
    desk.take(desk.write("calls.csv", "id,subject,answer\n1,a,\n2,b,c\n"))
    assert (desk.tickets()["1"].resolution, desk.tickets()["1"].product) == ("", "c")


def test_a_column_that_is_empty_in_every_row_changes_nothing_and_is_named(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,subject,answer\n1,a,b\n"))
    report = desk.take(desk.write("calls.csv", "id,subject,answer\n1,new,\n2,b,NULL\n"))
    assert (desk.tickets()["1"].subject, desk.tickets()["1"].resolution) == ("new", "b")
    assert '"answer" is empty in every row and changes nothing.' in report.notes[0]


def test_another_column_is_taken_where_the_first_is_empty_in_every_row(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,description,body\n1,,Toner low\n2,,Jam\n"))
    assert desk.tickets()["2"].problem == "Jam"


def test_a_name_that_is_half_a_character_can_be_told(desk: Desk) -> None:
    report = desk.take(desk.write("calls.jsonl", r'{"id": 1, "subject": "a", "\ud800": 2}'))
    assert 'no field takes "?"' in report.notes[0].encode("utf-8").decode()


def test_a_path_into_an_object_can_be_mapped(desk: Desk) -> None:
    row = '{"id": 7, "call": {"what": {"text": "Jam"}, "kind": ["Paper", "Tray"]}}'
    mapping = {"subject": "call.what.text", "category": "call.kind"}
    assert desk.take(desk.write("calls.jsonl", row), mapping=mapping).new == 1
    ticket = desk.tickets()["7"]
    assert (ticket.subject, ticket.category) == ("Jam", "Paper, Tray")
