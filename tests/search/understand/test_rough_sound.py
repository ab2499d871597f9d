"""Rough sounds of several words at once are those of each."""

from hypothesis import given
from hypothesis import strategies as st

from kbsearch.search.understand.rough_sound import rough_sound

WORDS = st.lists(st.text("aceghikpqsuxyzé", min_size=1, max_size=8), min_size=1)


@given(WORDS)
def test_words_beside_each_other_do_not_change_how_they_sound(words: list[str]) -> None:
    assert rough_sound("\n".join(words)).split("\n") == list(map(rough_sound, words))
