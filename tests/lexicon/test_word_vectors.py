"""Words that stand in the same surroundings are told from those that do not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import term
from kbsearch.engines.indexing.document import extract
from kbsearch.engines.indexing.inverter import Inverter
from kbsearch.lexicon.word_vectors import (
    LEAST_HELD,
    RELATED,
    NearestWords,
    Sample,
    nearest_words,
    sample_of,
    sampled,
)
from tests.engines.alike import SURROUNDINGS, alike_tickets

ALIKE = [tuple(map(term, words)) for words in SURROUNDINGS]
TERMS = [*map(term, [*sum(SURROUNDINGS, ()), *sum(SURROUNDINGS.values(), ())])]


@pytest.fixture(scope="module")
def sample() -> Sample:
    return sample_of(Inverter().invert([extract(ticket) for ticket in alike_tickets()]))


def told(found: NearestWords, word: str) -> list[str]:
    """Return the terms that are used like one, the most alike first."""
    places = found.places[found.terms.index(word)]
    return [found.terms[place] for place in places if place >= 0]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_words_that_never_meet_are_alike_by_what_stands_beside_them(
    sample: Sample, one: str, other: str
) -> None:
    found = nearest_words([sample], TERMS)
    assert other in told(found, one)
    assert one in told(found, other)


def test_words_of_other_surroundings_are_not_alike(sample: Sample) -> None:
    found = nearest_words([sample], TERMS)
    for words, beside in SURROUNDINGS.items():
        together = set(map(term, words + beside))
        assert all(together.issuperset(told(found, one)) for one in together)


def test_the_most_alike_come_first_and_no_word_is_like_itself(sample: Sample) -> None:
    found = nearest_words([sample], TERMS)
    assert (np.diff(found.likeness, axis=1) <= 0).all()
    assert ((found.places >= 0) == (found.likeness > 0)).all()
    assert (found.places != np.arange(len(found.terms))[:, None]).all()


def test_only_the_words_asked_for_are_told(sample: Sample) -> None:
    asked = [one for one in TERMS if one != term("spam")]
    assert term("spam") not in nearest_words([sample], asked).terms


def test_segments_count_together(sample: Sample) -> None:
    halves = [
        Sample(80, {one: held[held < 80] for one, held in sample.held.items()}),
        Sample(80, {one: held[held >= 80] - 80 for one, held in sample.held.items()}),
    ]
    whole, found = nearest_words([sample], TERMS), nearest_words(halves, TERMS)
    assert found.terms == whole.terms
    assert np.allclose(found.likeness, whole.likeness, atol=1e-4)


@pytest.mark.parametrize("count", [0, 1, LEAST_HELD - 1])
def test_too_few_tickets_tell_nothing(count: int) -> None:
    numbers = np.arange(count, dtype=np.int32)
    few = Sample(200, dict.fromkeys(("ink", "jam", "net", "log", "tray"), numbers))
    assert nearest_words([few], few.held).terms == []


def test_a_word_that_stands_everywhere_tells_nothing() -> None:
    numbers = np.arange(40, dtype=np.int32)
    held = {"the": np.arange(150, dtype=np.int32)} | {f"word{n}": numbers + n for n in range(9)}
    assert "the" not in nearest_words([Sample(200, held)], held).terms


def test_words_that_stand_alone_are_like_nothing() -> None:
    held = {f"w{n}": np.arange(n * 20, n * 20 + 20, dtype=np.int32) for n in range(6)}
    found = nearest_words([Sample(200, held)], held)
    assert (found.places == -1).all()
    assert (found.likeness == 0).all()


@given(st.integers(1, 100_000), st.lists(st.integers(0, 99_999), max_size=40, unique=True))
def test_a_sample_is_from_everywhere_and_never_too_large(size: int, numbers: list[int]) -> None:
    held = np.array(sorted(number for number in numbers if number < size), np.int32)
    found = sampled([("jam", held)], size)
    step = -(-size // 30_000)
    assert found.documents == len(range(0, size, step)) <= 30_000
    assert found.held["jam"].tolist() == [number // step for number in held if number % step == 0]


@given(st.lists(st.sets(st.integers(0, 149), min_size=20, max_size=60), max_size=12))
def test_whatever_stands_together_a_likeness_is_a_cosine(drawn: list[set[int]]) -> None:
    held = {f"w{n}": np.array(sorted(one), np.int32) for n, one in enumerate(drawn)}
    found = nearest_words([Sample(300, held)], held)
    assert found.places.shape == found.likeness.shape == (len(found.terms), RELATED)
    assert ((found.likeness == 0) | ((found.likeness >= 0.6) & (found.likeness <= 1))).all()
