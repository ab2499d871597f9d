"""The spellings of a word are filed together."""

from itertools import groupby
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.tables import table
from kbsearch.analysis.terms import term
from kbsearch.analysis.variants import VARIANTS
from tests.analysis.rows import cases
from tests.index.tables import respell, rules

RULES = rules()
PIECES = """
our colour re centre red ing l led label ogue catal enc lic ss focu tt budge eable dgement xion
gramme haem aemia paed daemon ae aen ar hy oe oen aer sph prae pro mould ise ised ising isation
yse anal organ lo gu amour
"""


BY_GROUP = {
    group: [(one, other) for _, one, other in rows]
    for group, rows in groupby(cases("variants"), key=itemgetter(0))
}


@pytest.mark.parametrize("group", BY_GROUP)
def test_both_spellings_have_one_term(group: str) -> None:
    pairs = BY_GROUP[group]
    assert [(one, other) for one, other in pairs if term(one) != term(other)] == []


@pytest.mark.parametrize(
    "word", ["recolourable", "kubernetised", "overlabelled", "leukaemias", "subtheatres"]
)
def test_a_word_that_no_table_holds_is_found_by_a_rule(word: str) -> None:
    assert word not in {form for form, *_ in table("variants.tsv")}
    assert VARIANTS.canonical(word) != word


def test_a_canonical_form_is_its_own_for_every_row_of_the_table() -> None:
    twice = {form: VARIANTS.canonical(form) for form, *_ in table("variants.tsv")}
    assert {form: to for form, to in twice.items() if VARIANTS.canonical(to) != to} == {}


@pytest.mark.parametrize("word", ["promise", "exercise", "franchise", "hour", "four", "metre"])
def test_a_word_that_only_looks_british_is_left_alone(word: str) -> None:
    assert VARIANTS.canonical(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cheque", "check"),
        ("kerb", "curb"),
        ("metre", "meter"),
        ("programme", "program"),
        ("smelt", "smelled"),
        ("tyre", "tire"),
    ],
)
def test_a_meaning_that_hangs_on_the_spelling_is_another_reading(one: str, other: str) -> None:
    assert term(one) != term(other)
    assert other in VARIANTS.also(one)
    assert one in VARIANTS.also(other)


@pytest.mark.parametrize(
    ("word", "region"),
    [("colour", "British"), ("color", "American"), ("dockerised", "British"), ("printer", "")],
)
def test_a_spelling_tells_who_writes_so(word: str, region: str) -> None:
    assert VARIANTS.region(word) == region


@given(st.text("aeiouyrstlcmnpbdgz", max_size=14))
def test_any_word_has_a_canonical_form(word: str) -> None:
    assert VARIANTS.canonical(word).isalpha() or word == ""


@given(st.lists(st.sampled_from([*"aelnrst", *PIECES.split()]), max_size=4).map("".join))
def test_the_rules_are_applied_as_their_readme_says(word: str) -> None:
    known = {form for form, *_ in table("variants.tsv")}
    known |= {canonical for _, canonical, _ in table("variants.tsv")}
    assert word in known or VARIANTS.canonical(word) == respell(word, RULES)
