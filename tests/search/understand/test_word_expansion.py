"""What a word may mean is weighed once, and again where other words tell."""

import pytest

from kbsearch.engines.plan import Reading
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.word_expansion import TUNING, Guess, WordExpansion

CASH = Reading(ReadingKind.EXACT, ("cash",), 1.0, "cash")
CACHE = Reading(ReadingKind.SOUND, ("cach",), 0.9, "cache")


def word(
    *, behind: float, tells: bool = True, margin: float = 0.0, homophone: bool = True
) -> WordExpansion:
    """Return "cash", which may be a mistake for "cache": that is so many nats less likely."""
    guess = Guess(CACHE, 20.0 - behind, tells, homophone)
    return WordExpansion((CASH,), 20.0, margin, (guess,), "cash", 9, (), (), TUNING)


def weights(readings: tuple[Reading, ...]) -> dict[str, float]:
    return {one.word: one.weight for one in readings}


def test_a_word_that_is_clear_has_no_open_terms() -> None:
    assert word(behind=7.0).open_terms == ()
    assert word(behind=5.0).open_terms == ("cach", "cash")


def test_a_guess_weighs_the_less_the_less_likely_it_is() -> None:
    found = [weights(word(behind=behind).settled) for behind in (0.0, 4.0, 40.0)]
    assert [list(one) for one in found] == [["cash", "cache"], ["cash", "cache"], ["cash"]]
    assert found[0]["cache"] > found[1]["cache"]


def test_fits_that_are_all_the_same_change_nothing() -> None:
    one = word(behind=3.0)
    assert weights(one.readings((2.0, 2.0), ())) == pytest.approx(weights(one.settled))


def test_what_fits_better_is_read_first() -> None:
    assert [*weights(word(behind=3.0).readings((4.0, 0.0), ()))] == ["cache", "cash"]


def test_a_guess_that_tells_nothing_is_not_asked_for() -> None:
    assert word(behind=1.0, tells=False).settled == (CASH,)


@pytest.mark.parametrize(("fit", "first"), [(2.0, "cash"), (4.0, "cache")])
def test_a_word_that_is_spelt_well_is_another_only_where_that_is_clearly_likelier(
    fit: float, first: str
) -> None:
    found = weights(word(behind=0.0, margin=3.0).readings((fit, 0.0), ()))
    assert next(iter(found)) == first
    assert len(found) == 2


@pytest.mark.parametrize(("fit", "read"), [(0.0, ["cash"]), (6.0, ["cache", "cash"])])
def test_a_word_that_is_spelt_well_is_no_slip_unless_the_other_words_say_so(
    fit: float, read: list[str]
) -> None:
    found = word(behind=1.0, margin=1.0, homophone=False).readings((fit, 0.0), ())
    assert [*weights(found)] == read
