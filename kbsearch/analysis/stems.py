"""Stems: the part that the forms of a word share.

Snowball takes derived words back to others that mean something else: "excellent" to "excel",
"important" to "import", "customer" to "custom". Those are kept apart.
"""

import re
from functools import cache, lru_cache

from nltk.stem.snowball import EnglishStemmer

from kbsearch.analysis.tables import table

_STEMMER = EnglishStemmer()
_ADJECTIVE = re.compile(r"l?(?:([ae]n)(?:t|c)|([ai]b)(?:l|ility))")
"""What begins "-ent", "-ence", "-ant", "-ance", "-able" and "-ibility"; "excellent" lost an "l"."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a folded word by Snowball's English rules (Porter 2001).

    >>> stem("printers"), stem("printing")
    ('printer', 'print')
    >>> stem("importance"), stem("imports"), stem("customers"), stem("custom")
    ('important', 'import', 'customer', 'custom')
    """
    found: str = _STEMMER.stem(word)
    if found == word:
        return found
    for beginning, term in _apart().get(found, ()):
        if word.startswith(beginning):
            return term
    rest = _ADJECTIVE.match(word, len(found)) if word.startswith(found) else None
    if rest is None:
        return found
    return f"{found}{rest[1]}t" if rest[1] else f"{found}{rest[2]}l"


@cache
def _apart() -> dict[str, list[tuple[str, str]]]:
    """Return by stem which words are no forms of its others: how they begin, and their term."""
    found: dict[str, list[tuple[str, str]]] = {}
    for beginning, term, unlike in sorted(table("apart.tsv"), reverse=True):
        rows = found.setdefault(_STEMMER.stem(unlike), [])
        rows.append((beginning, beginning if term == "-" else term))
    return found
