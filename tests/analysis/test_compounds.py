"""Words written open, hyphenated or solid, and what desks shorten."""

import pytest

from kbsearch.analysis.compounds import spell_out, split_compound
from kbsearch.analysis.terms import term
from tests.analysis.rows import cases


@pytest.mark.parametrize(("joined", "parts"), cases("compounds"), ids=lambda cell: cell or "none")
def test_a_compound_has_its_parts(joined: str, parts: str) -> None:
    assert split_compound(joined) == tuple(parts.split())


def test_the_parts_of_a_compound_are_its_letters() -> None:
    assert "".join(split_compound("password")) == "password"


@pytest.mark.parametrize(("short", "long"), [("pwd", "password"), ("msg", "message")])
def test_an_abbreviation_is_spelt_out(short: str, long: str) -> None:
    assert [term(word) for word in spell_out(short)] == [term(long)]


def test_a_word_of_its_own_stands_for_nothing_else() -> None:
    assert spell_out("printer") == ()
