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


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {short: tuple(long.split()) for short, long, *_ in table("abbreviations.tsv")}


def spell_out(word: str) -> tuple[str, ...]:
    """Return the words that an abbreviation stands for, none for any other word.

    >>> spell_out("pwd")
    ('password',)
    """
    return _abbreviations().get(word, ())
