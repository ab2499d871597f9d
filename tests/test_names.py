"""How references, tags and other short values are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.names import composed, spellings, tidy, tidy_all


@pytest.mark.parametrize(
    ("given_", "stored"),
    [
        (" KB-1\t", "KB-1"),
        ("a\r\nb", "a b"),
        ("a \u00a0\u2003 b", "a b"),
        ("a\u2028b\x85c", "a b c"),
        ("KB-1\ufeff", "KB-1"),
        ("K\u200bB\u2060-1\u00ad", "KB-1"),
        ("\u202eKB-1\u202c\u2066\u061c", "KB-1"),
        ("KB\x07-\x9f1\x7f", "KB-1"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\U0001f5a8\ufe0f", "\U0001f5a8\ufe0f"),
        ("KB\x00", "KB\x00"),
        ("\u200b \x1b", ""),
    ],
)
def test_short_values_are_written_in_one_way(given_: str, stored: str) -> None:
    assert tidy(given_) == stored


@given(st.text())
def test_what_is_tidy_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_a_value_is_there_once_in_the_order_of_the_first() -> None:
    assert tidy_all(["a", "b", " a", "", "  ", "A"]) == ("a", "b", "A")


def test_a_reference_is_looked_for_as_it_is_typed_first() -> None:
    assert spellings("KB-1") == ("KB-1",)
    assert spellings("kb 1 ") == ("kb 1 ", "kb 1", "KB 1")


def test_a_run_of_very_many_accents_is_put_in_order_in_a_moment() -> None:
    text = composed("e" + "\u0301\u0323" * 200_000)
    assert text.startswith("\u1eb9\u0323")
    assert text.replace("\u034f", "").count("\u0323") == 199_999
    assert composed(text) == text


def test_a_line_of_signs_is_no_run_of_accents() -> None:
    assert composed("\u2550" * 80 + "\u00e9") == "\u2550" * 80 + "\u00e9"
