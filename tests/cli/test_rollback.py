"""`kbsearch rollback`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command, fill


@pytest.fixture
def reindexed(home: Path, call: Command) -> Command:
    """Run a command on an index that has a spare and took in a ticket since."""
    fill(home)
    call("reindex")
    call("add", "--subject", "The scanner hums")
    return call


def test_the_spare_returns_and_takes_in_what_changed_since(reindexed: Command) -> None:
    result = reindexed("rollback", "--yes")
    assert result.exit_code == 0
    assert result.stdout == (
        "The index in use has 4 tickets; the spare will take in the changes made since.\n"
        "The index is the spare now, with 4 tickets. It took in 1 change made since.\n"
    )
    assert "The scanner hums" in reindexed("search", "scanner").stdout


def test_a_second_rollback_undoes_the_first(reindexed: Command) -> None:
    reindexed("rollback", "--yes")
    result = reindexed("rollback", "--yes")
    assert result.stdout.endswith("The index is the spare now, with 4 tickets.\n")


def test_it_asks_first(reindexed: Command) -> None:
    result = reindexed("rollback", typed="n\n")
    assert result.exit_code == 0
    assert result.stdout.endswith("Return to the spare? [y/N]: n\nNothing was changed.\n")
    assert reindexed("rollback", typed="y\n").exit_code == 0


def test_where_nobody_can_answer_nothing_is_changed(reindexed: Command) -> None:
    result = reindexed("rollback")
    assert result.exit_code == 1
    assert "--yes" in result.stderr


def test_an_index_that_was_built_once_has_no_spare(home: Path, call: Command) -> None:
    fill(home)
    result = call("rollback", "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: There is no spare to return to: ")
    assert result.stderr.endswith("run: kbsearch reindex\n")


@pytest.mark.usefixtures("empty_store")
def test_without_an_index_there_is_no_spare(call: Command) -> None:
    result = call("rollback", "--yes")
    assert result.exit_code == 1
    assert result.stderr == "Error: There is no index yet; run: kbsearch reindex\n"
