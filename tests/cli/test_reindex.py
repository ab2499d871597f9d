"""`kbsearch reindex` and `kbsearch stats`."""

import json
import re
from pathlib import Path

import pytest

from kbsearch.settings import Settings
from tests.cli.conftest import TICKETS, Command, fill
from tests.store.losing import lose


def test_a_reindex_tells_how_many_tickets_and_how_fast(call: Command) -> None:
    call("add", "--subject", "No sound")
    result = call("reindex")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"1 ticket indexed in [\d.]+ s \([\d,]+ a second\); the index takes [\d.]+ \w+\.\n",
        result.stdout,
    )


@pytest.mark.usefixtures("empty_store")
def test_an_empty_store_can_be_indexed_and_searched(call: Command) -> None:
    assert call("reindex").stdout.startswith("0 tickets indexed")
    assert call("search", "anything").exit_code == 0


def test_an_index_that_would_lose_tickets_is_refused_until_it_is_allowed(
    home: Path, call: Command
) -> None:
    fill(home)
    lose(Settings(home=home, database_url="").store_url, [TICKETS[0]["reference"]])
    refused = call("reindex")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert all(word in refused.stderr for word in ("2 tickets", "3", "--allow-shrink"))
    allowed = call("reindex", "--allow-shrink")
    assert (allowed.exit_code, allowed.stdout[:9]) == (0, "2 tickets")


def test_stats_count_tickets_and_describe_the_index(ask: Command) -> None:
    lines = ask("stats").stdout.splitlines()
    assert lines[:4] == [
        "Tickets     3",
        "Resolved    2 (67%)",
        "Products             2  Printers",
        "                     1  Outlook",
    ]
    assert lines[4].startswith("Index       3 tickets, ")
    assert lines[4].endswith(", up to date (watermark 3)")
    assert lines[5].endswith("kbsearch.db")


def test_stats_name_the_spare_that_a_reindex_leaves(home: Path, call: Command) -> None:
    fill(home)
    assert "\nSpare " not in call("stats").stdout
    call("reindex")
    told = "\nSpare       the index before the last reindex; kbsearch rollback returns to it\n"
    assert told in call("stats", COLUMNS="80").stdout


@pytest.mark.usefixtures("empty_store")
def test_stats_without_an_index_say_how_to_build_one(call: Command) -> None:
    assert "\nIndex       There is no index yet; run: kbsearch reindex\n" in call("stats").stdout


@pytest.mark.usefixtures("empty_store")
def test_json_holds_what_the_help_promises(ask: Command, call: Command) -> None:
    found = json.loads(ask("stats", "--json").stdout)
    assert set(found) == {"tickets", "resolved", "products", "index", "trouble", "behind", "store"}
    assert (found["tickets"], found["resolved"], found["behind"]) == (3, 2, 0)
    assert found["products"] == {"Printers": 2, "Outlook": 1}
    assert set(found["index"]) == {
        *("tickets", "watermark", "fingerprint", "size_bytes", "unmerged", "spare"),
        *("damage", "partial"),
    }
    assert json.loads(call("stats", "--json").stdout)["index"] is None
