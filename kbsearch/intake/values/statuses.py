"""Statuses under one name, however an export spells them; `index/statuses.tsv` lists them."""

from collections.abc import Mapping
from functools import cache

from kbsearch.analysis.tables import table


def status_of(text: str) -> str:
    """Return the name of a status; one that no table has stays as it is.

    >>> status_of("__ Closed"), status_of("on-hold"), status_of("Waiting for Ann")
    ('Closed', 'On Hold', 'Waiting for Ann')
    """
    bare = text.strip("_ ")
    return _names().get(bare.casefold().replace("_", " "), bare)


@cache
def _names() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("statuses.tsv")}
