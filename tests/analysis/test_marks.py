"""Marks of what was masked, which no search meets."""

import pytest

from kbsearch.analysis.marks import PLAIN, unmarked
from kbsearch.analysis.tokens import tokens
from kbsearch.privacy.finding import Kind
from kbsearch.privacy.marks import card_mark, email_mark, found, name_mark

MARKS = (card_mark("4242"), email_mark("mail.example"), name_mark(2))


@pytest.mark.parametrize("mark", [*MARKS, *(found(0, 1, kind).mark for kind in Kind)])
def test_no_mark_has_a_token(mark: str) -> None:
    text = f"The {mark} is lost"
    assert [token.surface for token in tokens(text)] == ["the", "is", "lost"]
    assert len(unmarked(text)) == len(text)


def test_every_kind_has_its_mark() -> None:
    assert {found(0, 1, kind).mark for kind in Kind} == {f"[{name}]" for name in PLAIN}


@pytest.mark.parametrize(
    "text", ["[phones]", "phone", "[Name]", "[e-mail at ]", "[card ending 42]"]
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text) == text
