"""Pure functions of arrays keep what their docstrings say."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.scoring.bm25 import SATURATION, Saturated, best, edge, idf, norms
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Postings


@given(
    st.lists(st.sampled_from((0.5, 1.0, 1.5, 2.0)), max_size=30),
    st.integers(0, 40),
    st.randoms(use_true_random=False),
)
def test_the_best_come_first_and_ties_by_id(
    values: list[float], limit: int, chance: Random
) -> None:
    numbers = list(range(100, 100 + len(values)))
    chance.shuffle(numbers)
    expected = sorted(zip(values, numbers, strict=True), key=lambda one: (-one[0], one[1]))[:limit]
    places = best(np.array(values, np.float32), np.array(numbers, np.int64), limit).tolist()
    assert [(values[place], numbers[place]) for place in places] == expected


@given(st.lists(st.integers(0, 9), min_size=1), st.data())
def test_the_edge_is_the_last_of_the_best(values: list[int], data: st.DataObject) -> None:
    limit = data.draw(st.integers(1, len(values)))
    assert edge(np.array(values, np.float32), limit) == sorted(values)[-limit]


@given(st.integers(1, 10**6), st.data())
def test_an_idf_is_never_negative(documents: int, data: st.DataObject) -> None:
    matching = data.draw(st.integers(0, documents))
    assert idf(documents, matching) > 0


@pytest.mark.parametrize("field", Field)
def test_a_term_weighs_more_in_a_shorter_text_and_never_as_much_as_1(field: Field) -> None:
    beneath = norms(np.array([5.0, 50.0], np.float32), 20.0, SATURATION[field])
    postings = Postings(np.arange(2), np.full(2, 3, np.float32))
    short, long = Saturated(postings, beneath).read().weights
    assert 0 < long < short < 1.0


def test_a_reading_weighs_the_same_whether_it_was_read_or_is_looked_up() -> None:
    postings = Postings(np.array([1, 4, 6]), np.array([0.5, 2.0, 9.0], np.float32))
    reading = Saturated(postings, np.linspace(0.5, 4, 8, dtype=np.float32))
    wanted = np.array([0, 4, 6, 7])
    rows, weights = reading.find(wanted)
    assert wanted[rows].tolist() == [4, 6]
    assert weights.tolist() == reading.read().weights[1:].tolist()
    again = reading.find(wanted)
    assert (again[0].tolist(), again[1].tolist()) == (rows.tolist(), weights.tolist())


def test_more_documents_than_there_are_cannot_hold_a_term() -> None:
    with pytest.raises(ValueError, match="4 of 3 documents"):
        idf(3, 4)
