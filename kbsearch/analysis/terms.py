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
    """Return the words that tell no ticket from another, the small ones among them."""
    return frozenset([*small_words(), *(word for word, *_ in table("stopwords.tsv"))])


@lru_cache(maxsize=1)
def small_words() -> dict[str, str]:
    """Return the words and phrases that only break ties, each with the word that it is like.

    >>> small_words()["cannot"], small_words()["fails to"], small_words()["going"]
    ('not', 'not', 'going')
    """
    return {word: like for word, like, _ in table("small_words.tsv")}
