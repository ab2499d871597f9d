"""From a surface word to the term under which it is filed."""

from functools import lru_cache

from kbsearch.analysis.stems import stem
from kbsearch.analysis.tables import table
from kbsearch.analysis.tokens import TokenKind
from kbsearch.analysis.variants import VARIANTS


@lru_cache(maxsize=50_000)
def term(word: str) -> str:
    """Return the term of a folded word: its one spelling, then its stem.

    >>> term("organisations") == term("organization"), term("colours")
    (True, 'color')
    """
    return stem(VARIANTS.canonical(word))


def term_of(kind: TokenKind, surface: str) -> str:
    """Return the term of a token: a code is filed as it is, a word under its term."""
    return surface if kind is TokenKind.CODE else term(surface)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words that tell no ticket from another."""
    return frozenset(word for word, *_ in table("stopwords.tsv"))
