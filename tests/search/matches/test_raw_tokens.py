"""A text that is cut at its blanks holds what the whole of it holds."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import Token, tokens
from kbsearch.inverted.field import Field
from kbsearch.search.matches.raw_tokens import blanked, filed_terms, pieces_of

PIECES = (
    *("modem", "Wi-Fi", "won’t", "10.2.1", "00:1a:2b:3c:4d:5e", "e-mail", "u.s.a.", "a_b", "red"),
    *("PAY-4417", "fx-1²", "007", "_a'"),
    *(". ", ".", ":", "'", "-", ", ", "\n", "\u00a0", "\u00ad", "e\u0301", "(", ")", "…", "\ud800"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(
    st.characters(exclude_categories=())
)

BLANKS = st.sampled_from([one for one in map(chr, range(sys.maxunicode + 1)) if one.isspace()])


def surfaces(found: list[Token]) -> list[tuple[str, int]]:
    return [(token.surface, token.start) for token in found]


@given(TEXTS)
def test_the_runs_of_a_text_hold_its_tokens_where_they_stand(text: str) -> None:
    in_runs = [
        token._replace(start=run.start() + token.start)
        for run in re.finditer(r"[^ ]+", blanked(text))
        for token in tokens(run[0])
    ]
    assert surfaces(in_runs) == surfaces(list(tokens(text)))


@given(TEXTS | st.text(BLANKS | st.sampled_from("a1'.é")))
def test_nothing_but_a_blank_stands_between_two_runs(text: str) -> None:
    assert blanked(text).split() == [run for run in blanked(text).split(" ") if run]


@given(TEXTS)
def test_a_run_is_filed_under_the_terms_of_its_tokens(text: str) -> None:
    for run in blanked(text).split():
        filed = [term_of(token.kind, token.surface) for token in tokens(run)]
        assert list(filed_terms(run, term)) == filed
        assert [piece.keys[0] for piece in pieces_of(run, term)] == [
            (Field.TEXT, one) for one in filed
        ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Well, (Firefox) crashed.", ["Well", "Firefox", "crashed."]),
        ("It fails. Again", ["It", "fails", "Again"]),
        ("win10/Wi-Fi", ["win10", "Wi-Fi"]),
        (" … ", ["…"]),
        ("", []),
    ],
)
def test_nearly_all_runs_are_just_a_word(text: str, runs: list[str]) -> None:
    assert blanked(text).split() == runs


def test_a_word_is_filed_under_its_term_and_its_form() -> None:
    (piece,) = pieces_of("Modems", term)
    assert piece.keys == ((Field.TEXT, "modem"), (Field.FORM, "modems"))
