"""A table in a file finds what looking at every word would find."""

from collections.abc import Mapping
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import term
from kbsearch.inverted.array_file import ArrayFile, ArrayFileDamaged, laid_out
from kbsearch.inverted.documents import WordCounts
from kbsearch.lexicon.layout import lexicon_arrays
from kbsearch.lexicon.rows import word_rows
from kbsearch.lexicon.table import WordTable, table_of
from tests.engines.disk.faults.mapped import counting
from tests.lexicon.plain import PlainLexicon, word_counts

WORDS = st.text("abkptz'éж", min_size=1, max_size=11)
COUNTS = st.dictionaries(WORDS, st.integers(1, 9), max_size=60)


def table(counts: Mapping[str, int]) -> WordTable:
    return table_of(word_counts(counts))


def heard(words: WordTable, word: str) -> dict[str, int]:
    """Return the words that sound like one, with the ears that hear them alike."""
    found = words.heard(word)
    return dict(zip(words.words(found.numbers), found.ears.tolist(), strict=True))


@given(COUNTS, WORDS)
def test_a_word_is_found_with_its_count_and_its_term(counts: dict[str, int], word: str) -> None:
    words = table({**counts, word: 7})
    number = words.find(word)
    assert (words.count(number), words.term(word, number)) == (7, term(word))
    assert words.words(np.array([number])) == [word]


@given(COUNTS, WORDS)
def test_a_word_that_is_not_there_is_not_found(counts: dict[str, int], word: str) -> None:
    counts.pop(word, None)
    assert table(counts).find(word) == -1
    assert table(counts).place(word) == sum(other < word for other in counts)


def test_words_that_begin_alike_for_long_are_told_apart() -> None:
    counts = {f"internationalisatio{number:03}": number for number in range(100)}
    words = table(counts)
    assert {word: words.count(words.find(word)) for word in counts} == counts
    assert words.starting("internationalisatio05") == range(50, 60)


@given(COUNTS, st.text("abkptz'éж", max_size=3))
def test_beginnings_are_those_that_brute_force_finds(counts: dict[str, int], prefix: str) -> None:
    found = table(counts).starting(prefix)
    expected = [word for word in sorted(counts) if word.startswith(prefix)]
    assert [sorted(counts)[number] for number in found] == expected


@given(COUNTS, WORDS, st.integers(1, 3))
def test_similar_words_are_those_that_brute_force_finds(
    counts: dict[str, int], word: str, edits: int
) -> None:
    words = table(counts)
    found = words.similar(word, edits)
    pairs = zip(words.words(found.numbers), found.edits.tolist(), strict=True)
    assert sorted(pairs) == sorted(PlainLexicon(counts).similar(word, edits, 99))


@given(COUNTS, WORDS)
def test_words_that_sound_alike_are_those_that_brute_force_finds(
    counts: dict[str, int], word: str
) -> None:
    found = heard(table(counts), word)
    found.pop(word, None)
    near = PlainLexicon(counts).near(word, 0, 99)
    assert found == dict(zip(near.spelt, near.ears.tolist(), strict=True))


def test_an_exchange_of_neighbours_is_one_edit() -> None:
    assert table({"printer": 3}).similar("pritner", 1).edits.tolist() == [1]


@pytest.mark.parametrize("word", ["", "x" * 40_000], ids=["empty", "long"])
def test_a_strange_word_is_near_to_nothing(word: str) -> None:
    assert table({"printer": 3}).similar(word, 3).numbers.size == 0
    assert table({"printer": 3}).heard(word).numbers.size == 0


def test_an_answer_is_kept_and_is_the_same_the_second_time() -> None:
    words = table({"printer": 3, "pointer": 1})
    assert words.similar("printer", 3) is words.similar("printer", 3)
    assert words.heard("prinder") is words.heard("prinder")


def test_a_table_without_words_knows_none() -> None:
    words = table({})
    assert (len(words), words.find("a"), words.starting("a")) == (0, -1, range(0))
    assert words.similar("a", 3).numbers.size == words.heard("a").numbers.size == 0


@pytest.mark.parametrize(
    "name",
    [
        "text",
        "starts",
        "heads",
        "by_length",
        "length_starts",
        "signatures",
        "rules",
        "buckets",
        "marks",
        "holders",
        "members",
    ],
)
@pytest.mark.parametrize("value", [0, 1, 77, 1 << 16, 1 << 31, (1 << 32) - 1])
def test_numbers_that_cannot_be_make_no_walk_longer(name: str, value: int) -> None:
    counts = {f"{one}{other}er": 1 for one in "abcdefghk" for other in "pintoy"}
    spelt = word_counts(counts)
    arrays = lexicon_arrays(spelt, word_rows(spelt.words))
    content = bytearray(b"".join(laid_out(arrays)))
    words = WordTable(ArrayFile(memoryview(content)))
    array = arrays[name]
    whole = array if isinstance(array, bytes) else array.tobytes()
    kind = np.uint8 if isinstance(array, bytes) else array.dtype
    at = content.index(whole)
    numbers = np.frombuffer(content, kind, len(whole) // np.dtype(kind).itemsize, at)
    numbers[::2] = value & np.iinfo(kind).max
    with counting(20_000):
        for ask in (
            lambda: words.words(np.arange(len(words))),
            lambda: [words.find(word) for word in counts],
            lambda: [words.term(word, number) for number, word in enumerate(counts)],
            lambda: len(words.starting("a")),
            lambda: words.words(words.similar("axper", 2).numbers),
            lambda: words.words(words.heard("aper").numbers),
        ):
            with suppress(ArrayFileDamaged, IndexError, ValueError):
                ask()


def test_a_file_that_is_no_lexicon_is_told() -> None:
    with pytest.raises(ArrayFileDamaged, match="counts"):
        WordTable(ArrayFile(b"".join(laid_out({"text": b"a\n"}))))


@pytest.mark.parametrize("words", [["b", "a"], ["a", "a"]], ids=["descending", "twice"])
def test_words_that_do_not_ascend_are_refused(words: list[str]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        table_of(WordCounts(words, np.ones(2, np.uint32)))


def test_rows_of_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="1 words with 2 rows"):
        lexicon_arrays(WordCounts(["a"], np.ones(1, np.uint32)), word_rows(["a", "b"]))
