"""`kbsearch suggest`."""

import json

from tests.cli.conftest import Command


def test_words_and_subjects_are_shown(ask: Command) -> None:
    lines = ask("suggest", "color", "pri").stdout.splitlines()
    assert lines[0] == "Words       printer, print"
    assert lines[1] == "Subjects    Color printer jams"


def test_a_query_that_has_ended_gets_subjects_alone(ask: Command) -> None:
    found = json.loads(ask("suggest", "--json", "outlook ").stdout)
    assert found == {"words": [], "subjects": ["Outlook asks for the password again and again"]}


def test_nothing_to_suggest_is_said(ask: Command) -> None:
    result = ask("suggest", "zzz")
    assert (result.exit_code, result.stdout) == (0, "Nothing to suggest; type on.\n")
