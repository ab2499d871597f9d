"""`kbsearch run` and `kbsearch evaluate`."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command

QUERIES = "q1\tcolour printer\nq2\t0x8007FFFF\nq3\tprinter\n"
QRELS = "q1\tT-1\t2\nq2\tT-2\t1\nq9\tT-1\t1\n"


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    path = tmp_path / "queries.tsv"
    path.write_text(QUERIES)
    return path


@pytest.fixture
def qrels(tmp_path: Path) -> Path:
    path = tmp_path / "qrels.tsv"
    path.write_text(QRELS)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "answers.run"


def test_a_run_has_the_columns_of_trec(ask: Command, queries: Path, target: Path) -> None:
    result = ask("run", str(queries), "--output", str(target), "--tag", "mine")
    assert result.exit_code == 0
    rows = [line.split(" ") for line in target.read_text().splitlines()]
    assert rows[0][:4] == ["q1", "Q0", "T-1", "1"]
    assert re.fullmatch(r"\d+\.\d{6}", rows[0][4])
    assert {row[5] for row in rows} == {"mine"}
    assert [row[0] for row in rows if row[0] == "q2"] == []


def test_a_run_tells_how_long_its_searches_took(ask: Command, queries: Path, target: Path) -> None:
    text = ask("run", str(queries), "--output", str(target)).stdout
    assert text.startswith(f"3 queries searched, 1 without hits; wrote {target}.\n")
    assert re.search(r"p50 [\d.]+, p95 [\d.]+, p99 [\d.]+, mean [\d.]+; [\d.,]+ queries a", text)


def test_a_run_can_leave_readings_and_kinds_out(ask: Command, queries: Path, target: Path) -> None:
    ask(
        "run", str(queries), "--output", str(target), "--plain", "--kind", "article", "--first", "2"
    )
    assert [line.split()[2] for line in target.read_text().splitlines()] == ["A-1"]


def test_a_query_that_cannot_be_searched_is_named_and_the_others_go_on(
    ask: Command, queries: Path, target: Path
) -> None:
    queries.write_text(f"long\t{'x' * 100_000}\nempty\t\n{QUERIES}")
    result = ask("run", str(queries), "--output", str(target))
    assert result.exit_code == 0
    assert "\n2 queries could not be searched:\n  long: " in result.stdout
    assert result.stdout.startswith("3 queries searched, ")


def test_a_run_that_cannot_be_written_is_told_first(ask: Command, queries: Path) -> None:
    result = ask("run", str(queries), "--output", f"{queries}/answers.run")
    assert result.exit_code == 2
    assert "answers.run cannot be written" in result.stderr


def test_a_line_that_is_no_query_is_named(ask: Command, queries: Path, target: Path) -> None:
    queries.write_text("q1 printer\n")
    result = ask("run", str(queries), "--output", str(target))
    assert result.exit_code == 2
    assert f"{queries}, line 1: has no tab" in result.stderr
    assert not target.exists()


def test_a_tag_is_one_word(ask: Command, queries: Path, target: Path) -> None:
    result = ask("run", str(queries), "--output", str(target), "--tag", "two words")
    assert result.exit_code == 2
    assert "is not one word" in result.stderr


def test_queries_are_searched_and_scored(ask: Command, queries: Path, qrels: Path) -> None:
    result = ask("evaluate", "--queries", str(queries), "--qrels", str(qrels), "--json")
    assert json.loads(result.stdout) == {
        "ndcg": 0.5,
        "mrr": 0.5,
        "success": 0.5,
        "queries": 2,
        "unlabelled": 1,
        "without_hits": 1,
    }


def test_a_run_scores_as_the_search_that_made_it(
    ask: Command, queries: Path, qrels: Path, target: Path
) -> None:
    ask("run", str(queries), "--output", str(target))
    searched = ask("evaluate", "--queries", str(queries), "--qrels", str(qrels), "--json")
    scored = ask(
        "evaluate", "--run", str(target), "--queries", str(queries), "--qrels", str(qrels), "--json"
    )
    assert scored.stdout == searched.stdout


def test_a_run_alone_is_scored_over_the_labelled_queries(
    ask: Command, qrels: Path, target: Path
) -> None:
    target.write_text("q1 Q0 T-2 1 3.5 t\nq1 Q0 T-1 2 2.5 t\nq8 Q0 T-1 1 1.0 t\n")
    result = ask("evaluate", "--run", str(target), "--qrels", str(qrels))
    assert result.stdout.splitlines() == [
        "nDCG@10     0.2103",
        "MRR@10      0.1667",
        "success@10  0.3333",
        "3 queries scored, 2 of them without hits; 1 without labels left out.",
    ]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--run", "a.run", "--plain"),
        ("--run", "a.run", "--kind", "article"),
        ("--run", "a.run", "--first", "5"),
    ],
    ids=" ".join,
)
def test_options_that_would_do_nothing_are_refused(
    ask: Command, qrels: Path, options: tuple[str, ...]
) -> None:
    result = ask("evaluate", "--qrels", str(qrels), *options)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
