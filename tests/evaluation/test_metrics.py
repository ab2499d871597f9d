"""The measures, against examples worked out by hand, and what must hold for every ranking."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.evaluation.metrics import Scores, evaluate, gain, ndcg, reciprocal_rank, success

Measure = Callable[[list[str], dict[str, int]], float]
MEASURES: tuple[Measure, ...] = (ndcg, reciprocal_rank, success)
DOCUMENTS = [f"d{number}" for number in range(12)]
labellings = st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 3), max_size=12)
rankings = st.permutations(DOCUMENTS)


def test_the_gain_doubles_with_each_grade() -> None:
    assert [gain(relevance) for relevance in (-1, 0, 1, 2)] == [0, 0, 1, 3]


def test_ndcg_agrees_with_an_example_worked_out_by_hand() -> None:
    # Found: 1 at rank 1, nothing at 2, 2 at rank 3: 1/1 + 3/2 = 2.5.
    # Ideal: 2 then 1: 3/1 + 1/log2(3) = 3.63093.
    assert ndcg(["b", "x", "a"], {"a": 2, "b": 1}) == pytest.approx(2.5 / 3.6309297536)


def test_ndcg_asks_for_relevant_documents_that_were_not_found() -> None:
    # Found: 1 at rank 1. Ideal: two of them: 1 + 1/log2(3).
    assert ndcg(["a"], {"a": 1, "b": 1}) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_the_ideal_is_cut_at_the_same_depth_as_the_ranking() -> None:
    assert ndcg(["a"], {"a": 1, "b": 1}, depth=1) == 1.0


@pytest.mark.parametrize("measure", MEASURES)
def test_a_document_below_the_tenth_place_does_not_count(measure: Measure) -> None:
    ranking = [f"x{number}" for number in range(10)] + ["a"]
    assert measure(ranking, {"a": 1}) == 0.0
    assert measure(ranking[1:], {"a": 1}) > 0.0


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_relevant_scores_zero(measure: Measure) -> None:
    assert measure(["a", "b"], {"a": 0}) == 0.0
    assert measure([], {"a": 1}) == 0.0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_document() -> None:
    assert reciprocal_rank(["x", "y", "b", "a"], {"a": 2, "b": 1}) == pytest.approx(1 / 3)


def test_a_document_named_twice_counts_once() -> None:
    assert ndcg(["a", "a"], {"a": 1, "b": 1}) == ndcg(["a", "x"], {"a": 1, "b": 1})


def test_queries_are_averaged_and_those_without_labels_left_out() -> None:
    scores = evaluate(
        ["found", "second", "missed", "unjudged", "nothing-fits"],
        {"found": ["a"], "second": ["x", "a"], "unjudged": ["a"]},
        {"found": {"a": 1}, "second": {"a": 1}, "missed": {"a": 1}, "nothing-fits": {"a": 0}},
    )
    assert scores.ndcg == pytest.approx((1 + 1 / math.log2(3)) / 3)
    assert scores.mrr == pytest.approx((1 + 0.5) / 3)
    assert scores.success == pytest.approx(2 / 3)
    assert (scores.queries, scores.unlabelled, scores.without_hits) == (3, 2, 1)


def test_no_judged_query_scores_zero_rather_than_failing() -> None:
    assert evaluate(["q"], {}, {}) == Scores(0.0, 0.0, 0.0, 0, 1, 0)


@given(labellings)
def test_a_perfect_ranking_scores_one(labels: dict[str, int]) -> None:
    labels["d0"] = 3
    ranking = sorted(labels, key=lambda name: -labels[name])
    assert ndcg(ranking, labels) == pytest.approx(1.0)
    assert reciprocal_rank(ranking, labels) == success(ranking, labels) == 1.0


@given(rankings, labellings, st.integers(0, 10))
def test_moving_a_better_document_down_never_raises_a_measure(
    ranking: list[str], labels: dict[str, int], place: int
) -> None:
    upper, lower = ranking[place], ranking[place + 1]
    if labels.get(upper, 0) < labels.get(lower, 0):
        upper, lower = lower, upper
    better = [*ranking[:place], upper, lower, *ranking[place + 2 :]]
    worse = [*ranking[:place], lower, upper, *ranking[place + 2 :]]
    for measure in MEASURES:
        assert measure(worse, labels) <= measure(better, labels) + 1e-12


@given(rankings, labellings)
def test_every_measure_lies_between_zero_and_one(
    ranking: list[str], labels: dict[str, int]
) -> None:
    for measure in MEASURES:
        assert 0.0 <= measure(ranking, labels) <= 1.0 + 1e-12
