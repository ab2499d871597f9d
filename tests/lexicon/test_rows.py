"""What is kept of one word."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kbsearch.analysis.sounds import sounds
from kbsearch.analysis.terms import term
from kbsearch.lexicon.rows import signature, sound_keys, word_row, word_rows

WORDS = st.text("abcdexyz'é", max_size=30)


@given(WORDS, WORDS)
def test_an_edit_changes_two_bits_of_a_signature_at_most(left: str, right: str) -> None:
    differing = (signature(left) ^ signature(right)).bit_count()
    assert differing <= 2 * OSA.distance(left, right)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_signature_fits_64_bits_and_tells_lengths_apart(left: int, right: int) -> None:
    one, other = signature("aa" + "a" * left), signature("aa" + "a" * right)
    assert one < 1 << 64
    assert (one == other) == (left % 24 == right % 24)


@pytest.mark.parametrize("word", ["colours", "retrieving", "the", "42nd", "привет", "cafés"])
def test_a_row_leads_from_a_word_to_its_term(word: str) -> None:
    row = word_row(word)
    assert word[: len(word) - row.cut] + row.ending == term(word)


def test_words_have_the_same_keys_where_they_have_the_same_codes() -> None:
    left, right = sound_keys("very"), sound_keys("berry")
    same_codes = [one == other for one, other in zip(sounds("very"), sounds("berry"), strict=True)]
    assert [one == other for one, other in zip(left, right, strict=True)] == same_codes


def test_a_word_without_a_sound_has_no_keys() -> None:
    assert set(sound_keys("42nd")) == {0}


def test_rows_can_be_made_in_another_process() -> None:
    rows = word_rows(["printer", "jams"])
    assert pickle.loads(pickle.dumps(rows)) == rows  # noqa: S301 - what was pickled a word before
