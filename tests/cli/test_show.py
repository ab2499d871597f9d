"""`kbsearch show`."""

import json

import pytest

from kbsearch.records.ticket import FIELDS
from tests.cli.conftest import Command


def test_a_ticket_is_shown_in_full_with_its_resolution_first(ask: Command) -> None:
    result = ask("show", "T-1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Ticket      T-1 · Printers · resolved · 2026-01-05"
    assert lines[2] == "Resolution  Reseat the paper tray and clean the rollers."
    assert "Tags        paper, hardware" in lines


def test_a_ticket_without_a_resolution_says_so(ask: Command) -> None:
    assert "Resolution  No resolution yet." in ask("show", "T-2").stdout


def test_the_conversation_is_shown_at_the_end_without_what_it_quotes(ask: Command) -> None:
    lines = ask("show", "T-1").stdout.splitlines()
    said = [line.strip() for line in lines[lines.index("Messages    1") :] if line]
    assert said[1:3] == ["[name] · agent · internal", "Asked them twice."]
    assert said[3] == "[2 lines quoted; --json has all]"


def test_json_has_every_field(ask: Command) -> None:
    ticket = json.loads(ask("show", "T-1", "--json").stdout)
    assert set(ticket) == {*FIELDS, "revision"}
    assert ticket["created_at"] == "2026-01-05T00:00:00Z"
    assert ticket["tags"] == ["paper", "hardware"]
    assert ticket["resolved_at"] is None
    (message,) = ticket["messages"]
    assert message.items() >= {"author": "[name]", "role": "agent", "public": False}.items()


def test_texts_are_shown_as_they_came(ask: Command) -> None:
    lines = ask("show", "T-2", "--raw").stdout.splitlines()
    assert lines[0].startswith("Ticket      T-2")
    assert lines[2].startswith("Problem     <p>Since the update")
    assert "\x1b" not in lines[2]
    assert "No text of it is known to have been changed" in ask("show", "T-1", "--raw").stdout


def test_json_has_texts_as_they_came_if_they_are_asked_for(ask: Command) -> None:
    raw = json.loads(ask("show", "T-2", "--raw", "--json").stdout)["raw"]
    assert [(one["field"], one["message"], one["text"][:3]) for one in raw] == [
        ("problem", None, "<p>")
    ]


def test_an_unknown_reference_is_named(ask: Command) -> None:
    result = ask("show", "T-9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert "T-9" in result.stderr


def test_an_unknown_source_is_named(ask: Command) -> None:
    result = ask("show", "T-1", "--source", "elsewhere")
    assert result.exit_code == 2
    assert "elsewhere" in result.stderr


@pytest.mark.parametrize("typed", ["T1", "t 1"])
def test_a_reference_without_its_hyphen_is_answered_with_the_one_that_there_is(
    ask: Command, typed: str
) -> None:
    result = ask("show", typed)
    assert result.exit_code == 2
    assert f'There is no ticket "{typed}"; did you mean T-1?' in result.stderr
