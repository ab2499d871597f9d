"""Words that are written open, hyphenated or solid: wi fi, wi-fi, wifi."""

from functools import lru_cache

from kbsearch.analysis.tables import table


@lru_cache(maxsize=1)
def _parts() -> dict[str, tuple[str, ...]]:
    return {joined: tuple(parts.split()) for joined, parts, *_ in table("compounds.tsv")}


def split_compound(word: str) -> tuple[str, ...]:
    """Return the parts of a compound that the table knows, none for any other word.

    >>> split_compound("wifi"), split_compound("printer")
    (('wi', 'fi'), ())
    """
    return _parts().get(word, ())
