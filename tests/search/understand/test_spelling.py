"""Which words may have been meant: arrays of them are weighed as each of them would be."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.table import table_of
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.spelling import Candidate, candidates, own_likelihood
from tests.lexicon.plain import PlainLexicon, word_counts
from tests.search.sample import sample_words
from tests.search.understand.plain_spelling import plain_candidates, plain_likelihood

WORDS, _ = sample_words()
HALF = {word: count for place, (word, count) in enumerate(WORDS.items()) if place % 2}
REST = {word: count for word, count in WORDS.items() if word not in HALF}
LEXICON: Lexicon = Lexicon(table_of(word_counts(HALF)), word_counts(REST), lambda _: 0)
PLAIN = PlainLexicon(WORDS)


def lexicon(*words: str) -> Lexicon:
    return Lexicon(table_of(word_counts(dict.fromkeys(words, 3))), word_counts({}), lambda _: 0)


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """Return a word of the sample knowledge base with up to three slips."""
    word = draw(st.sampled_from(sorted(WORDS)))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(word) - 1))
        letter = draw(st.sampled_from("abcdefghiklmnoprstuyz"))
        before, own, after = word[:place], word[place], word[place + 1 :]
        slips = (before + letter + own + after, before + after, before + letter + after)
        swapped = before + after[:1] + own + after[1:]
        word = draw(st.sampled_from((*slips, swapped))) or letter
    return word


def told(found: Sequence[Candidate]) -> list[tuple[str, ReadingKind]]:
    return [(one.word, one.kind) for one in found]


@given(misspelt())
def test_candidates_are_those_that_weighing_one_by_one_gives(word: str) -> None:
    found, expected = candidates(word, LEXICON, 12), plain_candidates(word, PLAIN, 12)
    assert told(found) == told(expected)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.likelihood == pytest.approx(theirs.likelihood, abs=1e-9)
        assert ours.closeness == pytest.approx(theirs.closeness, abs=1e-9)


@pytest.mark.parametrize("word", ["привет", "cafés", "한국어", "naive", "thaï"])
def test_words_beyond_ascii_are_weighed_the_same(word: str) -> None:
    others = ("привед", "прибой", "cafes", "café", "한국", "한국어들", "naïve", "thai", "navy")
    found = candidates(word, lexicon(*others), 9)
    expected = plain_candidates(word, PlainLexicon(dict.fromkeys(others, 3)), 9)
    assert told(found) == told(expected)
    assert [one.likelihood for one in found] == pytest.approx([one.likelihood for one in expected])


@pytest.mark.parametrize("word", ["printer", "a", "the"])
def test_a_word_is_as_likely_to_be_meant_by_itself_as_any_other(word: str) -> None:
    assert own_likelihood(7) == pytest.approx(plain_likelihood(word, word, 7), abs=1e-9)


def test_the_likeliest_come_first_and_equals_by_the_alphabet() -> None:
    found = candidates("hat", lexicon("rat", "mat", "bat", "hats"), 9)
    assert [one.word for one in found] == ["hats", "bat", "mat", "rat"]


@pytest.mark.parametrize(("typed", "meant"), [("pfd", "pdf"), ("lgo", "log"), ("nda", "dna")])
def test_letters_that_changed_places_in_a_short_word_are_likelier_than_others(
    typed: str, meant: str
) -> None:
    others = {typed[:2] + "m", typed[0] + "k" + typed[2]}
    assert candidates(typed, lexicon(meant, *others), 9)[0].word == meant


@given(st.text("abc", min_size=2, max_size=3), st.sets(st.text("abc", min_size=1, max_size=4)))
def test_short_words_are_weighed_as_each_of_them_would_be(word: str, others: set[str]) -> None:
    found = candidates(word, lexicon(*others), 30)
    expected = plain_candidates(word, PlainLexicon(dict.fromkeys(others, 3)), 30)
    assert [one.likelihood for one in found] == pytest.approx([one.likelihood for one in expected])


def test_no_more_candidates_than_asked_for() -> None:
    assert len(candidates("hat", lexicon("rat", "mat", "bat"), 2)) == 2


def test_an_index_without_near_words_has_no_candidates() -> None:
    assert candidates("hat", lexicon("printer"), 9) == ()
