"""The spellings of a word are filed together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.tables import table
from kbsearch.analysis.terms import term
from kbsearch.analysis.variants import VARIANTS
from tests.analysis.rows import cases


@pytest.mark.parametrize(("one", "other"), cases("variants"))
def test_both_spellings_have_one_term(one: str, other: str) -> None:
    assert term(one) == term(other)


def test_a_canonical_form_is_its_own_for_every_row_of_the_table() -> None:
    twice = {form: VARIANTS.canonical(form) for form, *_ in table("variants.tsv")}
    assert {form: to for form, to in twice.items() if VARIANTS.canonical(to) != to} == {}


@pytest.mark.parametrize("word", ["promise", "exercise", "franchise", "hour", "four", "metre"])
def test_a_word_that_only_looks_british_is_left_alone(word: str) -> None:
    assert VARIANTS.canonical(word) == word


def test_a_meaning_that_hangs_on_the_spelling_is_another_reading() -> None:
    assert term("cheque") != term("check")
    assert "check" in VARIANTS.also("cheque")
    assert "cheque" in VARIANTS.also("check")


@pytest.mark.parametrize(
    ("word", "region"),
    [("colour", "British"), ("color", "American"), ("dockerised", "British"), ("printer", "")],
)
def test_a_spelling_tells_who_writes_so(word: str, region: str) -> None:
    assert VARIANTS.region(word) == region


@given(st.text("aeiouyrstlcmnpbdgz", max_size=14))
def test_any_word_has_a_canonical_form(word: str) -> None:
    assert VARIANTS.canonical(word).isalpha() or word == ""
