"""Whoosh's way through the analysis gives the same terms as the direct one."""

from hypothesis import given
from hypothesis import strategies as st
from whoosh.analysis import Analyzer

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind, tokens
from kbsearch.engines.indexing.document import filed_form
from kbsearch.engines.whoosh.codec.analyzers import CODE_ANALYZER, FORM_ANALYZER, TEXT_ANALYZER

TEXT = "The organisation’s Wi-Fi printers (WF-M5799) gave ORA-00942 on 10.2.1 twice: e-mail won't"
TEXTS = st.text(max_size=60) | st.text("aeiouprs0xZ-_.' é", max_size=40)


def terms(analyzer: Analyzer, text: str) -> list[tuple[str, int]]:
    """Return the terms with their positions; the token is one and the same, so never list()."""
    return [(token.text, token.pos) for token in analyzer(text, positions=True)]


def check_text(text: str) -> None:
    """Compare the terms of the text field."""
    direct = [(term_of(token.kind, token.surface), token.position) for token in tokens(text)]
    assert terms(TEXT_ANALYZER, text) == direct


def test_the_text_field_holds_words_under_their_terms_and_codes_as_they_are() -> None:
    check_text(TEXT)


@given(TEXTS)
def test_the_text_field_holds_the_terms_of_any_text(text: str) -> None:
    check_text(text)


def test_the_code_field_holds_codes_only() -> None:
    direct = [token.surface for token in tokens(TEXT) if token.kind is TokenKind.CODE]
    assert [text for text, _ in terms(CODE_ANALYZER, TEXT)] == direct
    assert "wfm5799" in direct


def test_the_form_field_holds_the_words_that_tell_something_as_they_are() -> None:
    direct = [form for one in tokens(TEXT) if (form := filed_form(one.kind, one.surface))]
    assert [text for text, _ in terms(FORM_ANALYZER, TEXT)] == direct
