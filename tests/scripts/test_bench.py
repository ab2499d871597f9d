"""`scripts/bench` on a handful of tickets: what it prints, never how fast anything was."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.measuring.made import run_script, write_collection

WORDS = ("printer", "tray", "red", "light", "login", "password", "screen", "mail", "sync", "card")
SMALL = ["--runs", "1", "--adds", "2", "--seconds", "0.5", "--rates", "20", "--sizes", "30,60"]
GIVEN_UP = 10_000
"""Milliseconds after which a ticket counts as not found."""

Parts = dict[str, list[dict[str, Any]]]
"""Part -> its tables."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 30 tickets and 12 queries of each workload."""
    bodies = [
        " ".join(WORDS[number * step % 10] for step in (1, 3, 7)) + f" case {number}"
        for number in range(30)
    ]
    queries = {
        workload: [f"{workload} {WORDS[n % 10]} {n}" for n in range(12)]
        for workload in ("knownitem", "misspelt")
    }
    return write_collection(tmp_path_factory.mktemp("collection"), bodies, queries)


@pytest.fixture(scope="module")
def measured(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The tables of every part, as they are written for programs."""
    work = tmp_path_factory.mktemp("work")
    done = run_script("bench", collection, "--work", work, "--json", work / "figures.json", *SMALL)
    assert done.returncode == 0, done.stderr
    parts: Parts = json.loads((work / "figures.json").read_text())["parts"]
    assert all(table["title"] in done.stdout for part in parts.values() for table in part)
    return parts


def test_ours_come_first_and_missing_peers_are_named(measured: Parts) -> None:
    times = measured["scoring"][0]
    names = [row[0] for row in times["rows"]]
    assert names[:3] == ["ours, plain plan", "ours, tolerant plan", "ours, whole search"]
    assert "SQLite FTS5" in names
    assert ("tantivy" in names) != ("tantivy" in " ".join(times["notes"]))


def test_each_of_ours_is_divided_by_each_peer(measured: Parts) -> None:
    times, ratios, *_ = measured["scoring"]
    median = {row[0]: row[2] for row in times["rows"]}
    plain = next(row for row in ratios["rows"] if row[0] == "SQLite FTS5")[1]
    assert plain == pytest.approx(median["ours, plain plan"] / median["SQLite FTS5"])


@pytest.mark.parametrize("part", ["index", "process"])
def test_time_memory_and_size_are_figures(measured: Parts, part: str) -> None:
    figures = [cell for table in measured[part] for row in table["rows"] for cell in row[1:]]
    assert min(figures) > 0


def test_the_server_answers_every_request(measured: Parts) -> None:
    [[_, requests, _, _, _, failed, _]] = measured["http"][0]["rows"]
    assert (requests, failed) == (10, 0)


def test_every_added_ticket_is_found_by_the_other_process(measured: Parts) -> None:
    name, *_, most = measured["adds"][0]["rows"][0]
    assert name == "from its commit until found elsewhere"
    assert math.isfinite(most)
    assert most < GIVEN_UP


def test_twice_the_tickets_have_twice_the_postings(measured: Parts) -> None:
    halves, _, grown = measured["growth"]
    small, large = (row[4] for row in halves["rows"])
    assert large == pytest.approx(2 * small, rel=0.2)
    assert [row[1] for row in grown["rows"]] == [1.0, 2.0]


def test_a_part_that_there_is_not_is_named(collection: Path, tmp_path: Path) -> None:
    done = run_script("bench", collection, "--work", tmp_path, "--only", "scoring,speed")
    assert done.returncode == 2
    assert "there is no part speed" in done.stderr
