"""A text is cut into words and codes, whatever it is."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbsearch.analysis.folding import fold
from kbsearch.analysis.tokens import LONGEST, TokenKind, chunks, tokens
from tests.analysis.rows import cases

TEXTS = st.text() | st.text("aZ09.-_'\u2019\u00ad\u0301\u200d \u00e9\ufb01", max_size=30)


def surfaces(text: str) -> list[str]:
    return [token.surface for token in tokens(text)]


@pytest.mark.parametrize(("name", "text", "expected"), cases("tokens"), ids=lambda cell: cell)
def test_a_text_is_cut_into_words(name: str, text: str, expected: str) -> None:
    assert surfaces(text) == expected.split()


@pytest.mark.parametrize(("text", "code"), cases("codes"), ids=lambda cell: cell)
def test_a_code_is_kept_whole(text: str, code: str) -> None:
    first = next(tokens(f"{text} failed"))
    assert (first.kind, first.surface, first.whole) == (TokenKind.CODE, code, True)


@pytest.mark.parametrize(
    "text", ["print\u00ader", "print\u200ber", "pri\u0301nter"], ids=["hyphen", "space", "accent"]
)
def test_invisible_characters_do_not_cut_a_word(text: str) -> None:
    assert surfaces(text) == ["printer"]


def test_two_codes_that_differ_in_one_character_are_two_codes() -> None:
    assert set(surfaces("0x80070005")).isdisjoint(surfaces("0x80070057"))
    assert surfaces("10.2.1")[0] != surfaces("10.2.10")[0]


def test_a_version_is_filed_under_those_that_it_belongs_to_at_one_place() -> None:
    found = [(token.surface, token.position) for token in tokens("10.2.1 failed")]
    assert found == [("10.2.1", 0), ("10.2", 0), ("10", 0), ("failed", 1)]


def test_a_possessive_hides_no_word() -> None:
    assert surfaces("the printer's tray") == ["the", "printer", "tray"]


def test_a_token_points_at_its_chunk() -> None:
    text = "The Wi-Fi, again"
    found = [(token.surface, text[token.start : token.end]) for token in tokens(text)]
    assert found[1:4] == [("wi", "Wi-Fi"), ("wifi", "Wi-Fi"), ("fi", "Wi-Fi")]


@given(TEXTS)
@example("\u00ad.\u0300'A")  # a dot that an apostrophe parts from the letters
def test_offsets_point_at_the_chunk_in_the_text(text: str) -> None:
    for chunk, start, end in chunks(text):
        assert chunk in fold(text[start:end])


@given(TEXTS)
@example("\u00ad'\u00ad_\u00ad'\u00ad")  # nothing but separators once it is folded
def test_any_text_can_be_cut(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.surface.strip()
        assert len(token.surface) <= LONGEST
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= end or token.end == end
        end = token.end


@given(TEXTS)
def test_positions_start_at_nought_and_leave_no_gap(text: str) -> None:
    positions = [token.position for token in tokens(text)]
    assert sorted(set(positions)) == list(range(len(set(positions))))
    assert positions == sorted(positions)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 100_000, id="one letter"),
        pytest.param("1." * 100_000, id="a version without end"),
        pytest.param("1." + "1" * 100_000 + "xyz", id="nearly a version"),
        pytest.param("1" * 100_000 + "th", id="nearly an ordinal"),
        pytest.param("a." * 100_000, id="an abbreviation without end"),
        pytest.param("-" * 100_000, id="hyphens"),
        pytest.param("a-" * 100_000, id="a compound without end"),
        pytest.param("_" * 100_000 + "a", id="underscores"),
        pytest.param("'" * 100_000, id="apostrophes"),
        pytest.param("\u0301" * 100_000, id="accents without a letter"),
        pytest.param("e" + "\u0301" * 100_000, id="a letter with many accents"),
    ],
)
def test_nasty_texts_give_no_more_letters_than_they_have(text: str) -> None:
    """What takes more than linear time here would hold up the suite for hours."""
    assert sum(len(surface) for surface in surfaces(text)) <= 2 * len(text)


def test_an_underscore_joins_and_a_slash_parts() -> None:
    assert next(tokens("print_job")).kind is TokenKind.CODE
    assert surfaces("print/job") == ["print", "job"]
    assert not re.search(r"[A-Z]", "".join(surfaces("PRINT/Job")))
