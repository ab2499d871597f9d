"""`scripts/relevance` on a handful of tickets: what it prints, and what it refuses."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.measuring.made import run_script, write_collection, write_rows

WORDS = ("printer", "password", "calendar", "network", "keyboard", "monitor")
WRONG = ("printre", "pasword", "calender", "netwrok", "keybord", "moniter")

Tables = dict[str, list[list[Any]]]
"""Title -> rows."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> str:
    """COLLECTION=HOME of six tickets, each with a query of its word and of a misspelling of it."""
    collection = write_collection(
        tmp_path_factory.mktemp("mail"),
        [f"the {word} is broken" for word in WORDS],
        {"clean": WORDS, "misspelt": WRONG},
    )
    changes = [
        f"q{number}\tb{number}\t{right}\t{right}>{wrong}:codespell"
        for number, (right, wrong) in enumerate(zip(WORDS, WRONG, strict=True))
    ]
    write_rows(collection, "misspelt", "changes", changes)
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "KBSEARCH_HOME": str(home), "KBSEARCH_DATABASE_URL": ""}
    kbsearch = str(Path(sys.executable).with_name("kbsearch"))
    for command in (["import", str(collection / "tickets.jsonl.gz")], ["reindex"]):
        subprocess.run([kbsearch, *command], env=environment, check=True, capture_output=True)
    return f"{collection}={home}"


@pytest.fixture(scope="module")
def measured(pair: str, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of a whole run, as they are written for programs."""
    path = tmp_path_factory.mktemp("out") / "figures.json"
    done = run_script("relevance", pair, "--json", path)
    assert done.returncode == 0, done.stderr
    tables = json.loads(path.read_text())
    assert all(table["title"] in done.stdout for table in tables)
    return {table["title"]: table["rows"] for table in tables}


def test_each_workload_that_there_is_has_a_row(measured: Tables) -> None:
    clean, misspelt = measured["What is found, and what misspelling leaves of it"]
    assert (clean[1:5], clean[7]) == ([6, 1.0, 1.0, 1.0], None)
    assert (misspelt[1], misspelt[6], misspelt[7]) == (6, 1.0, misspelt[4])


def test_tolerance_costs_nothing_where_each_word_is_in_one_ticket(measured: Tables) -> None:
    [[_, change, _, _, gone, *_]] = measured["What tolerance costs where nothing is misspelt"]
    assert (change, gone) == (0, 0)


def test_other_systems_answer_the_same_queries(measured: Tables) -> None:
    found = {
        row[0].split(": ")[1]: row for row in measured["Other systems where words are misspelt"]
    }
    assert found["FTS5 trigram"][1] == found["Whoosh"][1] == 1
    assert ("bm25s" in found) == (find_spec("bm25s") is not None)


def test_sources_and_edits_have_rows(measured: Tables) -> None:
    names = [
        row[0] for row in measured["What is kept, by source of the misspelling and by edits (OSA)"]
    ]
    assert names == ["misspelt codespell", "misspelt edits: 1"]


def test_ours_alone_is_measured_on_the_first_queries(pair: str) -> None:
    done = run_script(
        "relevance", pair, "--only", "ours", "--first", "2", "--workloads", "misspelt"
    )
    assert "misspelt codespell" in done.stdout
    assert "Other systems" not in done.stdout
    assert "clean" not in done.stdout


def test_a_folder_without_queries_is_refused_with_the_next_step(tmp_path: Path) -> None:
    done = run_script("relevance", f"{tmp_path}={tmp_path}", "--only", "ours")
    assert done.returncode == 2
    assert "name a folder with queries/ in it" in done.stderr


def test_a_home_without_an_index_is_one_sentence(pair: str, tmp_path: Path) -> None:
    collection, _, _ = pair.partition("=")
    done = run_script("relevance", f"{collection}={tmp_path}", "--only", "ours")
    assert done.returncode == 1
    assert "kbsearch reindex" in done.stderr
    assert "Traceback" not in done.stderr
