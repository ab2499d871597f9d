"""Who hears which words alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.sounds import NO_SOUNDS, sounds
from tests.analysis.rows import cases


def codes(word: str) -> set[tuple[str, str]]:
    """Return the codes by which a word is looked up, each with its alphabet."""
    heard = sounds(word)
    pairs = zip(("metaphone", "nysiis", "accent", "accent"), heard, strict=True)
    return {(alphabet, code) for alphabet, code in pairs if code}


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for one, other, alike, _ in cases("sounds") if alike == "yes"]
)
def test_words_that_are_confused_share_a_code(one: str, other: str) -> None:
    assert codes(one) & codes(other)


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for one, other, alike, _ in cases("sounds") if alike == "no"]
)
def test_words_that_nobody_confuses_share_none(one: str, other: str) -> None:
    assert not codes(one) & codes(other)


@pytest.mark.parametrize("word", ["0x80070005", "win10", "wi-fi", "почта", "", "a_b"])
def test_what_is_no_plain_word_has_no_sound(word: str) -> None:
    assert sounds(word) == NO_SOUNDS


def test_a_short_word_keeps_its_last_consonant() -> None:
    assert sounds("road").clipped == ""
    assert sounds("desktop").clipped != ""


@given(st.text())
def test_any_text_can_be_heard(word: str) -> None:
    assert len(sounds(word)) == 4


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_plain_word_is_heard_the_same_twice(word: str) -> None:
    assert sounds.__wrapped__(word) == sounds(word)
