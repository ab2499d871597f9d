"""Fold what no one means to distinguish: case, accents, curly quotes, invisible characters."""

import unicodedata

APOSTROPHES = (
    "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb"
    "\u2018\u2019\u201b\u2032\u2035\ua78c\uff07\uff40"
)
"""What people and keyboards write for ': ticks, accents, primes, modifier letters, wide signs."""
_TICKS = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_STRAIGHT = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
    }
)


def fold(text: str) -> str:
    """Return the text in lower case, without accents or invisible characters.

    >>> fold("Café"), fold("WON’T"), fold("can`t"), fold("ﬁle")
    ('cafe', "won't", "can't", 'file')
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    text = text.translate(_TICKS)  # first: decomposing makes a blank of a free acute
    # Twice: decomposing may bring out a capital (a mathematical one), and case folding an accent.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letters).translate(_STRAIGHT)
