"""The marks that mail programs put before the subject of an answer."""

import re
from functools import cache

from kbsearch.analysis.tables import table


def without_marks(subject: str) -> str:
    """Return a subject without the marks of answers and of what was passed on.

    >>> without_marks("Re: AW[2]: Till is dead"), without_marks("Area: till")
    ('Till is dead', 'Area: till')
    """
    return _marks().sub("", subject, count=1).strip()


def is_answer(subject: str) -> bool:
    """Tell whether a subject begins with such a mark.

    >>> is_answer("re : Till"), is_answer("Reset: till")
    (True, False)
    """
    return _marks().match(subject) is not None


@cache
def _marks() -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark, _ in table("reply_marks.tsv"))
    return re.compile(rf"^(?:\s*(?:{marks})\s*(?:\[\d+\]|\(\d+\))?\s*[:\uff1a])+", re.IGNORECASE)
