"""Readings of the same terms are one, which weighs most and gives the best reason."""

from kbsearch.engines.plan import Reading
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.merge_readings import best_of_each

GUESSED = Reading(ReadingKind.SPELLING, ("color",), 0.9, "color")
KNOWN = Reading(ReadingKind.VARIANT, ("color",), 0.8, "colour")


def test_a_reason_that_is_known_is_told_with_the_weight_of_the_guess() -> None:
    assert best_of_each((GUESSED, KNOWN)) == (KNOWN._replace(weight=0.9),)


def test_the_first_of_the_same_readings_is_kept_as_it_is() -> None:
    (found,) = best_of_each((KNOWN, KNOWN._replace(weight=0.5)))
    assert found == KNOWN


def test_terms_of_another_field_are_other_terms_in_their_order() -> None:
    code = Reading(ReadingKind.EXACT, ("color",), 1.0, "color", field=Field.CODE)
    assert best_of_each((KNOWN, code)) == (KNOWN, code)
