"""Numbers that a word before them makes personal: of passports, accounts, taxes."""

import re
from collections.abc import Iterator
from functools import cache

from kbsearch.privacy.detect.reading.dates import is_date
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import any_of, beginnings
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_KINDS = {
    "id": Kind.ID,
    "national_id": Kind.NATIONAL_ID,
    "account": Kind.ACCOUNT,
    "zip": Kind.ADDRESS,
}
_LEAST_DIGITS = 4
_BETWEEN = (
    r"(?:['’]s)?(?:[ ]{1,2}(?:card|number|numbers|no|nr|num|code|id|details|ending|is|was|with|in|"
    r"of|for reference|for verification|the|my|her|his|atin|ein|itin|tin|:|#|=|-|\()){0,4}"
    r"[.:#=('\"\s-]{1,6}(?:(?:is|was|atin|tin|dl)[:\s]{1,3})?"
)
_VALUE = (
    r"['\"#]?((?=[a-z*/\\-]{0,14}(?:[0-9]|x{3}))[a-z0-9*]{1,30}(?:[-/.\u200b][a-z0-9*]{1,20}){0,6}"
    r"(?:[ \u200b]{1,2}(?=[a-z]{0,4}[0-9])[a-z0-9]{2,6}(?![a-z]))"
    r"{0,6})(?![a-z0-9])"
)


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9_]){any_of(sort)}(?![a-z0-9_]|-[a-z0-9]){_BETWEEN}{_VALUE}")


def find_keyworded(text: Text) -> Iterator[Finding]:
    """Yield the numbers after words such as passport, SSN or routing number.

    >>> text = Text("Passport no. K1234567, passport expires 2031")
    >>> [text.raw[found.start : found.end] for found in find_keyworded(text)]
    ['K1234567']
    """
    if not text.has_digit:
        return
    for sort, kind in _KINDS.items():
        if text.words.isdisjoint(beginnings(sort)):
            continue
        for match in _pattern(sort).finditer(text.numbers.lower()):
            if _is_number(match[1]) and (sort != "account" or _is_account(match)):
                yield found(*match.span(1), kind)


def _is_account(match: re.Match[str]) -> bool:
    """Tell whether a number is long enough for an account, or is said to be its end."""
    if sum(char.isdigit() for char in match[1]) > 5:
        return True
    return any(word in match[0] for word in ("ending", "number", " code"))


def _is_number(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    hidden = value.count("*") + value.count("x")
    is_long = digits >= 3 and (digits + hidden >= 6 or len(value) >= 8)
    enough = digits >= _LEAST_DIGITS or is_long or value[0] == "*"
    return enough and not is_date(value)
