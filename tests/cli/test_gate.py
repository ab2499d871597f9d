"""`kbsearch gate`."""

from pathlib import Path

import pytest

from kbsearch.records.outcome import OutcomeReport
from kbsearch.records.ticket import TicketFields
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import Settings
from tests.cli.conftest import Command, fill

HEAD = "query\treference\tsource\n"


@pytest.fixture
def gated(home: Path, call: Command) -> Command:
    """Run a command on a knowledge base that has a pair and a first run of it."""
    fill(home)
    call("gate", "add", "printer jams", "t-1")
    call("gate")
    return call


def pairs(home: Path, *lines: str) -> None:
    (home / "gate.tsv").write_text(HEAD + "".join(f"{line}\n" for line in lines))


def rewrite(home: Path) -> None:
    """Leave nothing in the ticket of the pair that its query finds."""
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    kb.parts.store.save(
        TicketFields(reference="T-1", subject="Scanner", problem="", resolution="", product="")
    )
    kb.parts.index.catch_up()
    kb.close()


def test_the_first_run_is_what_later_ones_are_compared_with(gated: Command, home: Path) -> None:
    assert (home / "gate.tsv").read_text() == HEAD + "printer jams\tT-1\n"
    assert (home / "gate.last.json").exists()
    result = gated("gate")
    assert result.exit_code == 0
    assert "MRR@10      1.0000    1.0000\n" in result.stdout
    assert result.stdout.endswith(" UTC.\nThe gate passes.\n")


def test_a_ticket_that_is_found_less_well_fails_and_nothing_is_saved(
    gated: Command, home: Path
) -> None:
    last = (home / "gate.last.json").read_text()
    rewrite(home)
    result = gated("gate")
    assert result.exit_code == 1
    assert "Out of the first ten: 1 pair\n  1 -> none     T-1  printer jams\n" in result.stdout
    assert "Error: The gate fails: success@10 fell from 1.0000 to 0.0000" in result.stderr
    assert (home / "gate.last.json").read_text() == last


def test_a_drop_that_is_meant_can_be_accepted(gated: Command, home: Path) -> None:
    rewrite(home)
    assert gated("gate").exit_code == 1
    assert gated("gate", "--accept").exit_code == 0
    assert gated("gate").exit_code == 0


def test_new_and_removed_pairs_are_counted_and_move_nothing(gated: Command, home: Path) -> None:
    pairs(home, "outlook password\tT-2", "zebra\tT-1")
    result = gated("gate")
    assert result.exit_code == 0
    assert "0 pairs compared with" in result.stdout
    assert "; 2 pairs not in it; 1 of it gone.\n" in result.stdout


@pytest.mark.usefixtures("empty_store")
def test_without_pairs_the_command_to_add_one_is_named(call: Command) -> None:
    result = call("gate")
    assert result.exit_code == 2
    assert result.stderr.endswith("run: kbsearch gate add QUERY REFERENCE\n")


@pytest.mark.usefixtures("empty_store")
def test_without_an_index_there_is_nothing_to_compare(home: Path, call: Command) -> None:
    pairs(home, "printer\tT-1")
    result = call("gate")
    assert result.exit_code == 1
    assert result.stderr == "Error: There is no index yet; run: kbsearch reindex\n"


def test_every_line_without_a_ticket_is_named(gated: Command, home: Path) -> None:
    pairs(home, "printer jams\tT-1", "one\tX-1", "two\tX-2", "three\tX-3")
    result = gated("gate")
    assert result.exit_code == 2
    assert f'{home / "gate.tsv"}, line 3: There is no ticket "X-1"; check' in result.stderr
    assert result.stderr.endswith("So it is with 2 more lines: 4, 5.\n")


def test_a_query_that_cannot_be_searched_is_named(gated: Command, home: Path) -> None:
    pairs(home, "printer\tT-1", "-printer\tT-1")
    result = gated("gate")
    assert result.exit_code == 2
    assert "gate.tsv, line 3: The query only says what to leave out" in result.stderr


def test_a_pair_is_saved_once(gated: Command, home: Path) -> None:
    result = gated("gate", "add", " printer   jams", "T-1")
    assert result.exit_code == 2
    assert f"{home / 'gate.tsv'}, line 2: has this pair already." in result.stderr


@pytest.mark.parametrize(
    ("query", "reference", "told"),
    [
        ("printer", "T-99", 'There is no ticket "T-99"; check the reference.'),
        ("  ", "T-1", "The query is empty; type a few words of the problem."),
    ],
)
def test_a_pair_that_could_not_be_run_is_not_saved(
    gated: Command, query: str, reference: str, told: str
) -> None:
    result = gated("gate", "add", query, reference)
    assert result.exit_code == 2
    assert told in result.stderr


def test_accept_goes_with_a_run_only(gated: Command) -> None:
    assert gated("gate", "--accept", "add", "printer", "T-1").exit_code == 2


def test_what_calls_marked_as_solved_can_be_collected(gated: Command, home: Path) -> None:
    kb = KnowledgeBase.open(Settings(home=home, database_url=""))
    kb.local.outcomes.record("T-1", OutcomeReport(True, query="printer jams"))
    kb.local.outcomes.record("T-2", OutcomeReport(True, query="pasword  again"))
    kb.close()
    assert gated("gate", "collect").stdout == "1 pair saved; that makes 2.\n"
    assert (home / "gate.tsv").read_text().endswith("\npasword again\tT-2\tdesk\n")
    assert gated("gate", "collect").stdout == "0 pairs saved; that makes 2.\n"
