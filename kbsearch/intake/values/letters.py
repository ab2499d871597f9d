"""Letters that were decoded wrongly before the export, and letters with accents in two parts."""

import unicodedata

import ftfy
from ftfy.badness import is_bad


def composed(text: str) -> str:
    r"""Return a text in Unicode form NFC: two that look the same are the same.

    >>> composed("Cafe\u0301") == "Caf\u00e9"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def mended(text: str) -> str:
    """Return a text with the letters that were decoded wrongly as they were meant.

    >>> mended("CafÃ© – ok"), mended("5 µm – naïve")
    ('Café – ok', '5 µm – naïve')
    """
    return ftfy.fix_encoding(text) if not text.isascii() and is_bad(text) else text
