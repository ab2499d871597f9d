"""Dates, times and versions of dates, which look like phone numbers."""

import re

from kbsearch.privacy.detect.reading.normalised import ZERO_WIDTH

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE = "|".join(
    (
        rf"{_DAY}[-./ ]{_DAY}[-./ ]{_YEAR}(?![0-9])",
        rf"{_YEAR}[-./_ ]{_DAY}[-./_ ]{_DAY}(?![0-9])",
        rf"{_DAY}[-./_]{_DAY}[-./_](?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])",
        rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-9]{{2}}){{0,3}}",
        rf"{_YEAR}(?![0-9])",
    )
)
_DATES = re.compile(
    rf"[(]?(?:{_DATE})(?:[-./_ ()\r\n>]{{1,6}}(?:{_DATE}|[0-9]{{1,2}}|[0-9]{{4,6}}))*[ )]*"
)


def is_date(written: str) -> bool:
    """Tell whether all of a run of digits is dates and times.

    >>> [is_date(run) for run in ("2024-07-18 12", "20240718122457", "0489 25 37 29")]
    [True, True, False]
    """
    return _DATES.fullmatch(written.replace(ZERO_WIDTH, "")) is not None
