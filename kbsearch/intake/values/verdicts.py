"""Verdicts, which say how a ticket ended, not what solved it; see `index/verdicts.tsv`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from kbsearch.analysis.tables import table
from kbsearch.names import tidy


class Verdict(StrEnum):
    """What a verdict says of its ticket."""

    CLOSED = "closed"
    OPEN = "open"


def verdict_of(text: str) -> Verdict | None:
    """Return what a text says if it is a verdict and nothing more.

    >>> verdict_of("Won’t Fix."), verdict_of("Unresolved").value, verdict_of("Fixed by a new fan")
    (<Verdict.CLOSED: 'closed'>, 'open', None)
    """
    if len(text) > _longest() + 1:
        return None
    folded = tidy(text.casefold().replace("_", " ").replace("\u2019", "'")).removesuffix(".")
    return _verdicts().get(folded)


@cache
def _verdicts() -> Mapping[str, Verdict]:
    return {row[0]: Verdict(row[1]) for row in table("verdicts.tsv")}


@cache
def _longest() -> int:
    return max(map(len, _verdicts()))
