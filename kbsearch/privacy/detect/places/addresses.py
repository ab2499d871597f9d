"""Postal addresses, from the street to the country."""

import re
from collections.abc import Iterator
from functools import cache

from kbsearch.analysis.tables import table
from kbsearch.english import english_words
from kbsearch.privacy.detect.places.streets import find_streets
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import any_of, words
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_MOST = 14
"""Words of a unit, a city, a state and a country, with their numbers."""
_ZIP = re.compile(r"\b[0-9]{5}(?:-[0-9]{4})?\Z")
_NO_PLACE = ("sign_off", "phone", "introduces", "greeting", "group")


@cache
def _nothing() -> frozenset[str]:
    """Return what an export writes for an empty state or city, such as nan."""
    marks = {mark for mark, _ in table("nothing.tsv") if mark.isalpha() and len(mark) > 2}
    return frozenset(marks - english_words())


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        r"(?P<gap>(?:[ ]?[,.])?[ \t]{1,3}|[ \t,.]{0,3}\r?\n[ \t]{0,4}(?:[>|*#?•-]{1,4} )?[ ,]{0,3})"
        rf"(?P<token>(?P<unit>(?i:{any_of('unit')})\.?[ #]{{1,2}}[0-9]{{1,5}}[a-z]?\b)"
        r"|[0-9]{1,3}(?=,? ?\r?\n|, [^\W\d_a-z])"
        r"|(?:[0-9]{2} )?[0-9]{4,6}(?:-[0-9]{4})?(?![\w-]|[.,][0-9])"
        r"|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}\b"
        r"|\(?[^\W\d_][\w'’/-]{0,24}\)?)"
    )


def find_addresses(text: Text) -> Iterator[Finding]:
    """Yield postal addresses: a street with its number, a box, a city with state and number.

    >>> text = Text("ship to 12 High Street, Leeds LS1 4AP. The corner shows error 503")
    >>> [text.raw[found.start : found.end] for found in find_addresses(text)]
    ['12 High Street, Leeds LS1 4AP']
    """
    if not text.has_digit:
        return
    last = 0
    for start, end in sorted(find_streets(text)):
        if end > last:
            last = _with_tail(text, end)
            yield found(start - _head(text, start), last, Kind.ADDRESS)


@cache
def _unit_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of('unit')}\.?[ #]{{1,2}}(?:[0-9]{{1,5}}[a-z]?[ ,]{{1,3}})?$")


def _head(text: Text, start: int) -> int:
    """Return how many letters the unit before a street takes."""
    match = _unit_before().search(text.before(start, 32))
    return len(match[0]) if match else 0


def _with_tail(text: Text, end: int) -> int:
    """Return where an address ends that goes on with a unit, a city, a state, a country."""
    place = last = end
    if _ZIP.search(text.plain, max(end - 6, 0), end):
        return end
    if text.plain[end - 1] == ".":
        following = _tail().match(text.titled, end)
        if following is None or not (following["unit"] or following["token"][0].isdigit()):
            return end - 1
    for _ in range(_MOST):
        match = _tail().match(text.titled, place)
        if match is None or not _is_place(text, match):
            break
        place = match.end()
        if _ZIP.fullmatch(match["token"]):
            return place
        if match["token"].lower() not in words("join") - _nothing():
            last = place
    return last


def _is_place(text: Text, match: re.Match[str]) -> bool:
    """Tell whether what comes next still belongs to the address."""
    token, new_line = match["token"].strip("()"), "\n" in match["gap"]
    if match["unit"]:
        return True
    if not token or ("." in match["gap"] and not new_line):
        return False
    if token[0].isdigit() or token.lower() in _nothing():
        return True
    if token.lower() in words("join"):
        return not new_line
    return _is_capitalised_place(text, match, token) if token[0].isupper() else False


def _is_capitalised_place(text: Text, match: re.Match[str], token: str) -> bool:
    if any(token.lower() in words(sort) for sort in _NO_PLACE):
        return False
    if "\n" in match["gap"]:
        return _is_line_of_places(text, match)
    return not text.is_lower or token.lower() not in english_words() or "," in match["gap"]


def _is_line_of_places(text: Text, match: re.Match[str]) -> bool:
    """Tell whether a new line is a city or a country, and not how a sentence begins."""
    start = match.start("token")
    line = text.titled[start : start + 60].partition("\n")[0]
    line = re.split(r"[.?!:]|, (?:and|or|but)\b| (?:for|in|to)\b", line)[0]
    tokens = line.replace(",", " ").split()
    return len(tokens) <= 6 and all(
        token.strip("()")[:1].isupper() or token[0].isdigit() or token.lower() in words("join")
        for token in tokens
    )
