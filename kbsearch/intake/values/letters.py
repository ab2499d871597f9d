"""Letters that were decoded wrongly before the export."""

import ftfy
from ftfy.badness import is_bad

_CUT_QUOTE = "\u00e2\u20ac\ufffd"
"""A closing quote whose last byte is no letter of Windows-1252, and was lost."""


def mended(text: str) -> str:
    """Return a text with the letters that were decoded wrongly as they were meant.

    >>> mended("CafÃ© – ok"), mended("5 µm – naïve")
    ('Café – ok', '5 µm – naïve')
    """
    if text.isascii() or not is_bad(text):
        return text
    return ftfy.fix_encoding(text.replace(_CUT_QUOTE, "\u201d"))
