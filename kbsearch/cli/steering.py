"""The characters that steer a terminal, or hide on it, and what is shown in their place."""

import json
import re
import unicodedata

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # Cc: what terminals obey, except for tab and line feed
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"  # Cf
    "\u2028\u2029"  # Zl, Zp
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"  # Cf
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
    "\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0\ufff0-\ufff8"  # ignorable: seen as nothing
    "\U000e0000\U000e0002-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # variation selectors
)
"""Every character of the categories Cc, Cf, Zl and Zp, and every other one that Unicode calls
default-ignorable: they move the cursor, turn the direction of what follows, or are not seen."""
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_VIRAMA = 9
"""The combining class of the sign that takes its vowel from an Indic consonant."""


def clean(text: str) -> str:
    r"""Return the text without the characters that steer a terminal, at the same length.

    What writing needs stays: a joiner after a virama (RFC 5892) or between emoji, a non-joiner
    between Arabic letters, and one variation selector after a character that is seen.

    >>> clean("red \x1b[31m tape \u202e"), clean("two\u2028lines")
    ('red �[31m tape �', 'two lines')
    """
    return _HIDDEN.sub(_shown, text)


def escaped(text: str) -> str:
    r"""Return JSON with those characters as `\u` escapes, so that a program reads them as they are.

    >>> print(escaped('"KB-1\u202e\U000e0041"'))
    "KB-1\u202e\udb40\udc41"
    """
    return _HIDDEN.sub(lambda found: _escape(found[0]), text)


def _shown(found: re.Match[str]) -> str:
    sign, before = found[0], found.string[: found.start()][-2:]
    after = found.string[found.end() : found.end() + 1]
    if sign in "\r\u2028\u2029":
        return " "
    needed = (
        (sign in _SELECTORS and _is_seen(before[-1:]))
        or (sign in _NON_JOINER + _JOINER and _is_virama(before[-1:]))
        or (sign == _JOINER and _ends_emoji(before) and _is_emoji(after))
        or (sign == _NON_JOINER and _is_arabic(before[-1:]) and _is_arabic(after))
    )
    return sign if needed else "\N{REPLACEMENT CHARACTER}"


def _escape(sign: str) -> str:
    # ASCII has signs that JSON leaves as they are, DEL among them.
    return json.dumps(sign)[1:-1] if ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"


def _is_seen(letter: str) -> bool:
    return bool(letter.strip()) and not _HIDDEN.match(letter)


def _is_virama(letter: str) -> bool:
    return bool(letter) and unicodedata.combining(letter) == _VIRAMA


def _is_arabic(letter: str) -> bool:
    return bool(letter) and unicodedata.bidirectional(letter) == "AL"


def _is_emoji(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) == "So"


def _ends_emoji(text: str) -> bool:
    """Whether the last letter is an emoji, if need be with its skin tone or its selector."""
    last = text[-1:]
    return _is_emoji(text[:1] if last in _SELECTORS | _SKIN_TONES else last)
