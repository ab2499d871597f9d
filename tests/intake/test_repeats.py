"""Which texts came more than once."""

from hypothesis import given
from hypothesis import strategies as st

from kbsearch.intake.repeats import Repeats


@given(st.lists(st.sampled_from("abcdefgh")))
def test_what_came_more_than_once_is_known(texts: list[str]) -> None:
    repeats = Repeats()
    for text in texts:
        repeats.add(text)
    repeats.close()
    assert {text for text in "abcdefgh" if text in repeats} == {
        text for text in texts if texts.count(text) > 1
    }
    assert bool(repeats) == (len(set(texts)) < len(texts))
