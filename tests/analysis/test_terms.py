"""The forms of a word are filed together."""

import pytest

from kbsearch.analysis.terms import stop_words, term, term_of
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


@pytest.mark.parametrize("word", ["not", "never", "wont", "cant", "down", "out", "ill"])
def test_a_word_that_turns_the_meaning_is_no_stop_word(word: str) -> None:
    assert word not in stop_words()


def test_a_word_that_tells_nothing_is_a_stop_word() -> None:
    assert {"the", "is", "my"} <= stop_words()
