"""Names with signs are words, and the words of a name in camel case are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.folding import fold
from kbsearch.analysis.names import marked
from kbsearch.analysis.tokens import TokenKind, tokens


def surfaces(text: str) -> list[str]:
    return [token.surface for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("F# build", "f# build"),
        ("g++ and J#.", "g++ and j#"),
        ("Kelvin+ app", "kelvin+ kelvin app"),
        ("a B+ grade", "a b+ grade"),
        ("S&P index", "s&p index"),
        ("M&M's jar", "m&m jar"),
        ("QQ&VV Ltd", "qq&vv qq vv ltd"),
        (".NET update", ".net net update"),
        ("the .ost file", "the .ost ost file"),
    ],
)
def test_a_sign_belongs_to_a_name(text: str, found: str) -> None:
    assert surfaces(text) == found.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#4 and 30+ users", "4 and 30 users"),
        ("PIN# 77, case#8", "pin 77 case 8"),
        ("cut&paste or black&white", "cut paste or black white"),
        ("x&nbsp;y &amp; z", "x nbsp y amp z"),
        ("?id=7&lang=en", "id 7 lang en"),
        ("Ctrl+Alt, ++ & +", "ctrl alt"),
        ("+44 20 $5+", "44 20 5"),
        ("It ended.Beginning...and", "it ended beginning and"),
    ],
)
def test_other_signs_part_words(text: str, found: str) -> None:
    assert surfaces(text) == found.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DiskFullException", "disk diskfullexception full exception"),
        ("loginCount", "login logincount count"),
        ("HTTPServerError", "http httpservererror server error"),
        ("app.core.LostSocketError", "app core lost lostsocketerror socket error"),
        ("iPad eBay McCoy VMs PDFs HTML", "ipad ebay mccoy vms pdfs html"),
    ],
)
def test_the_words_of_a_name_in_camel_case_are_filed_next_to_it(text: str, found: str) -> None:
    assert surfaces(text) == found.split()


def test_a_word_inside_a_name_is_another_kind_of_word() -> None:
    kinds = [(token.surface, token.kind) for token in tokens("OnePad")]
    assert kinds[0] == ("one", TokenKind.INNER)
    assert kinds[1] == ("onepad", TokenKind.WORD)


@given(st.text() | st.text("aBcDE+#&. '-_1", max_size=20))
def test_a_mark_changes_nothing_but_the_places_between_words(text: str) -> None:
    assert "|" in text or fold(marked(text).replace("|", "")) == fold(text)
