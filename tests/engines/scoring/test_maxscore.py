"""Words that are common are looked up for the documents that can still get in, and no others."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.scoring.bm25 import Saturated, WeightedPostings
from kbsearch.engines.scoring.maxscore import ScoreAccumulator
from kbsearch.inverted.posting_lists import Floats, Postings

SIZE = 700
IDS = np.arange(SIZE, dtype=np.int64)
EVEN: Floats = np.ones(SIZE, np.float32)
NONE: Floats = np.zeros(SIZE, np.float32)
"""Norms with which a reading gives all that it is worth, so that its bound is reached."""


def word(*documents: int, worth: float, norms: Floats = EVEN) -> WeightedPostings:
    """Return a reading that each of these documents holds once."""
    weights = np.ones(len(documents), np.float32)
    return WeightedPostings(
        Saturated(Postings(np.array(documents, np.intp), weights), norms), worth
    )


def ranked(
    tally: ScoreAccumulator, *words: list[WeightedPostings]
) -> tuple[list[int], list[float], int]:
    """Add words, the one with the greatest bound first, and return the answer."""
    bounds = [max(reading.worth for reading in readings) for readings in words]
    for place, readings in enumerate(words):
        tally.add(readings, sum(bounds[place:]) + 1e-5)
    documents, scores = tally.ranked(IDS, 1e-5)
    return IDS[documents].tolist(), scores.tolist(), tally.total()


def common(worth: float, unseen: float) -> WeightedPostings:
    """Return a word that all documents hold; only those below 5 have a norm that is a number."""
    norms = np.where(IDS < 5, 1, unseen).astype(np.float32)
    return word(*range(SIZE), worth=worth, norms=norms)


@pytest.mark.parametrize("others", [[], [word(3, 4, 600, worth=0.1)]], ids=["one", "two readings"])
def test_a_common_word_is_scored_only_where_it_can_matter(others: list[WeightedPostings]) -> None:
    rare = word(0, 1, 2, 3, 4, worth=9.0)
    skipping = ranked(ScoreAccumulator(EVEN > 0, limit=2), [rare], [common(1.0, nan), *others])
    adding = ranked(
        ScoreAccumulator(EVEN > 0, limit=2, lookup=inf), [rare], [common(1.0, 1), *others]
    )
    assert skipping == adding == ([0, 1], [5.0, 5.0], SIZE)


def test_a_common_word_that_can_still_decide_is_added_whole() -> None:
    rare = word(0, 1, 2, 3, 4, worth=1.0)
    ids, scores, _ = ranked(
        ScoreAccumulator(EVEN > 0, limit=2, lookup=0), [rare], [common(0.9, 0.0)]
    )
    assert ids == [0, 1]
    assert scores == pytest.approx([0.95, 0.95])
    ids, scores, _ = ranked(
        ScoreAccumulator(EVEN > 0, limit=6, lookup=0), [rare], [common(0.9, 0.0)]
    )
    assert ids[5] == 5
    assert scores[5] == pytest.approx(0.9)


def test_a_document_that_no_word_touched_yet_can_win_by_those_to_come() -> None:
    rare, both = word(*range(10), worth=1.0), word(*range(8, 400), worth=0.8)
    last = word(*range(9, 600), worth=0.7)
    ids, scores, total = ranked(
        ScoreAccumulator(EVEN > 0, limit=3, lookup=0), [rare], [both], [last]
    )
    assert ids == [9, 8, 10]
    assert scores == pytest.approx([1.25, 0.9, 0.75])
    assert total == 600


def test_what_is_not_allowed_sets_no_edge_and_is_not_counted() -> None:
    allowed = IDS % 2 == 1
    rare, both = word(0, 2, 4, 6, 7, worth=9.0), word(*range(SIZE), worth=1.0)
    ids, _, total = ranked(ScoreAccumulator(allowed, limit=2, lookup=0), [rare], [both])
    assert (ids, total) == ([7, 1], SIZE // 2)


def test_the_better_reading_counts_wherever_it_stands() -> None:
    low, high = word(1, 2, worth=1.0), word(2, 3, worth=2.0)
    for readings in ([low, high], [high, low]):
        ids, scores, _ = ranked(ScoreAccumulator(EVEN > 0, limit=9), readings)
        assert (ids, scores) == ([2, 3, 1], [1.0, 1.0, 0.5])


def test_readings_of_the_next_word_start_anew() -> None:
    twice = [word(1, 2, worth=1.0), word(2, 3, worth=2.0)]
    ids, scores, _ = ranked(ScoreAccumulator(EVEN > 0, limit=9), twice, twice)
    assert (ids, scores) == ([2, 3, 1], [2.0, 2.0, 1.0])


LISTS = st.builds(
    lambda start, size, step, worth: word(
        *range(start, min(start + size, SIZE), step), worth=worth, norms=NONE
    ),
    st.integers(0, SIZE - 1),
    st.sampled_from((5, 20, SIZE)),
    st.sampled_from((1, 2, 3)),
    st.sampled_from((1.0, 1.5, 2.0, 3.0, 4.0, 6.0)),
)
WORDS = st.lists(st.lists(LISTS, min_size=1, max_size=2), min_size=1, max_size=6)


@given(WORDS, st.sampled_from((1, 2, 10)), st.sampled_from((0.0, 1.0, 16.0)))
def test_skipping_loses_nothing_where_words_give_as_much_as_they_can(
    words: list[list[WeightedPostings]], limit: int, lookup: float
) -> None:
    words.sort(key=lambda readings: -max(reading.worth for reading in readings))
    allowed = IDS % 5 > 0
    skipping = ranked(ScoreAccumulator(allowed, limit, lookup), *words)
    assert skipping == ranked(ScoreAccumulator(allowed, limit, inf), *words)


@pytest.mark.parametrize("lookup", [0.0, 1.0, inf], ids=["again", "once", "never"])
def test_one_that_can_just_get_in_is_still_looked_up(lookup: float) -> None:
    """Two have 8 and one has 6, to which the words to come can add 2.1."""
    words = [
        [word(0, 1, 2, worth=6.0, norms=NONE)],
        [word(0, 1, worth=2.0, norms=NONE)],
        [word(*range(2, SIZE), worth=1.1, norms=NONE)],
        [word(*range(2, SIZE), worth=1.0, norms=NONE)],
    ]
    ids, scores, total = ranked(ScoreAccumulator(EVEN > 0, limit=1, lookup=lookup), *words)
    assert (ids, total) == ([2], SIZE)
    assert scores == pytest.approx([8.1])
