"""Stems: the part that the forms of a word share."""

from functools import lru_cache

from nltk.stem.snowball import EnglishStemmer

_STEMMER = EnglishStemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word by Snowball's English rules (Porter 2001).

    >>> stem("printers"), stem("printing")
    ('printer', 'print')
    """
    found: str = _STEMMER.stem(word)
    return found
