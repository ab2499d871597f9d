"""`kbsearch delete`, `undelete` and `purge`."""

import json
from pathlib import Path

import pytest

from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.cli.conftest import Command, fill

ROWS = "id,subject,source\n" + "".join(f"N-{number},Kettle {number},desk\n" for number in range(4))


@pytest.fixture
def desk(call: Command, home: Path) -> Command:
    """A knowledge base of three tickets with an index."""
    fill(home)
    return call


def found(desk: Command, query: str) -> list[str]:
    hits = json.loads(desk("search", "--json", query).stdout)["hits"]
    return [hit["ticket"]["reference"] for hit in hits]


def test_a_deleted_ticket_is_found_and_shown_no_more(desk: Command) -> None:
    assert "T-1" in found(desk, "printer")
    result = desk("delete", "t-1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 ticket deleted. Until ")
    assert result.stdout.endswith("it can be brought back, run: kbsearch undelete T-1\n")
    assert "T-1" not in found(desk, "printer")
    shown = desk("show", "T-1")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "was deleted on" in shown.stderr


def test_undelete_brings_it_back(desk: Command) -> None:
    desk("delete", "T-1")
    assert desk("undelete", "T-1").stdout == "1 ticket is back.\n"
    assert "T-1" in found(desk, "printer")
    again = desk("undelete", "T-1")
    assert again.exit_code == 2
    assert "is there" in again.stderr


def test_an_unknown_reference_deletes_nothing(desk: Command) -> None:
    result = desk("delete", "T-1", "T-9", "--yes", "2")
    assert result.exit_code == 2
    assert 'Nothing was changed. There is no ticket "T-9"' in result.stderr
    assert desk("show", "T-1").exit_code == 0


def test_many_tickets_want_their_number(desk: Command) -> None:
    for options in ([], ["--yes", "3"]):
        result = desk("delete", "T-1", "T-2", *options)
        assert result.exit_code == 2
        assert "2 of 3 tickets; if you mean these, add --yes 2" in result.stderr
    assert desk("delete", "T-1", "T-2", "--yes", "2").stdout.startswith("2 tickets deleted.")


def test_references_may_come_from_standard_input(desk: Command) -> None:
    assert desk("delete", "--yes", "2", "-", typed="T-1\n\n T-2 \n").exit_code == 0
    assert json.loads(desk("stats", "--json").stdout)["tickets"] == 1
    empty = desk("delete", "-", typed="\n")
    assert empty.exit_code == 2
    assert "has no reference" in empty.stderr


def test_an_import_counts_what_stays_deleted(desk: Command, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(ROWS)
    desk("import", str(path))
    desk("delete", "N-1")
    for options in (["--dry-run"], []):
        said = desk("import", str(path), *options).stdout.split()
        assert said[said.index("Deleted") + 1] == "1"
        assert said[said.index("Unchanged") + 1] == "3"
    assert desk("show", "N-1").exit_code == 2


def test_now_removes_for_good_and_only_with_the_number(desk: Command) -> None:
    asked = desk("delete", "--now", "T-1")
    assert asked.exit_code == 2
    assert "nothing brings them back; if you mean these, add --yes 1" in asked.stderr
    assert desk("delete", "--now", "--yes", "1", "T-1").stdout == "1 ticket removed for good.\n"
    gone = desk("undelete", "T-1")
    assert gone.exit_code == 2
    assert "is purged: nothing of it is left" in gone.stderr
    assert "T-1" not in found(desk, "printer")


def test_a_purge_removes_what_was_deleted_long_ago_and_no_more(desk: Command, home: Path) -> None:
    desk("delete", "T-1")
    assert desk("purge").stdout == "0 tickets removed for good.\n"
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    assert not kb.local.deletion.is_due()
    kb.close()
    assert desk("undelete", "T-1").exit_code == 0


def test_deleting_makes_no_store(call: Command, home: Path) -> None:
    for command in (["delete", "T-1"], ["undelete", "T-1"], ["purge"]):
        assert call(*command).exit_code == 1
    assert not home.exists()
