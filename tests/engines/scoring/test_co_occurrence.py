"""Lifts are what counting document by document gives."""

from collections.abc import Iterable
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.scoring.co_occurrence import lifts, sampled
from kbsearch.inverted.posting_lists import Postings

SIZE = 40
DOUBT = 10.0
HOLDING = st.sets(st.integers(0, SIZE - 1))


def postings(held: Iterable[int]) -> Postings:
    documents = np.array(sorted(held), np.intp)
    return Postings(documents, np.ones(documents.size, np.float32))


def plain_lift(term: set[int], other: set[int]) -> float:
    """Return by how many nats holding `term` makes `other` likelier."""
    chance = max(len(other), 1) / SIZE
    return log((len(term & other) + DOUBT * chance) / (len(term) + DOUBT) / chance)


@given(st.lists(HOLDING, max_size=5), st.lists(HOLDING, max_size=8))
def test_lifts_are_those_of_counting(terms: list[set[int]], context: list[set[int]]) -> None:
    found = lifts([sampled(postings(term)) for term in terms], list(map(postings, context)), SIZE)
    assert found.shape == (len(terms), len(context))
    expected = [[plain_lift(term, other) for other in context] for term in terms]
    assert np.allclose(found, np.array(expected).reshape(found.shape))


def test_of_a_long_list_a_sample_tells_nearly_the_same() -> None:
    size = 200_000
    half, fifth = range(0, size, 2), range(0, size, 5)
    [[found]] = lifts([sampled(postings(half))], [postings(fifth)], size)
    assert found == pytest.approx(0.0, abs=0.1)


def test_a_term_that_nothing_holds_tells_nothing() -> None:
    none, some = postings(()), postings({1, 2})
    assert lifts([sampled(none)], [some, none], SIZE).tolist() == [[0.0, 0.0]]
