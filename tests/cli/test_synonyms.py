"""`kbsearch synonyms`."""

from pathlib import Path

import pytest

from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.cli.conftest import Command, fill

LIVE = "phrase\talso\tboth\tnote\n"


@pytest.fixture
def desk(home: Path, call: Command) -> Command:
    """Run a command on a knowledge base that was asked for the MFP and for the printer."""
    fill(home)
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    for query in ("mfp jams", "outlook password"):
        kb.local.searching.search(SearchRequest(query))
    kb.parts.recent.flush()
    kb.close()
    return call


def live(home: Path) -> str:
    path = home / "synonyms.tsv"
    return path.read_text() if path.exists() else ""


def test_a_row_is_a_draft_until_it_is_published(desk: Command, home: Path) -> None:
    desk("synonyms", "add", "mfp", "printer")
    assert "A-1" not in desk("search", "mfp").stdout
    assert live(home) == ""
    assert desk("synonyms", "publish").exit_code == 0
    assert live(home) == LIVE + "mfp\tprinter\tyes\n"
    assert "A-1" in desk("search", "mfp").stdout
    assert list(home.glob("*draft*")) == []


def test_the_check_shows_what_comes_in_and_changes_nothing(desk: Command, home: Path) -> None:
    desk("synonyms", "add", "mfp", "printer")
    result = desk("synonyms", "check")
    assert result.exit_code == 0
    assert result.stdout.startswith("mfp jams\n  in at ")
    assert "A-1  How to print on both sides\n" in result.stdout
    assert "\n\n1 of 2 recent queries changes: " in result.stdout
    assert live(home) == ""


def test_a_draft_that_nobody_would_notice_is_said_to_be_so(desk: Command) -> None:
    desk("synonyms", "add", "zebra", "giraffe")
    told = desk("synonyms", "check").stdout
    assert told == "The draft changes the first ten hits of none of 2 recent queries.\n"


def test_without_recent_queries_the_check_says_where_they_come_from(
    home: Path, call: Command
) -> None:
    fill(home)
    call("synonyms", "add", "mfp", "printer")
    assert "KBSEARCH_RECENT_QUERIES" in call("synonyms", "check").stdout


def test_searches_from_the_terminal_are_not_kept(home: Path, call: Command) -> None:
    fill(home)
    call("search", "printer")
    call("synonyms", "add", "mfp", "printer")
    assert "No queries are kept yet" in call("synonyms", "check").stdout


def test_what_spoils_a_saved_pair_is_not_published(desk: Command, home: Path) -> None:
    desk("gate", "add", "update settings", "T-2")
    desk("synonyms", "add", "--one-way", "update", "sides")
    result = desk("synonyms", "publish")
    assert (result.exit_code, live(home)) == (1, "")
    assert "The draft is not in use; " in result.stderr
    assert desk("synonyms", "publish", "--anyway").exit_code == 0
    assert "update\tsides" in live(home)


def test_publishing_without_saved_pairs_says_that_nothing_was_checked(desk: Command) -> None:
    desk("synonyms", "add", "mfp", "printer")
    told = desk("synonyms", "publish").stdout
    assert told.startswith("No pairs are saved, so no gate was passed; ")
    assert told.endswith("1 synonym added, 0 removed; searches use them now.\n")


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.usefixtures("empty_store")
def test_an_empty_draft_is_nothing_to_work_on(call: Command, command: str) -> None:
    result = call("synonyms", command)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: The draft is empty; run: kbsearch synonyms add ")


@pytest.mark.usefixtures("empty_store")
def test_a_row_that_kbsearch_knows_is_told(call: Command) -> None:
    known = "so the row is not needed."
    assert known in call("synonyms", "add", "Blue screen of death", "bsod").stdout
    assert known in call("synonyms", "add", "colour", "color").stdout
    assert known not in call("synonyms", "add", "mfp", "printer").stdout


@pytest.mark.usefixtures("empty_store")
def test_a_row_in_use_is_removed_by_the_draft(call: Command, home: Path) -> None:
    (home / "synonyms.tsv").write_text(LIVE + "mfp\tprinter\nkit\tlaptop\tno\n")
    assert call("synonyms", "remove", "Printer", "MFP").exit_code == 0
    assert call("synonyms", "list").stdout.splitlines()[:6] == [
        "mfp = printer",
        "kit -> laptop",
        "",
        "The draft, which no search reads yet:",
        "remove  mfp = printer",
        "",
    ]
    call("synonyms", "publish")
    assert live(home) == LIVE + "kit\tlaptop\tno\n"


@pytest.mark.usefixtures("empty_store")
def test_a_removal_is_taken_back_by_adding_the_row(call: Command, home: Path) -> None:
    (home / "synonyms.tsv").write_text(LIVE + "mfp\tprinter\n")
    call("synonyms", "remove", "mfp", "printer")
    assert "stays in use" in call("synonyms", "add", "mfp", "printer").stdout
    assert list(home.glob("*draft*")) == []


@pytest.mark.usefixtures("empty_store")
def test_a_row_of_the_draft_alone_is_gone_at_once(call: Command, home: Path) -> None:
    call("synonyms", "add", "mfp", "printer")
    assert call("synonyms", "remove", "mfp", "printer").stdout == "It is in the draft no longer.\n"
    assert list(home.glob("*draft*")) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "mfp", "printer"), '"mfp = printer" is in use already; '),
        (("remove", "kit", "laptop"), 'There is no synonym "kit = laptop"; '),
        (("add", "kit", "?!"), '"?!" has no word in it; write what people type'),
    ],
    ids=["in use", "unknown", "no word"],
)
@pytest.mark.usefixtures("empty_store")
def test_a_change_that_is_none_is_refused(
    call: Command, home: Path, arguments: tuple[str, ...], told: str
) -> None:
    (home / "synonyms.tsv").write_text(LIVE + "mfp\tprinter\n")
    result = call("synonyms", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.usefixtures("empty_store")
def test_a_line_that_is_no_row_is_listed_and_never_overwritten(call: Command, home: Path) -> None:
    (home / "synonyms.tsv").write_text(LIVE + "mfp\nkit\tlaptop\n")
    told = call("synonyms", "list").stdout
    assert f"Left out: {home / 'synonyms.tsv'}, line 2: has no second phrase; " in told
    assert "1 synonym in use; " in told
    (home / "synonyms.draft.tsv").write_text(f"change\t{LIVE}add\tfob\ttoken\n")
    assert call("synonyms", "publish").exit_code == 2
    assert live(home) == LIVE + "mfp\nkit\tlaptop\n"


def test_a_server_that_runs_uses_what_is_published_at_once(desk: Command, home: Path) -> None:
    server = KnowledgeBase.open(Settings(home=home, database_url=""))
    assert server.local.searching.search(SearchRequest("mfp")).total == 0
    desk("synonyms", "add", "mfp", "printer")
    assert server.local.searching.search(SearchRequest("mfp")).total == 0
    desk("synonyms", "publish")
    assert server.local.searching.search(SearchRequest("mfp")).total > 0
    server.close()


def test_a_line_that_is_no_row_is_noted_in_answers(desk: Command, home: Path) -> None:
    (home / "synonyms.tsv").write_text(LIVE + "mfp\n")
    told = desk("search", "printer").stdout
    assert "are left out; run: kbsearch synonyms list\n" in told
