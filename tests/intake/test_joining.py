"""Files in which a reference comes more than once."""

import json
from collections import Counter

import pytest

from kbsearch.records.import_report import ImportReport
from kbsearch.records.message import Role
from tests.intake.conftest import Desk

CHAT = (
    "case number,created,from,title,body\n"
    "5,2026-02-01 08:00,customer,Scale drifts,It drifts by 3 g\n"
    "6,2026-02-01 08:05,customer,Oven cold,It stays cold\n"
    "5,2026-02-01 09:00,agent,Re: Scale drifts,Level its feet and tare it\n"
    "5,2026-02-01 10:00,customer,AW: Re: Scale drifts,That was it\n"
)


def adds_up(report: ImportReport) -> bool:
    """Tell whether every row that was read became something."""
    parts = ("new", "changed", "unchanged", "older", "deleted", "joined", "rejected")
    return report.read == sum([int(getattr(report, part)) for part in parts])


def test_messages_that_stand_apart_become_one_ticket(desk: Desk) -> None:
    report = desk.take(desk.write("chat.csv", CHAT))
    assert (report.read, report.new, report.joined) == (4, 2, 2)
    assert adds_up(report)
    ticket = desk.tickets()["5"]
    assert (ticket.subject, ticket.problem) == ("Scale drifts", "It drifts by 3 g")
    assert [one.role for one in ticket.messages] == [Role.REQUESTER, Role.AGENT, Role.REQUESTER]
    assert ticket.resolution == "Level its feet and tare it"
    assert ticket.resolution_from == "the last reply"
    assert desk.tickets()["6"].messages == ()


def test_the_report_says_which_references_come_again(desk: Desk) -> None:
    (note,) = desk.take(desk.write("chat.csv", CHAT)).notes
    assert note.endswith(
        'one reference stands in several rows, such as "5" in 3: each row is a message of its'
        " ticket."
    )


def test_the_same_conversation_again_changes_nothing(desk: Desk) -> None:
    path = desk.write("chat.csv", CHAT)
    desk.take(path)
    report = desk.take(path)
    assert (report.unchanged, report.joined, report.changed) == (2, 2, 0)


def test_a_later_file_with_the_next_messages_alone_goes_on(desk: Desk) -> None:
    desk.take(desk.write("chat.csv", CHAT))
    heading = CHAT.partition("\n")[0]
    row = "5,2026-02-03 08:00,customer,Re: Scale drifts,It drifts again since today"
    desk.take(desk.write("next.csv", f"{heading}\n{row}\n"))
    ticket = desk.tickets()["5"]
    assert (ticket.subject, ticket.problem) == ("Scale drifts", "It drifts by 3 g")
    assert ticket.messages[-1].text == "It drifts again since today"


def test_of_versions_the_newest_is_taken_wherever_it_stands(desk: Desk) -> None:
    rows = ["8,Gate open,closed,2026-02-03", "8,Gate open,new,2026-02-01"]
    text = "id,subject,status,updated_at\n" + "\n".join(rows)
    report = desk.take(desk.write("states.csv", text))
    assert (desk.tickets()["8"].status, report.joined) == ("Closed", 1)
    assert "the newest row was taken" in report.notes[0]


def test_one_reference_of_two_sources_is_two_tickets(desk: Desk) -> None:
    text = "id,source system,subject\n1,north,Gate\n1,south,Oven\n"
    report = desk.take(desk.write("both.csv", text))
    assert (report.new, report.joined, report.notes) == (2, 0, ())


def test_of_the_rows_of_one_reference_the_one_that_is_too_long_is_rejected_alone(
    desk: Desk,
) -> None:
    rows = [{"id": "1", "title": f"Gate {n}", "body": "jam " * n} for n in (1, 300_000, 3)]
    report = desk.take(desk.write("rows.jsonl", "\n".join(map(json.dumps, rows))))
    assert (report.new, report.rejected, report.joined) == (1, 1, 1)
    assert report.rejects is not None
    (line,) = report.rejects.read_text().splitlines()
    assert json.loads(line)["_line"] == 2
    assert [one.text for one in desk.tickets()["1"].messages] == ["jam", "jam jam jam"]


@pytest.mark.parametrize("bad", ["co\0ld", "b" * 1_000_001, "it is cold,a,b"], ids=len)
def test_a_row_that_cannot_be_stored_takes_no_other_of_its_reference_along(
    desk: Desk, bad: str
) -> None:
    report = desk.take(
        desk.write("rows.csv", f"id,title,body\n1,Gate,cold\n1,Gate,{bad}\n1,Gate,hot\n")
    )
    assert (report.new, report.rejected, report.joined) == (1, 1, 1)
    assert [one.text for one in desk.tickets()["1"].messages] == ["cold", "hot"]


def test_nothing_is_written_for_a_dry_run(desk: Desk) -> None:
    path = desk.write("chat.csv", CHAT)
    before = Counter(desk.folder.rglob("*"))
    assert desk.take(path, dry_run=True).joined == 2
    assert Counter(desk.folder.rglob("*")) == before
    assert desk.tickets() == {}
