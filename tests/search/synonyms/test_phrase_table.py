"""A phrase of the query is also found under its other names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import term
from kbsearch.messages.message import render
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.tokens import tokenize
from kbsearch.search.synonyms.phrase_table import (
    Alternative,
    PhraseRow,
    PhraseTable,
    abbreviations,
    dialects,
    names_of_desks,
    same_names,
)
from kbsearch.search.synonyms.word_forms import is_form
from tests.index.tables import cells

HEADER, *ROWS = cells("dialects.tsv")
REGIONS = {
    "American",
    "Australian",
    "British",
    "Canadian",
    "Indian",
    "Irish",
    "Kenyan",
    "Malaysian",
    "New Zealand",
    "Nigerian",
    "Philippine",
    "Singaporean",
    "South African",
    "Sri Lankan",
}


def in_dialects(query: str) -> list[Alternative]:
    return dialects().alternatives([*tokenize(query)])


@pytest.mark.parametrize(
    ("query", "because"),
    [
        ("torch stays on", '"torch" is "flashlight" in American and Canadian English'),
        ("lost mobile phones", '"mobile phones" is "cell phone" in American English'),
        ("new cell phone", '"cell phone" is "mobile phone" in British, Irish and Indian English'),
        ("which dialling code", '"dialling code" is "area code" in American English'),
        ("press the hash key", '"hash key" is "pound key" in American English'),
        ("no full stop", '"full stop" is "period" in American English'),
        ("wrong pin code", '"pin code" is "zip code" in American English'),
        ("do the needful", '"do the needful" is Indian English for "please help"'),
        ("prepone it", '"prepone" is "bring forward" in British English'),
        ("outlook hangs", '"hangs" is also called "not responding"'),
        ("top-up failed", '"top-up" is "recharge" in Indian and Nigerian English'),
        ("voice mail full", '"voice mail" is "answerphone" in British English'),
    ],
)
def test_a_dialect_term_has_a_reason_that_names_the_dialect(query: str, because: str) -> None:
    assert because in [render(found.explanation) for found in in_dialects(query)]


@pytest.mark.parametrize(
    "query",
    [
        "currently not syncing",  # no electricity
        "worst program on earth",  # not grounded
        "the caller hung up",
        "mobile app crashes",
        "trial period is over",
        "keeps reverting back to yahoo",
        "works fine till now",
        "post a comment in a new tab",
        "hash does not match",
        "at the rate of 5 mb",
    ],
)
def test_words_that_mean_something_else_on_a_desk_have_no_other_name(query: str) -> None:
    assert in_dialects(query) == []


def test_a_row_of_one_direction_is_read_in_that_one_only() -> None:
    table = PhraseTable([PhraseRow("kaput", "not working", both=False)])
    assert [found.words for found in table.alternatives([*tokenize("kaput")])] == [
        ("not", "working")
    ]
    assert table.alternatives([*tokenize("not working")]) == []


def test_a_longer_phrase_hides_those_within_it() -> None:
    table = PhraseTable([PhraseRow("flight mode", "plane mode"), PhraseRow("mode", "setting")])
    found = table.alternatives([*tokenize("flight mode mode")])
    assert [(one.start, one.end, one.words) for one in found] == [
        (0, 2, ("plane", "mode")),
        (2, 3, ("setting",)),
    ]


def test_a_row_without_another_name_only_hides() -> None:
    table = PhraseTable([PhraseRow("mobile", "cell phone"), PhraseRow("mobile app", "")])
    assert table.alternatives([*tokenize("mobile app")]) == []


def test_the_words_as_typed_choose_among_rows_of_one_stem() -> None:
    found = abbreviations().alternatives([*tokenize("docs")])
    assert [render(one.explanation) for one in found] == ['"docs" is short for "documents"']


def test_an_abbreviation_goes_both_ways_and_back_it_weighs_less() -> None:
    [spelt_out] = abbreviations().alternatives([*tokenize("isp")])
    [shortened] = abbreviations().alternatives([*tokenize("internet service provider")])
    assert spelt_out.words == ("internet", "service", "provider")
    assert shortened.words == ("isp",)
    assert shortened.weight < spelt_out.weight


@pytest.mark.parametrize("text", ["log off", "logout", "signing out", "signed out", "log-off"])
def test_every_name_of_a_row_is_also_called_the_others(text: str) -> None:
    found = {" ".join(one.words) for one in same_names().alternatives([*tokenize(text)])}
    assert len(found & {"logoff", "log out", "sign out"}) >= 2
    assert {"sign", "log", "out"}.isdisjoint(found)


def test_a_name_that_every_desk_knows_is_one_word() -> None:
    assert {"login", "otp", "pwd", "fone"} <= names_of_desks()
    assert not any(" " in name for name in names_of_desks())


def test_rows_with_regions_are_dialects_and_others_are_synonyms() -> None:
    table = PhraseTable([PhraseRow("lift", "elevator", "British"), PhraseRow("jam", "stuck")])
    assert table.alternatives([*tokenize("lift")])[0].kind is ReadingKind.DIALECT
    assert table.alternatives([*tokenize("jam")])[0].kind is ReadingKind.SYNONYM


def test_a_row_without_a_word_is_left_out() -> None:
    table = PhraseTable([PhraseRow("...", "dots"), PhraseRow("dots", "..."), PhraseRow("", "")])
    assert table.alternatives([*tokenize("dots ...")]) == []


def test_part_of_a_hyphenated_word_is_no_match() -> None:
    table = PhraseTable([PhraseRow("top up", "recharge")])
    assert table.alternatives([*tokenize("flat-top up-front")]) == []


@pytest.mark.parametrize(
    ("word", "form", "expected"),
    [
        ("torches", "torch", True),
        ("freezing", "freeze", True),
        ("stopped", "stop", True),
        ("dialled", "dial", True),
        ("currently", "current", False),
        ("mobility", "mobile", False),
        ("unlock", "unlocked", False),
        ("periodic", "period", False),
    ],
)
def test_only_an_inflection_is_a_form_of_a_word(word: str, form: str, expected: bool) -> None:
    assert term(word) == term(form)
    assert is_form(word, form) is expected


@given(st.lists(st.text(max_size=12) | st.sampled_from([word for row in ROWS for word in row[:2]])))
def test_any_words_get_alternatives_within_the_query(words: list[str]) -> None:
    tokens = [*tokenize(" ".join(words))]
    for table in (dialects(), abbreviations()):
        for found in table.alternatives(tokens):
            assert 0 <= found.start < found.end <= len(tokens)
            assert found.words
            assert 0 < found.weight <= 1


def test_the_table_of_dialects_is_sorted_and_no_pair_stands_twice() -> None:
    assert HEADER == ["phrase", "also", "region", "also_region", "both", "weight", "note"]
    assert sorted(ROWS) == ROWS
    pairs = [(row[0], row[1]) for row in ROWS]
    assert len(set(pairs)) == len(pairs)
    both = {pair for row, pair in zip(ROWS, pairs, strict=True) if row[4] == "yes"}
    assert both.isdisjoint((also, phrase) for phrase, also in pairs)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "=".join(row[:2]))
def test_a_row_of_dialects_says_what_it_must(row: list[str]) -> None:
    phrase, also, region, also_region, both, weight, note = row
    assert all(cell == cell.strip() and cell for cell in row)
    assert phrase == phrase.lower()
    named = {name for cell in (region, also_region) if cell != "-" for name in cell.split(", ")}
    assert named <= REGIONS
    assert note != "-"
    if also == "-":
        assert (region, also_region, both, weight) == ("-", "-", "-", "-")
    else:
        assert both in ("yes", "no")
        assert 0 < float(weight) <= 1
        assert also in [" ".join(found.words) for found in in_dialects(phrase)]
