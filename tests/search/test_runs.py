"""A text that is cut at its blanks holds what the whole of it holds."""

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import Token, tokens
from kbsearch.engines.base import Field
from kbsearch.search.runs import cut_text, filed_terms, pieces_of

PIECES = (
    *("modem", "Wi-Fi", "won’t", "10.2.1", "00:1a:2b:3c:4d:5e", "e-mail", "u.s.a.", "a_b", "red"),
    *("PAY-4417", "fx-1²"),
    *(". ", ".", ":", "'", "-", ", ", "\n", "\u00a0", "\u00ad", "e\u0301", "(", ")", "…", "\ud800"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(
    st.characters(exclude_categories=())
)


def surfaces(found: list[Token]) -> list[tuple[str, int]]:
    return [(token.surface, token.start) for token in found]


@given(TEXTS)
def test_the_runs_of_a_text_hold_its_tokens_where_they_stand(text: str) -> None:
    in_runs = [
        token._replace(start=start + token.start)
        for start, run in cut_text(text).places()
        for token in tokens(run)
    ]
    assert surfaces(in_runs) == surfaces(list(tokens(text)))


@given(TEXTS)
def test_runs_are_found_among_others_where_they_stand(text: str) -> None:
    cut = cut_text(text)
    pieces = re.split(r"(\s+)", cut.blanked)
    starts = accumulate(map(len, pieces), initial=0)
    plain = [(start, run) for start, run in zip(starts, pieces, strict=False) if run in cut.runs]
    for run in cut.runs:
        found = [*cut._replace(runs=[one for one in cut.runs if one == run]).places()]
        assert found == [(start, one) for start, one in plain if one == run]


@given(TEXTS)
def test_a_run_is_filed_under_the_terms_of_its_tokens(text: str) -> None:
    for run in cut_text(text).runs:
        filed = [term_of(token.kind, token.surface) for token in tokens(run)]
        assert list(filed_terms(run, term)) == filed
        assert [piece.keys[0] for piece in pieces_of(run, term, heard=True)] == [
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
    assert cut_text(text).runs == runs


def test_a_word_gets_its_sound_only_if_that_is_asked_for() -> None:
    (quiet,) = pieces_of("Modems", term, heard=False)
    (heard,) = pieces_of("Modems", term, heard=True)
    assert quiet.keys == ((Field.TEXT, "modem"),)
    assert heard.keys == ((Field.TEXT, "modem"), (Field.SOUND, "MTMS"))
