"""Words that only look like two spellings of one word stay apart."""

from collections import Counter
from pathlib import Path

from kbsearch.analysis.tables import read_table
from kbsearch.analysis.terms import term

PAIRS = read_table(Path(__file__).parent / "false_friends.tsv")


def test_none_of_the_false_friends_share_a_term() -> None:
    assert [(one, other) for one, other, _ in PAIRS if term(one) == term(other)] == []


def test_the_false_friends_are_500_pairs_and_each_differs() -> None:
    pairs = Counter(frozenset((one, other)) for one, other, _ in PAIRS)
    assert (len(PAIRS), len(pairs)) == (500, 500)
    assert {len(pair) for pair in pairs} == {2}


def test_a_false_friend_is_a_folded_word_and_says_what_would_merge_it() -> None:
    words = [word for one, other, _ in PAIRS for word in (one, other)]
    assert [word for word in words if not word.isalnum() or word != word.lower()] == []
    assert all(note for *_, note in PAIRS)
