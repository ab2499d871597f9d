"""`kbsearch outcome`, and what `kbsearch show` makes of it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, fill


@pytest.fixture
def said(call: Command, home: Path) -> Command:
    """Run a command on a filled knowledge base of the test's own."""
    fill(home)
    return call


def test_it_says_what_is_known_of_the_ticket_now(said: Command) -> None:
    for number in range(3):
        said("outcome", "T-1", "--solved", "--call", str(number))
    result = said("outcome", "T-1", "--did-not-help", "--call", "4711", "--query", "jams")
    assert (result.exit_code, result.stdout) == (0, "Worked in 3 of 4 calls.\n")


def test_a_second_statement_of_a_call_replaces_its_first(said: Command) -> None:
    said("outcome", "T-1", "--did-not-help", "--call", "4711")
    result = said("outcome", "T-1", "--solved", "--call", "4711", "--json")
    assert json.loads(result.stdout) == {
        "solved": 1,
        "tried": 1,
        "code": "worked",
        "parameters": {"solved": 1, "tried": 1},
        "sentence": "Worked in 1 of 1 calls.",
    }


def test_undo_takes_back_what_the_call_said(said: Command) -> None:
    said("outcome", "T-1", "--solved", "--call", "4711")
    said("outcome", "T-1", "--did-not-help", "--call", "4712")
    result = said("outcome", "T-1", "--undo", "--call", "4712")
    assert (result.exit_code, result.stdout) == (0, "Worked in 1 of 1 calls.\n")


def test_a_reference_may_be_typed_in_small_letters(said: Command) -> None:
    assert said("outcome", "t-1", "--solved").exit_code == 0


def test_show_tells_it_once_a_call_has_tried_the_ticket(said: Command) -> None:
    assert "Outcome" not in said("show", "T-1").stdout
    said("outcome", "T-1", "--did-not-help")
    lines = said("show", "T-1").stdout.splitlines()
    assert "Outcome     Worked in 0 of 1 calls." in lines


def test_nothing_is_left_for_the_index_to_take_in(said: Command) -> None:
    said("outcome", "T-1", "--solved")
    assert json.loads(said("stats", "--json").stdout)["behind"] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["T-9", "--solved"], 'There is no ticket "T-9"; check the reference.'),
        (["T-1", "--solved", "--source", "north"], 'There is no ticket "T-1" from "north"'),
        (["T-1"], "Say one of --solved, --did-not-help and --undo."),
        (["T-1", "--solved", "--undo"], "Say one of --solved, --did-not-help and --undo."),
        (["T-1", "--undo"], "Say which call: --undo --call ID."),
        (["T-1", "--undo", "--call", "4"], "This call has said nothing of T-1; check the id"),
        (["T-1", "--solved", "--call", "4" * 65], "call: has 65 characters, the limit is 64;"),
    ],
    ids=[
        "unknown ticket",
        "unknown source",
        "neither",
        "both",
        "no call",
        "another call",
        "long call",
    ],
)
def test_what_cannot_be_taken_down_is_named(
    said: Command, arguments: list[str], sentence: str
) -> None:
    result = said("outcome", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in " ".join(result.stderr.split())
