"""Pieces of texts, with the words that match marked."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.engines.plan import Clause
from kbsearch.search.matches.match_finder import FoundWords, WordFinder
from kbsearch.search.matches.snippet import SNIPPET_LENGTH, Highlighter
from kbsearch.search.results import Snippet
from tests.search.desk import plan, ticket

PIECES = ("modem", "modems", "red", "light", "0x80070005", "…", "🖨️", "e\u0301", "\r\n", "नेट", ",")
WORDS = st.sampled_from((*PIECES, "x" * 70))
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=(), exclude_characters="\x00"), max_size=400),
    st.lists(WORDS, max_size=120).map(" ".join),
    st.lists(WORDS, max_size=120).map("".join),
    st.lists(WORDS, max_size=60).map("\n".join),
)


class Shown(NamedTuple):
    """What a query makes of any text."""

    clauses: tuple[Clause, ...]

    def snippet(self, text: str, length: int = SNIPPET_LENGTH) -> Snippet:
        return Highlighter(self.clauses).snippet(self._words(text), "problem", length)

    def fix(self, text: str, length: int) -> Snippet:
        return Highlighter(self.clauses).fix(self._words(text), length)

    def _words(self, text: str) -> FoundWords:
        told = ticket(1, "A modem", problem=text, resolution=text)
        (words,) = WordFinder(self.clauses).words_of([told])
        return words


def highlighter(text: str = "modem red light 0x80070005") -> Shown:
    return Shown(plan(text).clauses)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("modem", "The modem, the MODEMS", ["modem", "MODEMS"]),
        ("colour", "Color and colour", ["Color", "colour"]),
        ("wifi", "Our Wi-Fi, no wifi", ["Wi-Fi", "wifi"]),
        ("cafe", "Cafe\u0301 and Café", ["Cafe\u0301", "Café"]),
        ("modem", "📠🖨️ modem📠", ["modem"]),
        ("modem", "line one\r\nmodem\r\nred", ["modem"]),
        ("0x80070005", "0x80070005, not 0x80070057", ["0x80070005"]),
        ("pay-4417", "PAY-4417 PAY4417 PAY-4471", ["PAY-4417", "PAY4417"]),
        ("win10", "Win 10", ["Win", "10"]),
        ("win10", "Win10", ["Win10"]),
        ("zzz", "The modem", []),
        ("modem", "", []),
    ],
)
def test_marks_stand_at_the_words_that_match(query: str, text: str, words: list[str]) -> None:
    snippet = highlighter(query).snippet(text)
    assert (snippet.text, marked(snippet)) == (text, words)


def test_another_code_is_not_marked_for_the_piece_that_they_share() -> None:
    snippet = highlighter("pay 4417").snippet("PAY-4471 is not PAY-4417.")
    assert marked(snippet) == ["PAY", "PAY-4417"]
    assert marked(highlighter("PAY-4417").snippet("PAY-4471 is not PAY-4417.")) == ["PAY-4417"]


def test_a_short_text_is_shown_whole() -> None:
    assert highlighter().snippet("The modem\nis red.").text == "The modem\nis red."


def test_a_long_text_is_cut_between_words_around_those_that_match() -> None:
    text = "lorem " * 100 + "the modem is red " + "ipsum " * 100
    snippet = highlighter().snippet(text, 100)
    assert snippet.text.startswith("…lorem")
    assert snippet.text.endswith("ipsum…")
    assert marked(snippet) == ["modem", "red"]


def test_the_piece_with_most_words_is_chosen() -> None:
    text = "modem " + "lorem " * 80 + "a modem and its red light " + "ipsum " * 80 + "red modem"
    assert marked(highlighter().snippet(text, 120)) == ["modem", "red", "light"]


def test_of_pieces_with_as_many_words_the_first_is_chosen() -> None:
    text = "first modem " + "lorem " * 80 + "second modem"
    assert highlighter().snippet(text, 100).text.startswith("first modem")


def test_words_that_stand_apart_are_shown_together_if_they_fit() -> None:
    text = "lorem " * 34 + "modem " + "ipsum " * 30 + "light " + "dolor " * 50
    assert marked(highlighter().snippet(text, 280)) == ["modem", "light"]


def test_the_same_word_many_times_counts_once() -> None:
    text = "modem " * 60 + "lorem " * 60 + "red light " + "ipsum " * 60
    assert marked(highlighter().snippet(text, 100)) == ["red", "light"]


def test_a_text_without_matches_begins_at_its_beginning() -> None:
    snippet = highlighter().snippet("lorem ipsum " * 50, 100)
    assert snippet.text.startswith("lorem ipsum")
    assert (snippet.text[-1], snippet.marks) == ("…", ())


def test_the_letter_around_a_fix_is_not_shown_and_its_marks_move_along() -> None:
    letter = "Hi Ana,\nthanks for the modem photo. Hold the modem button.\nRegards,\nLee"
    snippet = highlighter().fix(letter, 600)
    assert (snippet.text, marked(snippet)) == ("Hold the modem button.", ["modem"])


def test_lines_are_places_to_cut_too() -> None:
    snippet = highlighter().snippet("lorem\r\n" * 60 + "modem\r\n" + "ipsum\r\n" * 60, 100)
    assert snippet.text.startswith("…lorem\r\n")
    assert marked(snippet) == ["modem"]


def test_a_long_text_without_spaces_is_cut_all_the_same() -> None:
    snippet = highlighter().snippet("x" * 5_000, 100)
    assert snippet.text == "x" * 100 + "…"


def test_a_fix_begins_at_its_first_step_whatever_matches_behind_it() -> None:
    snippet = highlighter().fix("Reseat it. " + "lorem " * 100 + "modem", 60)
    assert snippet.text.startswith("Reseat it. lorem")
    assert (snippet.text[-1], snippet.marks) == ("…", ())


def test_a_text_that_repeats_a_word_a_hundred_thousand_times_is_no_obstacle() -> None:
    assert len(highlighter().snippet("modem red " * 50_000).text) <= 282


@given(TEXTS, st.integers(80, 300))
def test_a_snippet_is_a_piece_of_the_text_and_no_longer_than_asked(text: str, length: int) -> None:
    for snippet in (highlighter().snippet(text, length), highlighter().fix(text, length)):
        before, after = piece_of(snippet, text)
        assert len(snippet.text) <= length + before + after


@given(TEXTS, st.integers(80, 300))
def test_marks_are_in_order_and_apart_and_inside(text: str, length: int) -> None:
    for snippet in (highlighter().snippet(text, length), highlighter().fix(text, length)):
        edges = [0, *(edge for mark in snippet.marks for edge in mark), len(snippet.text)]
        assert edges == sorted(edges)
        assert all(word and not word.isspace() for word in marked(snippet))


@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_a_snippet_shows_a_match_if_there_is_one(text: str) -> None:
    whole = highlighter().snippet(text, len(text) + 1)
    assert bool(highlighter().snippet(text, 120).marks) == bool(whole.marks)


def piece_of(snippet: Snippet, text: str) -> tuple[int, int]:
    """Check that a snippet is a piece of a text; return the ellipses before and behind it."""
    for before in (1, 0):
        for after in (1, 0):
            piece = snippet.text[before : len(snippet.text) - after]
            if piece in text and snippet.text == "…" * before + piece + "…" * after:
                return before, after
    raise AssertionError(snippet.text)
