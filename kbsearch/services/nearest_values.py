"""Which value of a filter was meant by one that no ticket has?"""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

_MOST = 3
"""Values that a sentence names for each one that is unknown."""
_CLOSE = 80
"""The likeness, of 100, from which on one value may be meant by another."""


def nearest_values(unknown: Iterable[str], known: Sequence[str]) -> list[str]:
    """Return the known values that the unknown ones come near, the nearest of each first.

    >>> nearest_values(["printer", "paperjam"], ["Modem", "Printers", "paper jam"])
    ['Printers', 'paper jam']
    """
    folded = [value.casefold() for value in known]
    found: dict[str, None] = {}
    for value in unknown:
        near = process.extract(
            value.casefold(), folded, scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=_MOST
        )
        found.update(dict.fromkeys(known[place] for _, _, place in near))
    return list(found)
