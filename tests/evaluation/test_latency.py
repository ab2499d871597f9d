"""Percentiles of durations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.evaluation.latency import latency, percentile


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(5, 15), (30, 20), (40, 20), (50, 35), (100, 50)],
)
def test_a_percentile_is_the_nearest_rank(percent: float, expected: int) -> None:
    assert percentile([40, 15, 50, 20, 35], percent) == expected


@pytest.mark.parametrize("percent", [0, -1, 101])
def test_a_percentile_outside_of_the_scale_is_refused(percent: float) -> None:
    with pytest.raises(ValueError, match="percent is"):
        percentile([1.0], percent)


def test_durations_are_summed_up_in_milliseconds() -> None:
    figures = latency([0.001] * 94 + [0.020] * 4 + [0.100] * 2)
    assert (figures.p50, figures.p95, figures.p99) == (1.0, 20.0, 100.0)
    assert figures.mean == pytest.approx((94 * 1 + 4 * 20 + 2 * 100) / 100)
    assert figures.per_second == pytest.approx(100 / 0.374)


def test_no_duration_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        latency([])


@given(st.lists(st.floats(0.0, 10.0), min_size=1))
def test_percentiles_never_fall(seconds: list[float]) -> None:
    figures = latency(seconds)
    assert figures.p50 <= figures.p95 <= figures.p99 <= 1000 * max(seconds)
