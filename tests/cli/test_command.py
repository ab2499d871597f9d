"""What a command takes for an option, and what it says of one that it cannot use."""

import json

import pytest
from click.testing import Result

from kbsearch.records.ticket import TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.cli.conftest import Command, _runner

TEXTS = {
    "B-1": "The printer jams",
    "B-2": "The printer prints blank",
    "B-3": "Backup ends with -2147024891",
    "-5": "The screen is cracked",
    "--6": "Sound ends with -36",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Run a command on tickets whose texts and references begin with a minus."""
    home = tmp_path_factory.mktemp("minus") / "home"
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    kb.parts.index.reindex()
    for reference, text in TEXTS.items():
        fields = TicketFields(reference=reference, subject=text, resolution="Mend it")
        kb.local.tickets.add(fields)
    kb.close()
    return _runner(home)


def references(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [hit["ticket"]["reference"] for hit in json.loads(result.stdout)["hits"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["-jams printer"], ["B-2"]),
        (["-blank printer"], ["B-1"]),
        (["printer", "-jams"], ["B-2"]),
        (["-jams", "printer"], ["B-2"]),
        (["-hello printer jams"], ["B-1", "B-2"]),  # not -h
        (["--limit", "1", "-hello printer jams"], ["B-1"]),
        (["-jams printer", "--limit=5"], ["B-2"]),
        (["-2147024891"], ["B-3"]),
        (["-36"], ["--6"]),
        (['-"is cracked" sound screen'], ["--6"]),
        (["--", "-jams printer"], ["B-2"]),
        (["--product", "-x", "printer"], []),
    ],
    ids=str,
)
def test_a_query_may_begin_with_a_minus(
    desk: Command, arguments: list[str], found: list[str]
) -> None:
    assert references(desk("search", "--json", *arguments)) == found


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["printer", "-h"]])
def test_what_is_an_option_is_no_query(desk: Command, arguments: list[str]) -> None:
    assert desk("search", *arguments).stdout.startswith("Usage: kbsearch search")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "-5"),
        ("similar", "-5"),
        ("similar", "--text", "-screen"),
        ("suggest", "-pri"),
        ("outcome", "-5", "--solved"),
        ("gate", "add", "-jams printer", "-5"),
        ("synonyms", "add", "-5", "five"),
    ],
    ids=" ".join,
)
def test_every_text_and_reference_may_begin_with_a_minus(
    desk: Command, arguments: tuple[str, ...]
) -> None:
    result = desk(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_reference_with_two_dashes_comes_after_two_dashes(desk: Command) -> None:
    assert "write -- before it" in desk("show", "--6").stderr
    assert "Sound ends" in desk("show", "--", "--6").stdout


@pytest.mark.parametrize("arguments", [["--limt", "3", "printer"], ["printer", "--limt=3"]])
def test_a_mistyped_option_is_refused_with_the_right_one(
    desk: Command, arguments: list[str]
) -> None:
    result = desk("search", *arguments)
    assert result.exit_code == 2
    assert "No such option '--limt'. (Did you mean one of: '--limit', " in result.stderr


def test_an_option_that_lacks_its_value_is_told(desk: Command) -> None:
    result = desk("search", "printer", "--limit")
    assert result.exit_code == 2
    assert "--limit needs a value after it." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "yesterday"], '"yesterday" is no day; write it as YYYY-MM-DD, such as'),
        (["--before", "2026-02-30"], '"2026-02-30" is no day; write it as YYYY-MM-DD'),
        (["--limit", "0"], '"0" cannot be used; give a whole number from 1 to 200.'),
        (["--limit", "ten"], '"ten" cannot be used; give a whole number from 1 to 200.'),
        (["--kind", "mail"], '"mail" is not known; give one of ticket, article.'),
    ],
    ids=str,
)
def test_a_value_that_cannot_be_used_says_what_can(
    desk: Command, arguments: list[str], told: str
) -> None:
    result = desk("search", "printer", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("arguments", [("serve", "--port", "70000"), ("serve", "--workers", "x")])
def test_a_number_of_the_server_is_told_likewise(desk: Command, arguments: tuple[str, ...]) -> None:
    assert "cannot be used; give a whole number from" in desk(*arguments).stderr
