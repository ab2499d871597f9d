"""Queries, labels and runs, read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.errors import FileUnreadable
from kbsearch.evaluation.trec import parse_qrels, parse_queries, parse_run, run_lines


def test_queries_keep_their_order_and_their_text() -> None:
    lines = ["q2\tcolour  printer", "", "q1\t\ttab first\r\n"]
    assert parse_queries(lines, "q.tsv") == {"q2": "colour  printer", "q1": "\ttab first"}
    assert list(parse_queries(lines, "q.tsv")) == ["q2", "q1"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["q1\ta", "q2 b"], "q.tsv, line 2: has no tab", id="no tab"),
        pytest.param(["\ta"], "q.tsv, line 1: has the id ''", id="no id"),
        pytest.param(["q 1\ta"], "q.tsv, line 1: has the id 'q 1'", id="id with a space"),
        pytest.param(["q1\ta", "", "q1\tb"], "q.tsv, line 3: has the id 'q1' again", id="twice"),
        pytest.param(["", " "], "q.tsv holds no query", id="empty"),
    ],
)
def test_a_line_that_is_no_query_is_named(lines: list[str], message: str) -> None:
    with pytest.raises(FileUnreadable, match=message):
        parse_queries(lines, "q.tsv")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["q1\td1\t2", "q1\td2\t0", "q2\td1\t1"], id="three columns"),
        pytest.param(["q1 0 d1 2", "q1 0 d2 0", "q2 0 d1 1"], id="TREC"),
        pytest.param(["q1\t0\td1\t2", "q1\tQ0\td2\t0", "q2\t0\td1\t1\r"], id="TREC with tabs"),
    ],
)
def test_labels_are_read_in_either_format(lines: list[str]) -> None:
    assert parse_qrels(lines, "qrels") == {"q1": {"d1": 2, "d2": 0}, "q2": {"d1": 1}}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["q1 d1"], "line 1: is not", id="two columns"),
        pytest.param(["q1\td1\tyes"], "line 1: has the relevance 'yes'", id="word"),
        pytest.param(["q1\td1\t²"], "line 1: has the relevance '²'", id="no digit"),
        pytest.param(["q1\td1\t31"], "line 1: has the relevance 31", id="too high"),
        pytest.param(["q1\td1\t99999999"], "line 1: has the relevance", id="far too high"),
        pytest.param(["q1\td1\t1", "q1\td1\t2"], "line 2: gives d1 the relevance 2", id="both"),
        pytest.param([], "holds no label", id="empty"),
    ],
)
def test_a_line_that_is_no_label_is_named(lines: list[str], message: str) -> None:
    with pytest.raises(FileUnreadable, match=message):
        parse_qrels(lines, "qrels")


def test_a_run_is_read_by_score_and_ties_by_rank() -> None:
    lines = ["q1 Q0 d1 2 1.5 t", "q1 Q0 d3 3 1.5 t", "q1 Q0 d2 1 9 t", "q2 Q0 d1 1 -3 t"]
    assert parse_run(lines, "run") == {"q1": ["d2", "d1", "d3"], "q2": ["d1"]}


@pytest.mark.parametrize("line", ["q1 Q0 d1 1 1.5", "q1 Q0 d1 one 1.5 t", "q1 Q0 d1 1 high t"])
def test_a_line_that_is_no_ranking_is_named(line: str) -> None:
    with pytest.raises(FileUnreadable, match="run, line 2: is not"):
        parse_run(["q1 Q0 d0 1 2.0 t", line], "run")


def test_equal_scores_are_written_in_falling_order() -> None:
    lines = list(run_lines("q1", [("b", 1.0), ("a", 1.0), ("c", 0.25)], "mine"))
    assert lines == [
        "q1 Q0 b 1 1.000000 mine",
        "q1 Q0 a 2 0.999999 mine",
        "q1 Q0 c 3 0.250000 mine",
    ]


def test_a_reference_with_spaces_meets_its_label() -> None:
    ranking = parse_run(run_lines("q1", [("Case 12", 1.0)], "mine"), "run")["q1"]
    assert ranking == list(parse_qrels(["q1\tCase 12\t1"], "qrels")["q1"])


scores = st.lists(st.floats(0, 1000), max_size=10).map(lambda found: sorted(found, reverse=True))


@given(scores)
def test_a_written_run_reads_back_in_the_same_order(found: list[float]) -> None:
    ranking = [(f"d{place}", score) for place, score in enumerate(found)]
    lines = list(run_lines("q1", ranking, "mine"))
    assert parse_run(reversed(lines), "run").get("q1", []) == [name for name, _ in ranking]
