"""Words of one stem are forms of one word."""

import pytest

from kbsearch.analysis.stems import stem
from kbsearch.analysis.tables import table


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("confident", "confide"),
        ("assistants", "assists"),
        ("accountancy", "accounts"),
        ("acceptable", "accepted"),
        ("marketing", "markets"),
        ("authorities", "authors"),
        ("pasted", "past"),
    ],
)
def test_a_derived_word_that_means_something_else_has_a_stem_of_its_own(
    word: str, other: str
) -> None:
    assert stem(word) != stem(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("dependency", "dependent"),
        ("visibility", "visible"),
        ("adding", "add"),
        ("pastes", "pasting"),
        ("customization", "customizes"),
        ("management", "managed"),
        ("connections", "connect"),
    ],
)
def test_forms_of_a_word_share_its_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


@pytest.mark.parametrize(("beginning", "term", "unlike"), table("apart.tsv"))
def test_each_row_of_the_table_keeps_words_apart(beginning: str, term: str, unlike: str) -> None:
    endings = ("", "s", "y", "es", "ze", "on", "ion", "ty", "e", "or", "er", "tion", "ng", "ies")
    own = beginning if term == "-" else term
    assert own in {stem(beginning + ending) for ending in endings}
    assert stem(unlike) != own
