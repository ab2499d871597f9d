"""The marks of an empty cell, such as NULL; `index/nothing.tsv` lists them."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import cache

from kbsearch.analysis.tables import table
from kbsearch.records.ticket import TEXTS, TIMES

LONGEST = 32
"""Characters of the longest mark."""
_DASHES = str.maketrans("\u2013\u2014\u2212", "---")
_MIDNIGHTS = {time(), time(23, 59), time(23, 59, 59)}
_EVERY, _WORD, _TEXT, _TIME, _DAY = "every", "word", "text", "time", "day"
_FIELDS = {_TEXT: (*TEXTS, *TIMES), _TIME: TIMES}


def is_mark(field: str, text: str) -> bool:
    r"""Tell whether a value is the mark of an empty cell in this field.

    >>> is_mark("resolution", "NULL"), is_mark("resolution", "Say N/A in the form")
    (True, False)
    >>> is_mark("product", "0"), is_mark("resolved_at", "0000-00-00")
    (False, True)
    """
    if len(text) > LONGEST:
        return False
    where = _where(text)
    return where is not None and (where in {_EVERY, _WORD} or field in _FIELDS.get(where, ()))


def is_word(text: str) -> bool:
    """Tell whether a mark is also a word that a person may write, such as None.

    >>> is_word("None"), is_word("NULL")
    (True, False)
    """
    return _where(text) in {_WORD, _TEXT}


def is_no_day(moment: datetime) -> bool:
    """Tell whether programs write this moment for "no date", such as the first of 1900."""
    midnight = moment.time() in _MIDNIGHTS
    return moment.year > 9000 or (midnight and _marks().get(str(moment.date())) == _DAY)


def _where(text: str) -> str | None:
    if len(text) > LONGEST:
        return None
    folded = text.casefold()
    return _marks().get(folded if folded.isascii() else folded.translate(_DASHES))


@cache
def _marks() -> Mapping[str, str]:
    return {row[0]: row[1] for row in table("nothing.tsv")}
