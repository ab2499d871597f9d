"""Which words are used alike stands in the lexicon, and is found by any form of a word."""

import numpy as np
import pytest

from kbsearch.inverted.array_file import ArrayFile, ArrayFileDamaged, laid_out
from kbsearch.inverted.documents import NO_WORDS
from kbsearch.lexicon.layout import lexicon_arrays
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.related import related_arrays
from kbsearch.lexicon.rows import word_rows
from kbsearch.lexicon.table import WordTable
from kbsearch.lexicon.word_vectors import Sample
from tests.lexicon.plain import word_counts

COUNTS = {
    "crash": 9,
    "crashed": 30,
    "freeze": 12,
    "freezes": 40,
    "login": 7,
    "it": 60,
    "a1": 8,
    "woulds": 25,
}
BESIDE = {f"beside{letter}": 25 for letter in "abcdefgh"}


def sample() -> Sample:
    """Return tickets in which crashes and freezes stand beside the same words."""
    held: dict[str, list[int]] = {"crash": [], "freez": [], **{word: [] for word in BESIDE}}
    for number in range(120):
        held["crash" if number % 2 else "freez"].append(number)
        for step in (0, 1, 3):
            held[f"beside{'abcdefgh'[(number // 2 + step) % 8]}"].append(number)
    held["would"] = held["crash"]
    return Sample(700, {term: np.array(one, np.int32) for term, one in held.items()})


def lexicon(arrays_but: str = "", samples: tuple[Sample, ...] = ()) -> Lexicon:
    words = word_counts(COUNTS | BESIDE)
    rows = word_rows(words.words)
    arrays = lexicon_arrays(words, rows) | related_arrays(words, rows, samples)
    arrays.pop(arrays_but, None)
    return Lexicon(WordTable(ArrayFile(b"".join(laid_out(arrays)))), NO_WORDS, lambda _: 0)


@pytest.mark.parametrize("word", ["crash", "crashed"])
def test_every_form_of_a_word_is_used_like_the_commonest_form_of_another(word: str) -> None:
    first, *others = lexicon(samples=(sample(),)).related(word)
    assert (first.word, first.term) == ("freezes", "freez")
    assert 0.6 <= first.likeness <= 1
    assert all(one.likeness <= first.likeness for one in others)


@pytest.mark.parametrize("word", ["login", "it", "a1", "woulds", "submarine", ""])
def test_a_word_that_tells_too_little_is_used_like_none(word: str) -> None:
    assert lexicon(samples=(sample(),)).related(word) == []


def test_a_lexicon_that_was_made_without_tickets_knows_of_none() -> None:
    assert lexicon().related("crash") == []


@pytest.mark.parametrize("array", ["related", "likeness"])
def test_half_of_what_is_needed_is_damage(array: str) -> None:
    with pytest.raises(ArrayFileDamaged):
        lexicon(array, samples=(sample(),))
