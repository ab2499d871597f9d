"""Look through a file for what must not be there: card numbers, and known originals."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import BinaryIO

from kbsearch.privacy.detect.numbers.cards import find_cards
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.finding import Kind

CHUNK = 1 << 20
"""Bytes that are looked through at a time."""
SEAM = 4_096
"""Bytes of a chunk that are looked through again with the next, for what lies across."""
SHORTEST = 6
"""Letters and digits of an original that is looked for; shorter ones are in every file."""
_RUN = re.compile(
    r"[\w.+-]+@[\w.-]+|(?:[0-9A-Fa-f]{1,4}[:.]){2,7}[0-9A-Fa-f]{1,4}"
    r"|(?:[A-Za-z]{1,4}[ \-]?)?\d(?:[ ()./\-]{0,3}[A-Za-z0-9]){4,40}"
)
"""What may be an address of mail or of a computer, or a number of several groups."""
_GROUP = re.compile(r"[A-Za-z0-9]+")
_GROUPS = 10
"""Groups of one value, such as those of an IBAN."""
_BARE = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d(?:[ \-./]?\d){11}")
_AROUND = 40
"""Letters around a number that tell whether it is a card."""


def bare(value: str) -> str:
    """Return what is compared of a value: its letters and digits.

    >>> bare("+1 (415) 555-2671"), bare("Ann.Lee@example.org")
    ('14155552671', 'annleeexampleorg')
    """
    return _BARE.sub("", value).casefold()


def is_sought(kind: Kind, value: str) -> bool:
    """Whether an original is looked for: a name or a password may be a word of any text."""
    return kind not in (Kind.NAME, Kind.PASSWORD, Kind.ADDRESS) and len(bare(value)) >= SHORTEST


def traces(file: BinaryIO, sought: AbstractSet[str]) -> Iterator[tuple[int, str]]:
    """Yield where a file has a card that passes Luhn's check, or a sought value, and what it is.

    sought  values as `bare` writes them.
    """
    at, before = 0, b""
    while chunk := file.read(CHUNK):
        data = before + chunk
        start = at - len(before)
        yield from _in_text(data.decode("utf-8", "replace"), start, sought)
        before, at = data[-SEAM:], at + len(chunk)


def _in_text(text: str, start: int, sought: AbstractSet[str]) -> Iterator[tuple[int, str]]:
    for match in _DIGITS.finditer(text):
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if any(find_cards(Text(around))):
            yield start + match.start(), "a card number"
    for match in _RUN.finditer(text) if sought else ():
        if not sought.isdisjoint(_values(match[0])):
            yield start + match.start(), "an original of the vault"


def _values(run: str) -> Iterator[str]:
    """Yield each value that consecutive groups of a run may be."""
    yield bare(run)
    groups = [group.casefold() for group in _GROUP.findall(run)]
    for first in range(len(groups)):
        for last in range(first + 1, min(first + _GROUPS, len(groups)) + 1):
            yield "".join(groups[first:last])
