"""E-mail addresses."""

import re
from collections.abc import Iterator
from functools import cache

from kbsearch.analysis.tables import table
from kbsearch.english import english_words
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import email_mark, found

_LOCAL = re.compile(r"[\w.+%'&/=!#$*?^{}|~\u200b-]+\Z")
_DOMAIN = re.compile(r"(?:[\w\u200b-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![^\W_]|-|@)")
_SIGNS = re.compile(r"(?:.*[=/])?[^\w+]*")
_MAIL = re.compile(r"\b(?:e-?mail|mail|contact|write|address)\b[^\n]*$")
_CREDENTIALS = re.compile(r"://[^\s/:@]{1,64}:\Z")
_LONGEST = 64
_SPELT = re.compile(
    r"\b([\w.+-]{1,64}) ?(?:\[at\]|\(at\)|\{at\}|<at>| at ) ?"
    r"((?:[\w-]{1,40} ?(?:\[dot\]|\(dot\)|\{dot\}|<dot>| dot |\.) ?){1,4}[a-z]{2,12})\b",
    re.IGNORECASE,
)
"""An address as people write it to hide it from programs: ann (at) example (dot) org."""
_IS_SPELT = re.compile(r"[\[({<]at[\])}>]| dot ")
_DOT = re.compile(r" ?(?:[\[({<]dot[\])}>]| dot ) ?")
_FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "html"})


@cache
def _providers() -> frozenset[str]:
    return frozenset(domain for domain, _ in table("mail_providers.tsv"))


def find_emails(text: Text) -> Iterator[Finding]:
    """Yield the e-mail addresses of a text; the mark names a public mail provider only.

    >>> [found.mark for found in find_emails(Text("ann@gmail.com, bob@example.org, icon@2x.png"))]
    ['[e-mail at gmail.com]', '[e-mail]']
    """
    plain = text.plain
    place = plain.find("@")
    while place >= 0:
        local = _LOCAL.search(plain, max(place - _LONGEST, 0), place)
        domain = _DOMAIN.match(plain, place + 1)
        if local and domain and not _is_other(plain, local, domain):
            start = local.start() + _signs(local[0])
            if start < place:
                yield _marked(start, domain.end(), domain[0])
        place = plain.find("@", place + 1)
    if _IS_SPELT.search(text.lower):
        for spelt in _SPELT.finditer(plain):
            if _is_address(text, spelt):
                yield _marked(*spelt.span(), _DOT.sub(".", spelt[2].lower()))


def _marked(start: int, end: int, domain: str) -> Finding:
    domain = domain.lower()
    if domain in _providers():
        return Finding(start, end, Kind.EMAIL, email_mark(domain))
    return found(start, end, Kind.EMAIL)


def _is_address(text: Text, spelt: re.Match[str]) -> bool:
    """Tell whether "x at y dot z" is an address, and not where someone finds x."""
    if f"{spelt[1].lower()} at " not in spelt[0].lower():
        return True
    has_dot = _DOT.search(spelt[2].lower()) is not None
    is_said = _MAIL.search(text.before(spelt.start(), 24)) is not None
    return has_dot and (is_said or spelt[1].lower() not in english_words())


def _signs(local: str) -> int:
    """Return how many letters before an address are of an address of a page, or marks."""
    match = _SIGNS.match(local)
    return match.end() if match else 0


def _is_other(plain: str, local: re.Match[str], domain: re.Match[str]) -> bool:
    """Tell whether it is a file, where git finds a repository, or a password and a host."""
    if _CREDENTIALS.search(plain, max(local.start() - 100, 0), local.start()):
        return True
    ending = domain[0].rpartition(".")[2].lower()
    return ending in _FILES or (local[0] == "git" and plain[domain.end() : domain.end() + 1] == ":")
