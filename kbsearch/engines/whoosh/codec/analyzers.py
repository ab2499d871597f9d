"""Our analysis as Whoosh calls it, to cut and fold what is asked for in a field.

Whoosh hands on one and the same token object and changes it in place, so code that takes a token
must let go of it before the next; never call list() on an analyzer.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind, tokens
from kbsearch.engines.indexing.document import IndexToken, filed_form


class TermAnalyzer(Analyzer):
    """Yield the terms of one field."""

    def __init__(self, filed: Callable[[TokenKind, str], str]) -> None:
        """Keep the tokens that `filed` returns a term for, and no others."""
        self.filed = filed

    def __call__(self, value: str, *, positions: bool = False, **options: Any) -> Iterator[Token]:
        """Yield Whoosh's one token again and again."""
        options.setdefault("mode", "")
        token = Token(positions, **options)
        for kind, surface, position, weight in self.cut(value):
            if filed := self.filed(kind, surface):
                token.text = filed
                token.boost = weight
                token.pos = position
                token.stopped = False
                yield token

    def cut(self, value: str) -> Iterable[IndexToken]:
        """Return the tokens of a text, each of which counts once."""
        return (IndexToken(one.kind, one.surface, one.position, 1.0) for one in tokens(value))


def code_of(kind: TokenKind, surface: str) -> str:
    """Return the code under which a token is filed, "" for none."""
    return surface if kind is TokenKind.CODE else ""


TEXT_ANALYZER = TermAnalyzer(term_of)
FORM_ANALYZER = TermAnalyzer(filed_form)
CODE_ANALYZER = TermAnalyzer(code_of)
