"""Words that were added count as if they had always been there."""

from collections.abc import Mapping
from itertools import compress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.near import NearWords
from kbsearch.lexicon.table import table_of
from tests.lexicon.plain import PlainLexicon, together, word_counts

WORDS = st.text("abkptz'éж", min_size=1, max_size=7)
COUNTS = st.dictionaries(WORDS, st.integers(1, 4), max_size=50)
LIMITS = st.integers(0, 30)


def joined(built: Mapping[str, int], added: Mapping[str, int]) -> Lexicon:
    return Lexicon(table_of(word_counts(built)), word_counts(added), lambda _: 0)


def rows(near: NearWords) -> list[tuple[str, int, int, str]]:
    terms = map(near.term, range(len(near.spelt)))
    return sorted(zip(near.spelt, near.counts.tolist(), near.ears.tolist(), terms, strict=True))


@given(COUNTS, COUNTS, WORDS)
def test_counts_are_those_of_all_words(
    built: dict[str, int], added: dict[str, int], word: str
) -> None:
    words, plain = joined(built, added), PlainLexicon(together(built, added))
    for one in (word, *built, *added):
        assert (words.count(one), words.term(one)) == (plain.count(one), plain.term(one))


@given(COUNTS, COUNTS, WORDS, LIMITS)
def test_beginnings_are_those_of_all_words(
    built: dict[str, int], added: dict[str, int], word: str, limit: int
) -> None:
    words, plain = joined(built, added), PlainLexicon(together(built, added))
    for prefix in (word[:1], word[:2]):
        assert words.starting(prefix, limit) == plain.starting(prefix, limit)


@given(COUNTS, COUNTS, WORDS, st.integers(1, 3), LIMITS)
def test_near_words_are_those_of_all_words(
    built: dict[str, int], added: dict[str, int], word: str, edits: int, limit: int
) -> None:
    words, plain = joined(built, added), PlainLexicon(together(built, added))
    assert rows(words.near(word, edits, limit)) == rows(plain.near(word, edits, limit))
    assert words.similar(word, edits, limit) == plain.similar(word, edits, limit)


def test_a_rare_word_that_tickets_add_to_overtakes_the_others() -> None:
    built = {"mat": 5, "cat": 4, "bat": 1}
    assert joined(built, {}).near("hat", 1, 1).spelt == ["mat"]
    assert joined(built, {"bat": 9, "rat": 2}).near("hat", 1, 1).spelt == ["bat"]


def test_words_of_equal_count_come_as_the_alphabet_goes() -> None:
    words = joined({"bat": 1, "mat": 1}, {"cat": 1, "rat": 1})
    assert words.similar("hat", 1, 3) == [("bat", 1), ("cat", 1), ("mat", 1)]
    assert joined({"cat": 1}, {"cab": 1, "car": 1}).starting("ca", 2) == ["cab", "car"]


def test_the_most_frequent_words_pass_for_equally_frequent() -> None:
    words = joined({"cat": 3_000_000, "bat": 2_000_000}, {"cat": 1})
    assert words.count("cat") == 3_000_001
    assert words.near("hat", 1, 1).spelt == ["bat"]


def test_a_word_is_not_near_to_itself() -> None:
    words = joined({"printer": 3}, {"pointer": 1})
    assert [words.near(word, 3, 5).spelt for word in ("printer", "pointer")] == [
        ["pointer"],
        ["printer"],
    ]


def test_of_what_sounds_the_same_the_most_frequent_is_near() -> None:
    words = joined({"berry": 2, "printer": 9}, {"very": 5})
    assert words.near("vary", 0, 1).spelt == ["very"]
    assert words.near("vary", 0, 5).spelt == ["berry", "very"]


@given(COUNTS, COUNTS, WORDS)
def test_what_sounds_the_same_is_heard_and_nothing_else(
    built: dict[str, int], added: dict[str, int], word: str
) -> None:
    words = joined(built, added)
    near = words.near(word, 1, len(built) + len(added))
    assert sorted(words.heard(word)) == sorted(compress(near.spelt, near.ears))


def test_terms_are_counted_by_the_index() -> None:
    counts = {"print": 4}
    words = Lexicon(table_of(word_counts({})), word_counts({}), lambda term: counts.get(term, 0))
    assert (words.count_term("print"), words.count_term("paper")) == (4, 0)


def test_an_answer_is_worked_out_once_and_belongs_to_one_lexicon() -> None:
    lexicons = joined({"a": 1}, {}), joined({"a": 1}, {"b": 1})
    answers = iter(range(9))
    told = [words.cached("?", lambda: next(answers)) for words in lexicons for _ in range(2)]
    assert told == [0, 0, 1, 1]


@pytest.mark.parametrize("limit", [0, 1, 500])
def test_no_more_words_than_asked_for(limit: int) -> None:
    words = joined({f"a{'b' * size}": size + 1 for size in range(30)}, {})
    assert len(words.starting("a", limit)) == min(limit, 30)
    assert np.all(words.near("abbb", 3, limit).counts > 0)
