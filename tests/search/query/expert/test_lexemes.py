"""A query is cut into lexemes; a word in capitals is an operator only next to what says so."""

import pytest

from kbsearch.search.query.expert.lexemes import LexemeKind, lexemes


def operators(text: str) -> list[str]:
    """Return the operators that are meant, as they are typed."""
    kinds = (LexemeKind.AND, LexemeKind.OR, LexemeKind.NOT)
    return [one.typed for one in lexemes(text) if one.kind in kinds]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("printer NOT READY", ["NOT"]),
        ("it says PRINTER NOT READY", []),
        ("it says PRINTER NOT ready", ["NOT"]),
        ('it says "PRINTER" NOT READY', ["NOT"]),
        ("it says (PRINTER NOT READY)", ["NOT"]),
        ("it says TAG:USB NOT READY", ["NOT"]),
        ("it says C:X NOT READY", []),
        ("jam AND NOT READY", ["AND", "NOT"]),
        ("READY NOT AND jam", ["NOT", "AND"]),
        ("jam && READY || STUCK", ["&&"]),
        ("jam ANDREADY", []),
    ],
)
def test_an_operator_needs_a_neighbour_that_is_not_in_capitals(text: str, meant: list[str]) -> None:
    assert operators(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "all tabs lost, tabs are NOT synced",
        "the username field does NOT",
        "firefox keeps resetting itself AND not working",
        "add-ons CAN NOT work on the site",
        "closing unexpectedly but NOT due to a crash",
        '"take screenshot" missing from the menu AND from the toolbar',
    ],
)
def test_a_word_that_a_caller_stresses_is_no_operator(text: str) -> None:
    assert operators(text) == []


@pytest.mark.parametrize("text", ["printer NOT (the jam)", 'printer NOT "the jam"', "the && jam"])
def test_a_bracket_a_quote_or_a_sign_shows_that_an_operator_is_meant(text: str) -> None:
    assert len(operators(text)) == 1


def test_a_lexeme_knows_where_it_is_typed() -> None:
    found = lexemes('red -blue “a b” product:"x y"')
    assert [(one.start, one.typed) for one in found] == [
        (0, "red"),
        (4, "-"),
        (5, "blue"),
        (10, '"a b"'),
        (16, 'product:"x y"'),
    ]
