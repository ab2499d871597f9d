"""What stands for nothing in a cell, such as NULL; `index/nothing.tsv` lists the marks."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import cache

from kbsearch.analysis.tables import table
from kbsearch.records.ticket import TEXTS, TIMES

_DASHES = str.maketrans("\u2013\u2014\u2212", "---")
_EVERY, _WORD, _TEXT, _TIME, _DAY = "every", "word", "text", "time", "day"


def is_mark(field: str, text: str) -> bool:
    r"""Tell whether a value that is not empty stands for nothing in this field.

    >>> is_mark("resolution", "NULL"), is_mark("resolution", "Say N/A in the form")
    (True, False)
    >>> is_mark("product", "0"), is_mark("resolved_at", "0000-00-00")
    (False, True)
    """
    if len(text) > _longest():
        return False
    where = _where(text)
    if where in {None, _DAY}:
        return False
    return where in {_EVERY, _WORD} or (
        where == (_TIME if field in TIMES else _TEXT) and (where == _TIME or field in TEXTS)
    )


def is_word(text: str) -> bool:
    """Tell whether a mark is also a word that a person may write, such as None.

    >>> is_word("None"), is_word("NULL")
    (True, False)
    """
    return len(text) <= _longest() and _where(text) in {_WORD, _TEXT}


def is_no_day(moment: datetime) -> bool:
    """Tell whether programs write this moment for "no date", such as the first of 1900."""
    midnight = moment.time() in {time(), time(23, 59), time(23, 59, 59)}
    return moment.year > 9000 or (midnight and _marks().get(str(moment.date())) == _DAY)


def _where(text: str) -> str | None:
    return _marks().get(text.casefold().translate(_DASHES))


@cache
def _marks() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("nothing.tsv")}


@cache
def _longest() -> int:
    return max(map(len, _marks()))
