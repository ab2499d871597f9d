"""The forms of a word are filed together."""

import pytest

from kbsearch.analysis.terms import small_words, stop_words, term, term_of
from kbsearch.analysis.tokens import TokenKind


@pytest.mark.parametrize(
    "words",
    [
        "print prints printed printing",
        "organise organized organizes organising",
        "cancel cancelled canceled cancelling",
    ],
)
def test_the_forms_of_a_word_share_a_term(words: str) -> None:
    assert len({term(word) for word in words.split()}) == 1


def test_a_code_is_never_stemmed() -> None:
    assert term_of(TokenKind.CODE, "settings.ini") == "settings.ini"
    assert term_of(TokenKind.CODE, "colours1") == "colours1"


@pytest.mark.parametrize("word", ["down", "out", "off", "ill", "fails", "longer"])
def test_a_word_that_turns_a_verb_or_is_one_is_no_stop_word(word: str) -> None:
    assert word not in stop_words()


def test_a_word_that_tells_nothing_is_a_stop_word() -> None:
    assert {"the", "is", "my"} <= stop_words()


@pytest.mark.parametrize("auxiliary", ["do", "is", "was", "has", "could", "should", "are", "did"])
def test_every_auxiliary_has_its_negation_among_the_small_words(auxiliary: str) -> None:
    assert small_words()[f"{auxiliary}nt"] == "not"
    assert f"{auxiliary}nt" in stop_words()
