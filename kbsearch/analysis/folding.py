"""Fold what no one means to distinguish: case, accents, curly quotes, invisible characters."""

import unicodedata

_STRAIGHT = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
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

    >>> fold("Café"), fold("WON’T"), fold("ﬁle")
    ('cafe', "won't", 'file')
    """
    if text.isascii():
        return text.lower()
    # Twice: decomposing may bring out a capital (a mathematical one), and case folding an accent.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return "".join(letters).translate(_STRAIGHT)
