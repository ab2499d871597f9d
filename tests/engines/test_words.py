"""A table of words finds what looking at every word would find."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kbsearch.analysis.sounds import sounds
from kbsearch.engines.words import IndexLexicon, WordRow, WordTable

WORDS = st.text("abcz'é", min_size=1, max_size=8)
COUNTS = st.dictionaries(WORDS, st.integers(1, 9), max_size=40)


def table(counts: dict[str, int]) -> WordTable:
    """Return a table of these words."""
    rows = (WordRow(word, count, sounds(word)) for word, count in counts.items())
    return WordTable(rows)


@given(COUNTS, WORDS, st.integers(1, 3), st.integers(0, 50))
def test_similar_words_are_those_that_brute_force_finds(
    counts: dict[str, int], word: str, distance: int, limit: int
) -> None:
    edits = {other: OSA.distance(word, other) for other in counts}
    near = sorted(
        (edit, -counts[other], other) for other, edit in edits.items() if 0 < edit <= distance
    )
    expected = [(other, edit) for edit, _, other in near[:limit]]
    assert table(counts).similar(word, distance, limit) == expected


@given(COUNTS, st.text("abcz'é", max_size=3), st.integers(0, 50))
def test_beginnings_are_those_that_brute_force_finds(
    counts: dict[str, int], prefix: str, limit: int
) -> None:
    held = [word for word in counts if word.startswith(prefix)]
    expected = sorted(held, key=lambda word: (-counts[word], word))[:limit]
    assert table(counts).starting(prefix, limit) == expected


@given(st.lists(st.tuples(WORDS, st.integers(1, 9)), max_size=30))
def test_a_word_that_comes_again_raises_its_count(rows: list[tuple[str, int]]) -> None:
    expected: Counter[str] = Counter()
    for word, count in rows:
        expected[word] += count
    words = WordTable(WordRow(word, count, sounds(word)) for word, count in rows)
    assert {word: words.count(word) for word, _ in rows} == expected
    assert len(words) == len(expected)


@given(COUNTS, COUNTS, WORDS, st.integers(1, 3))
def test_words_that_were_added_count_as_if_they_had_always_been_there(
    built: dict[str, int], added: dict[str, int], word: str, distance: int
) -> None:
    layered = IndexLexicon(table(built), table(added), lambda _: 0)
    together = table(Counter(built) + Counter(added))
    assert layered.count(word) == together.count(word)
    assert layered.starting(word[:1], 200) == together.starting(word[:1], 200)
    assert layered.similar(word, distance, 200) == together.similar(word, distance, 200)
    assert layered.sounding(word, 200) == together.sounding(word, 200)


def test_an_exchange_of_neighbours_is_one_edit() -> None:
    assert table({"printer": 3}).similar("pritner", 1, 5) == [("printer", 1)]


def test_a_word_is_not_similar_to_itself() -> None:
    assert table({"printer": 3}).similar("printer", 3, 5) == []


@pytest.mark.parametrize("word", ["", "x" * 40_000], ids=["empty", "long"])
def test_a_strange_word_is_near_to_nothing(word: str) -> None:
    assert table({"printer": 3}).similar(word, 3, 5) == []


def test_what_sounds_the_same_comes_by_count() -> None:
    words = table({"berry": 2, "very": 5, "printer": 9})
    assert words.sounding("vary", 5) == ["very", "berry"]


def test_a_word_without_a_sound_sounds_like_nothing() -> None:
    assert table({"printer": 1, "42nd": 1}).sounding("42nd", 5) == []
