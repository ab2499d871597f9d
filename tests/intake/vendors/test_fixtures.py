"""What comes of an export of each known help desk."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from kbsearch.intake.readers.registry import has_reader
from kbsearch.records.message import Message
from kbsearch.records.ticket import FIELDS, StoredTicket, Ticket
from tests.intake.conftest import Desk

FIXTURES = Path(__file__).parents[1] / "fixtures"
EXPORTS = sorted(path.name.removesuffix(".json") for path in (FIXTURES / "expected").iterdir())
UNSAID = {one.name: one.default for one in fields(Ticket) if one.name in FIELDS}


def _written(value: object) -> object:
    match value:
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case Message(author, role, at, public, text):
            return [author, role.value, at and _written(at), "public" if public else "note", text]
        case tuple():
            return [_written(one) for one in value]
    return value


def given(ticket: StoredTicket) -> Mapping[str, object]:
    """Return the fields that an export says something about, as expected/ writes them."""
    values = {name: getattr(ticket, name) for name in UNSAID if name != "source"}
    values["status"] = ticket.status.casefold()
    return {name: _written(value) for name, value in values.items() if value != UNSAID[name]}


def test_every_export_says_what_must_come_of_it() -> None:
    assert sorted(path.name for path in FIXTURES.iterdir() if has_reader(path)) == EXPORTS


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_of_a_help_desk_gives_its_tickets(desk: Desk, name: str) -> None:
    report = desk.take(FIXTURES / name)
    expected = json.loads((FIXTURES / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    assert [given(one) for one in desk.tickets().values()] == expected["tickets"]
    assert f"recognised as an export of {expected['vendor']}: " in report.notes[0]
    assert (report.new, report.rejected) == (len(expected["tickets"]), 0)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_that_is_imported_again_changes_nothing(desk: Desk, name: str) -> None:
    desk.take(FIXTURES / name)
    report = desk.take(FIXTURES / name)
    assert (report.new, report.changed, report.unchanged) == (0, 0, report.read)


def test_what_github_lists_among_its_issues_is_counted_and_said(desk: Desk) -> None:
    report = desk.take(FIXTURES / "github.json")
    assert (report.read, report.blank) == (2, 1)
    assert any("passed over: 1 pull request." in note for note in report.notes)


def test_a_rejected_row_of_a_vendor_is_read_as_one_when_it_is_mended(desk: Desk) -> None:
    row = '{"Issue key": "%s", "Summary": "Jam", "Resolution": "Fixed"}\n'
    report = desk.take(desk.write("issues.jsonl", row % "" + row % "A-2"))
    assert report.rejects is not None
    mended = report.rejects.read_text(encoding="utf-8").replace(
        '"Issue key": ""', '"Issue key": "A-1"'
    )
    desk.take(desk.write("mended.jsonl", mended))
    assert desk.tickets()["A-1"].close_reason == "Fixed"
