"""A word as it is asks for its stem, and for its very form if tickets have others."""

import pytest

from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.lexicon.table import table_of
from kbsearch.search.understand.own_readings import OTHER_FORM, own_readings
from tests.lexicon.plain import word_counts

FORMS = {"tray": 3, "trays": 2, "colors": 1}
TERMS = {"tray": 4, "color": 2}
LEXICON = Lexicon(
    table_of(word_counts(FORMS)),
    word_counts({}),
    lambda term: TERMS.get(term, 0),
    lambda form: FORMS.get(form, 0),
)


@pytest.mark.parametrize(
    ("word", "term", "form"), [("trays", "tray", "trays"), ("colours", "color", "colors")]
)
def test_the_very_form_weighs_more(word: str, term: str, form: str) -> None:
    stem, very = own_readings(word, LEXICON)
    assert (stem.terms, stem.weight, stem.field) == ((term,), OTHER_FORM, Field.TEXT)
    assert (very.terms, very.weight, very.field) == ((form,), 1.0, Field.FORM)


@pytest.mark.parametrize("word", ["traying", "jam"])
def test_a_word_that_no_ticket_has_in_that_form_is_read_by_its_stem_alone(word: str) -> None:
    (only,) = own_readings(word, LEXICON)
    assert (only.field, only.weight) == (Field.TEXT, 1.0)
