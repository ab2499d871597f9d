"""Passwords, PINs, codes that are used once, and credentials in addresses."""

import re
from collections.abc import Iterator
from functools import cache

from kbsearch.english import english_words
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import any_of, beginnings, words
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_QUOTED = r"(?P<quote>['\"‘“`])(?P<quoted>[^'\"’”`\n\ufffc]{3,60})['\"’”`]"
_BARE = r"(?P<bare>[^\s\ufffc,;]{3,64})"
_URL = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://([^\s/:@\ufffc]{1,64}:[^\s/@\ufffc]{1,64})(?=@)", re.IGNORECASE
)
_PARAMETER = re.compile(
    r"[?&](?:token|key|api_?key|password|passwd|pwd|pass|secret|sig|signature|access_token|code"
    r"|auth|session|sessionid|sid)=([^&\s#\ufffc]{4,400})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\bbearer[ :]{1,3}([\w.~+/=-]{12,2000})", re.IGNORECASE)
_AFTER_EMAIL = re.compile(
    r"\w@(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}(?: [/|] | ?[:;,] )([^\s\ufffc,;~/]{6,64})", re.IGNORECASE
)
_AMOUNT = re.compile(r"[0-9]+(?:%|['’]s|st|nd|rd|th|x)?\+?", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}(?::[0-9]{1,5})?", re.IGNORECASE)
_ADDRESS = re.compile(r"\w@[\w.-]{1,80}\.[a-z]{2,12}$", re.IGNORECASE)
_ENDS = ".,;:!?)]}>'\"’”"


@cache
def _password() -> re.Pattern[str]:
    keyword = rf"(?<![a-z0-9_@./?&#-])(?P<word>{any_of('password')})(?![a-z0-9_@])"
    link = r"(?P<link>[ \t]{0,2}(?:[:=]|(?:is|was|to|of|as)\b[ :]?)|[ \t(,]{1,3})"
    return re.compile(rf"{keyword}['’]?{link}[ \t]{{0,3}}(?:{_QUOTED}|{_BARE})", re.IGNORECASE)


@cache
def _pin() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z0-9_]){any_of('pin')}(?![a-z0-9_])"
        r"(?:[ ]{1,2}(?:is|was|number|code|no|to|of|as|your|my)\b){0,3}[ .:=#'\"\n(-]{1,4}"
        r"([0-9]{3}[ -][0-9]{3,4}|[0-9]{3,8}|(?=[a-z]{0,7}[0-9])[a-z0-9]{4,10})(?![\w]|[.:][0-9])"
    )


def find_passwords(text: Text) -> Iterator[Finding]:
    """Yield passwords, PINs and codes after such a word, and credentials in addresses.

    >>> text = Text("password Qr7!dke#39, pin is 4711, the password reset fails, https://a:b1@c.de/")
    >>> [text.raw[found.start : found.end] for found in find_passwords(text)]
    ['Qr7!dke#39', '4711', 'a:b1']
    """
    if "@" in text.plain or not text.words.isdisjoint(beginnings("password")):
        yield from _passwords(text)
    if text.has_digit and not text.words.isdisjoint(beginnings("pin")):
        for match in _pin().finditer(text.lower):
            yield found(*match.span(1), Kind.PASSWORD)
    for pattern, mark in ((_URL, "://"), (_PARAMETER, "="), (_BEARER, "earer")):
        if mark in text.plain:
            for match in pattern.finditer(text.plain):
                yield found(*match.span(1), Kind.PASSWORD)


def _passwords(text: Text) -> Iterator[Finding]:
    place, pattern = 0, _password()
    while match := pattern.search(text.plain, place):
        place = match.end("link")
        if match["quoted"]:
            if _is_quoted_secret(match["quoted"], match["link"]):
                yield found(*match.span("quoted"), Kind.PASSWORD)
            continue
        value = match["bare"].rstrip(_ENDS).rstrip("*_") or match["bare"]
        if _is_secret(text, match, value):
            start = match.start("bare")
            end = start + len(value)
            # What ends a sentence may end a password; a mark that is longer hides it all.
            yield found(start, end, Kind.PASSWORD)
    if "@" in text.plain:
        for match in _AFTER_EMAIL.finditer(text.plain):
            value = match[1].rstrip(_ENDS)
            if _is_mixed(value) and not _ADDRESS.search(value):
                yield found(match.start(1), match.start(1) + len(value), Kind.PASSWORD)


def _is_secret(text: Text, match: re.Match[str], value: str) -> bool:
    link = match["link"].strip()
    value = value.lstrip("*_")
    if value[:1] in ("[", "<", "(") and value[1:].isalpha():
        return False
    if (
        len(value) < 3
        or value.lower() in words("said_of_password")
        or "://" in value
        or ">>" in value
        or "='" in value
        or '="' in value
        or _AMOUNT.fullmatch(value)
    ):
        return False
    if link[:1] in (":", "=") and not _is_mixed(value):
        start = match.end("link")
        rest = text.plain[start : start + 80].partition("\n")[0]
        return rest.strip(f" {_ENDS}") == value
    return _is_mixed(value) and not _HOST.fullmatch(value)


def _is_quoted_secret(value: str, link: str) -> bool:
    if value.lower() in words("said_of_password") or value[0] in "[<(":
        return False
    if " " in value:
        return _is_mixed(value) and value.count(" ") < 3
    return _is_mixed(value) or ":" in link or not _is_word(value)


def _is_word(value: str) -> bool:
    return value.lower().strip("*_-") in english_words() or not any(map(str.isalnum, value))


def _is_mixed(value: str) -> bool:
    """Tell whether a piece of text has a digit and a letter, or signs inside, as no word has."""
    letters, digits = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    signs = any(char in "!#$%^&*@+=~?<>_" for char in value)
    return (letters and digits) or (signs and (letters or digits)) or (digits and len(value) >= 6)
