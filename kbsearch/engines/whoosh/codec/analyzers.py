"""Our analysis as Whoosh composes it: a tokenizer, then filters.

Whoosh hands one and the same token object down the chain and changes it in place, so a filter
must let go of a token before it takes the next; never call list() on a chain.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Self

from whoosh.analysis import Filter, Token, Tokenizer
from whoosh.analysis.analyzers import CompositeAnalyzer

from kbsearch.analysis.stems import stem
from kbsearch.analysis.tokens import TokenKind
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.indexing.document import IndexToken, Section, filed_sound, index_tokens


class Sectioned(str):
    """A text made of weighted sections, cut into tokens once; to Whoosh it is a plain string."""

    __slots__ = ("tokens",)

    tokens: tuple[IndexToken, ...]

    def __new__(cls, sections: tuple[Section, ...]) -> Self:
        """Join the texts of the sections, and cut them."""
        joined = super().__new__(cls, "\n".join(section.text for section in sections))
        joined.tokens = tuple(index_tokens(sections))
        return joined


class KindTokenizer(Tokenizer):
    """Yield the words, the codes, or both, each with the weight of its section as its boost."""

    def __init__(self, *kinds: TokenKind) -> None:
        """Keep only tokens of these kinds."""
        self.kinds = kinds

    def __call__(self, value: str, *, positions: bool = False, **options: Any) -> Iterator[Token]:
        """Yield Whoosh's one token again and again."""
        text = value if isinstance(value, Sectioned) else Sectioned((Section(value, 1.0),))
        options.setdefault("mode", "")
        token = Token(positions, **options)
        for found in text.tokens:
            if found.kind not in self.kinds:
                continue
            token.text = found.surface
            token.boost = found.weight
            token.pos = found.position
            token.stopped = False
            token.is_code = found.kind is TokenKind.CODE  # type: ignore[attr-defined]  # our mark
            yield token


class VariantFilter(Filter):
    """Give each word its one spelling."""

    is_morph = True

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]  # as Whoosh's own
        """Change words, leave codes."""
        for token in tokens:
            if not _is_code(token):
                token.text = VARIANTS.canonical(token.text)
            yield token


class StemFilter(Filter):
    """Give each word its stem."""

    is_morph = True

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]  # as Whoosh's own
        """Change words, leave codes."""
        for token in tokens:
            if not _is_code(token):
                token.text = stem(token.text)
            yield token


class SoundFilter(Filter):
    """Turn each word into its phonetic code; drop words without one, and stop words."""

    is_morph = True

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]  # as Whoosh's own
        """Yield a token for each word that has a sound worth filing."""
        for token in tokens:
            if heard := filed_sound(token.text):
                token.text = heard
                yield token


def _is_code(token: Token) -> bool:
    return bool(getattr(token, "is_code", False))


def text_analyzer() -> CompositeAnalyzer:
    """Return the analyzer of the text field."""
    return KindTokenizer(TokenKind.WORD, TokenKind.CODE) | VariantFilter() | StemFilter()


def sound_analyzer() -> CompositeAnalyzer:
    """Return the analyzer of the sound field."""
    return KindTokenizer(TokenKind.WORD) | SoundFilter()


def code_analyzer() -> CompositeAnalyzer:
    """Return the analyzer of the code field."""
    return CompositeAnalyzer(KindTokenizer(TokenKind.CODE))
