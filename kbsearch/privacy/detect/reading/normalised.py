"""A text as detectors read it: plainer characters, the same length."""

import re
import unicodedata

from kbsearch.analysis.marks import MARK

ZERO_WIDTH = "\u200b"
"""What each character that shows nothing becomes."""
MASKED = "\ufffc"
"""What each character of a mark becomes: no letter, no digit, no space."""
_ENTITY = re.compile(
    r"&(?:nbsp|thinsp|ensp|emsp|#160|#xa0|#8239|ndash|mdash|#8211);", re.IGNORECASE
)
_DASHED = ("ndash", "mdash", "8211")


class _Plain(dict[int, str]):
    """The character that a detector reads for each one, made when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


_PLAIN = _Plain({code: chr(code) for code in range(128)})
_PLAIN[ord("İ")] = "I"  # the one letter that grows when it is lowered
_PLAIN[0x0B] = _PLAIN[0x0C] = " "


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Zs":
        return " "
    if category == "Pd" or char == "\u2212":
        return "-"
    if category == "Cf":
        return ZERO_WIDTH
    if char in "\u2018\u2019\u02bc\u00b4":
        return "'"
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 and wide.isascii() and wide.isprintable() else char


def normalised(text: str) -> str:
    r"""Return the text with plain digits, spaces, dashes and letters, as long as it was.

    >>> normalised("４１１１\u00a0١١١١–1&nbsp;2")
    '4111 1111-1      2'
    """
    if not text.isascii():
        text = text.translate(_PLAIN)
    if "&" in text:
        text = _ENTITY.sub(_blank, text)
    if "[" in text:
        text = MARK.sub(lambda mark: MASKED * len(mark[0]), text)
    return text


def _blank(entity: re.Match[str]) -> str:
    dash = "-" if any(name in entity[0].lower() for name in _DASHED) else " "
    return dash + " " * (len(entity[0]) - 1)


def is_letter(char: str) -> bool:
    """Tell whether a character is a letter or digit of a script that has blanks between words.

    >>> is_letter("é"), is_letter("谢"), is_letter("_")
    (True, False, False)
    """
    return char.isalnum() and not "\u2e80" <= char <= "\u9fff" and not "\uac00" <= char <= "\ud7af"


def folded(word: str) -> str:
    """Return a word without case and accents.

    >>> folded("Ángel"), folded("Łukasz"), folded("Strauß")
    ('angel', 'lukasz', 'straus')
    """
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.lower().translate(_UNACCENTED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_UNACCENTED = str.maketrans("łøđßæœıð", "lodsaoid")
