"""How references, sources, tags and other short values are written: in one way, at every door."""

import re
import unicodedata
from collections.abc import Iterable

_CONTROLS = {code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()} - {0}
_UNSEEN = (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF)
_DIRECTIONS = range(0x2066, 0x206A)
_DROPPED = dict.fromkeys([*_CONTROLS, *_UNSEEN, *_DIRECTIONS])
"""Control characters, and marks that show nothing and only steer. A NUL stays: it is refused.
So do the joiners, which emoji and several scripts need."""
_MOST_ACCENTS = 30
"""Accents on one letter that Unicode puts in order; the time for more grows with their square."""
_MAY_BE_ACCENTS = re.compile(rf"[^\w\s\0-\u02ff]{{{_MOST_ACCENTS + 1},}}")
_JOINER = "\u034f"


def composed(text: str) -> str:
    r"""Return a text in Unicode form NFC: two that look the same are the same.

    A longer run of accents than any language has is parted by joiners, which show nothing: Unicode
    calls that the stream-safe text format (UAX #15).

    >>> composed("Cafe\u0301") == "Caf\u00e9"
    True
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MAY_BE_ACCENTS.sub(_parted, text))


def _parted(run: re.Match[str]) -> str:
    parts: list[str] = []
    accents = 0
    for letter in run[0]:
        accents = accents + 1 if unicodedata.combining(letter) else 0
        if accents > _MOST_ACCENTS:
            parts.append(_JOINER)
            accents = 1
        parts.append(letter)
    return "".join(parts)


def tidy(text: str) -> str:
    r"""Return a short value as it is stored: two that look the same are the same.

    Blanks and line ends become single blanks, none at the ends; letters with accents are put
    together; control characters and marks that show nothing are dropped.

    >>> tidy(" KB-1 "), tidy("a\r\nSet-Cookie: x=1"), tidy("KB\u200b-1\x1b")
    ('KB-1', 'a Set-Cookie: x=1', 'KB-1')
    >>> tidy("Cafe\u0301") == "Caf\u00e9"
    True
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    return " ".join(composed(text.translate(_DROPPED)).split())


def tidy_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Return values such as tags as they are stored: each once, in order, none that is empty.

    >>> tidy_all(["vpn", " vpn", "", "mac  os"])
    ('vpn', 'mac os')
    """
    return tuple(dict.fromkeys(text for text in map(tidy, texts) if text))


def spellings(reference: str) -> tuple[str, ...]:
    """Return what a reference that a person types may be stored as, the likeliest first.

    As it is typed, for a ticket that was stored before references were tidied; tidied; in capitals;
    and without the blanks between thousands.

    >>> spellings(" kb-1"), spellings("1 204")
    ((' kb-1', 'kb-1', 'KB-1'), ('1 204', '1204'))
    """
    tidied = tidy(reference)
    joined = tidied.replace(" ", "")
    plain = (joined,) if joined.isdecimal() else ()
    return tuple(dict.fromkeys((reference, tidied, tidied.upper(), *plain)))


def is_storable(text: str) -> bool:
    r"""Tell whether a database could hold this text at all, and so whether it may be asked for.

    >>> is_storable("KB-1"), is_storable("KB\x00"), is_storable("KB\ud800")
    (True, False, False)
    """
    return "\x00" not in text and text == text.encode("utf-8", "replace").decode("utf-8")
