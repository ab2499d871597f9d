"""`kbsearch keys` and `kbsearch audit`."""

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import Command, fill


@pytest.fixture
def desk(call: Command, home: Path) -> Command:
    """A knowledge base of three tickets with an index."""
    fill(home)
    return call


def test_keys_are_shown_without_their_secrets(desk: Command, tmp_path: Path) -> None:
    keys = tmp_path / "keys" / "keys.json"
    desk("reindex")
    none = desk("keys", "show", KBSEARCH_KEYS=str(keys))
    assert none.exit_code == 1
    assert f"The key file {keys} is missing, and this store needs it" in none.stderr
    assert desk("keys", "show").stdout.endswith(" seals 1 original, in use\n")


@pytest.mark.usefixtures("empty_store")
def test_a_store_that_was_never_changed_needs_no_keys(call: Command, tmp_path: Path) -> None:
    keys = tmp_path / "keys" / "keys.json"
    said = call("keys", "show", KBSEARCH_KEYS=str(keys)).stdout
    assert said == f"There are no keys yet; the first change makes them, in {keys}\n"


def test_a_rotation_says_which_key_is_in_use(desk: Command) -> None:
    said = desk("keys", "rotate")
    assert (said.exit_code, said.stderr) == (0, "")
    key = desk("keys", "show").stdout.splitlines()[-1].split()[0]
    assert said.stdout.startswith(f"The key {key} is in use, and 1 original was sealed by it.")


def test_a_backup_is_never_written_over(desk: Command, tmp_path: Path) -> None:
    target = tmp_path / "copy.json"
    assert desk("keys", "backup", str(target)).exit_code == 0
    again = desk("keys", "backup", str(target))
    assert again.exit_code == 2
    assert "exists already; name a new file" in again.stderr
    secret = json.loads(target.read_text("utf-8"))["keys"][0]["secret"]
    assert secret not in desk("keys", "show").stdout


def test_what_was_done_is_shown_and_exported(desk: Command, tmp_path: Path) -> None:
    desk("delete", "T-1")
    desk("undelete", "T-1")
    last, first = desk("audit", "show").stdout.splitlines()
    assert last.split()[0] == "2"
    assert last.endswith("local  undelete  desk:T-1  ids [1], tickets 1")
    assert desk("audit", "show", "--limit", "1").stdout.splitlines() == [last]
    target = tmp_path / "audit.jsonl"
    assert desk("audit", "export", str(target)).stdout == f"2 rows written to {target}\n"
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [row["action"] for row in rows] == ["delete", "undelete"]
    assert rows[1]["previous"] == rows[0]["hash"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert "delete" in first


def test_a_log_that_was_changed_fails_the_check(desk: Command, home: Path) -> None:
    assert desk("audit", "show").stdout == "Nothing was recorded yet.\n"
    desk("delete", "T-1")
    assert desk("audit", "verify").stdout == "1 row is as written.\n"
    engine = create_engine(f"sqlite:///{home / 'kbsearch.db'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET actor = 'another'"))
    engine.dispose()
    found = desk("audit", "verify")
    assert found.exit_code == 1
    assert "Row 1 of the audit log is not as it was written. 0 rows are right" in found.stderr
