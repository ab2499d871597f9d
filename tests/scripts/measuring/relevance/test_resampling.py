"""How sure a figure is."""

import numpy as np
import pytest

from measuring.relevance.resampling import Estimate, Paired, mean, ratio_of_sums


def test_a_ratio_is_of_the_sums_over_all_groups() -> None:
    groups = [
        Paired(np.array([1.0, 0.0, 1.0]), np.ones(3)),
        Paired(np.array([0.0]), np.array([1.0])),
    ]
    found = ratio_of_sums(groups)
    assert found is not None
    assert found.value == 0.5
    assert found.low < 0.5 < found.high


def test_an_interval_is_the_same_each_time_and_narrows_with_more_queries() -> None:
    few, many = np.tile([0.0, 1.0], 20), np.tile([0.0, 1.0], 2000)
    assert mean([few]) == mean([few])
    narrow, wide = mean([many]), mean([few])
    assert narrow is not None
    assert wide is not None
    assert narrow.high - narrow.low < (wide.high - wide.low) / 5


def test_the_interval_of_a_mean_is_that_of_the_normal_distribution() -> None:
    values = np.tile([0.0, 1.0], 500)
    found = mean([values])
    assert found is not None
    assert found.low == pytest.approx(0.5 - 1.96 * 0.5 / 1000**0.5, abs=0.004)


def test_queries_are_drawn_with_both_of_their_figures() -> None:
    hard = np.array([0.1, 0.9, 0.2, 0.8])
    assert ratio_of_sums([Paired(hard, hard)]) == Estimate(1.0, 1.0, 1.0)


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratio_of_sums([Paired(np.array([1.0]), np.array([0.0]))]) is None
    assert mean([]) is None
