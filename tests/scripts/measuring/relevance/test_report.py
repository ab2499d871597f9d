"""The rows of the tables, and the examples in the docstrings."""

import doctest
from importlib import import_module

import pytest

from measuring.relevance.measure import Measured, gone
from measuring.relevance.report import costs, origins
from measuring.relevance.workloads import LabelledQuery, Workload
from measuring.table import in_thousandths
from tests.scripts.measuring.made import measured, some_scores


@pytest.mark.parametrize(
    "name",
    ["table", "peers.system", "peers.sqlite_fts"]
    + [f"relevance.{name}" for name in ("changes", "resampling", "scores")],
)
def test_the_examples_are_right(name: str) -> None:
    found = doctest.testmod(import_module(f"measuring.{name}"))
    assert found.attempted > 0
    assert found.failed == 0


def test_rows_by_source_and_by_edits_hold_only_their_queries() -> None:
    table = origins([measured("mail", some_scores(1, 0, 1, 0), some_scores(1, 1, 1, 1))])
    rows = {row[0]: tuple(row[1:3]) for row in table.rows}
    assert rows == {
        "soundalike a": (2, 1.0),
        "soundalike edits: 1": (2, 1.0),
        "soundalike b": (2, 0.0),
        "soundalike edits: 2": (2, 0.0),
    }
    assert "soundalike a               2  1.000  1.000  1.000" in table.text(in_thousandths)


def test_a_plain_hit_of_the_first_three_may_not_leave_the_first_ten() -> None:
    workload = Workload("mail", "clean", (LabelledQuery("q1", "text", "text", {}),))
    [found] = gone(workload, typed=[["t3", "t9"]], plain=[["t1", "t3", "t4", "t5"]])
    assert found == "mail clean q1, without 1 (t1), 3 (t4): text"


def test_the_cost_is_the_mean_difference_and_bm25_is_that_of_the_data() -> None:
    workload = Workload("mail", "clean", (LabelledQuery("q1", "a", "a", {}),), baseline=0.5)
    one = Measured(workload, some_scores(0.75), some_scores(1))
    [row] = costs([one]).rows
    assert row == ("clean mail", -0.25, -0.25, -0.25, 0, 1.5, 1.5, 1.5)
