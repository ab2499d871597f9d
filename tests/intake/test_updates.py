"""Files that bring tickets up to date."""

import pytest

from kbsearch.errors import FileUnreadable
from tests.intake.conftest import Desk

FIRST = "id,subject,problem,resolution,status,updated_at\n"
HOB = "11,Hob clicks,It clicks all night,Dry it,closed,2026-02-04\n"


def note(desk: Desk, name: str, text: str) -> str:
    """Import a file and return what its report says of it, a sentence a line."""
    return "\n".join(desk.take(desk.write(name, text)).notes)


def test_a_file_of_references_and_a_status_keeps_everything_else(desk: Desk) -> None:
    desk.take(desk.write("first.csv", FIRST + HOB))
    report = desk.take(desk.write("states.csv", "id,status\n11,reopened\n"))
    ticket = desk.tickets()["11"]
    assert (report.changed, ticket.status, ticket.problem) == (1, "Reopened", "It clicks all night")
    assert "only tickets that are there already are brought up to date" in report.notes[0]


def test_a_status_of_a_ticket_that_is_not_there_is_rejected(desk: Desk) -> None:
    report = desk.take(desk.write("states.csv", "id,status\n11,closed\n"))
    assert (report.rejected, desk.tickets()) == (1, {})


@pytest.mark.parametrize("text", ["id,colour\n11,red\n", "status,colour\nnew,red\n"])
def test_a_file_that_could_change_nothing_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(FileUnreadable, match="has no column that can be searched"):
        desk.take(desk.write("odd.csv", text))


def test_an_older_row_changes_nothing(desk: Desk) -> None:
    desk.take(desk.write("first.csv", FIRST + HOB))
    report = desk.take(desk.write("older.csv", f"{FIRST}11,Hob,Clicks,,open,2026-01-04\n"))
    assert (report.older, desk.tickets()["11"].resolution) == (1, "Dry it")


def test_an_empty_cell_empties_its_field_and_is_counted(desk: Desk) -> None:
    desk.take(desk.write("first.csv", FIRST + HOB))
    rows = "12,Oven cold,It stays cold,Fuse,closed,2026-02-05\n11,Hob clicks,,,open,2026-02-05\n"
    said = note(desk, "next.csv", FIRST + rows)
    assert "resolution was emptied in 1 ticket, first by line 3" in said
    assert "problem was emptied in 1 ticket" in said
    assert desk.tickets()["11"].resolution == ""


def test_a_column_that_is_empty_in_every_row_changes_nothing_and_is_named(desk: Desk) -> None:
    desk.take(desk.write("first.csv", FIRST + HOB))
    said = note(desk, "next.csv", f"{FIRST}11,Hob clicks,It clicks,,open,2026-02-05\n")
    assert '"resolution" is empty in every row and changes nothing' in said
    assert desk.tickets()["11"].resolution == "Dry it"


@pytest.mark.parametrize("reference", [" AB-1 ", "AB-1\r\n", "A\u200bB-1"])
def test_what_was_added_by_a_program_and_is_imported_is_one_ticket(
    desk: Desk, reference: str
) -> None:
    desk.store.create({"reference": reference, "subject": "Hob clicks"})
    report = desk.take(desk.write("same.csv", "id,subject\nAB-1,Hob clicks\n"))
    assert (report.unchanged, list(desk.tickets())) == (1, ["AB-1"])
