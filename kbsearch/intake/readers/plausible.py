"""Tell how much like written words the letters beyond ASCII of a decoded text are.

The old encodings of DOS, Mac and Windows give every byte a character, so that a wrong one makes no
fault but nonsense: a capital inside a small word, a quotation mark or a frame between letters.
"""

import unicodedata
from functools import lru_cache


def plausibility(text: str) -> float:
    """Return from -1 to 1 how well the characters beyond ASCII fit to those next to them.

    >>> plausibility("Größe"), plausibility("Gr÷áe")
    (1.0, 0.0)
    """
    text = f" {text} "
    scores = [
        _fit(text[place - 1], character, text[place + 1])
        for place, character in enumerate(text)
        if not character.isascii()
    ]
    return sum(scores) / len(scores) if scores else 0.0


@lru_cache(maxsize=65_536)
def _fit(before: str, character: str, after: str) -> float:
    """Return how well a character fits between two others, from -1 to 1."""
    kind = unicodedata.category(character)
    if kind in {"Ll", "Lu"}:
        return _fit_of_letter(before, character, after)
    if before.isalpha() and after.isalpha():
        return 1.0 if kind == "Pf" else -1.0  # an apostrophe, as in "it’s"
    if kind in {"Pd", "Zs"}:
        return 0.5 if before.isspace() == after.isspace() else 0.0
    if kind in {"Sc", "So", "Po"} and not _is_drawing(character):
        return 0.5 if before.isdigit() or after.isdigit() or not before.isalpha() else 0.0
    return 1.0 if _is_quotation(kind, before, after) else -1.0


def _is_quotation(kind: str, before: str, after: str) -> bool:
    """Whether a quotation mark or bracket opens before a word, or closes after one."""
    if kind in {"Ps", "Pi"}:
        return after.isalnum() and not before.isalnum()
    return kind in {"Pf", "Pe"} and not after.isalnum() and not before.isspace()


def _fit_of_letter(before: str, letter: str, after: str) -> float:
    if not unicodedata.name(letter, "").startswith("LATIN"):
        return -1.0
    if before.isdigit() or after.isdigit():
        return -1.0
    if letter.isupper() and before.islower():
        return -1.0
    if letter.islower() and before.isupper() and after.isupper():
        return -1.0
    return 1.0 if before.isalpha() or after.isalpha() else 0.5


def _is_drawing(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("BOX DRAWINGS", "LIGHT SHADE", "MEDIUM SHADE", "DARK SHADE")) or (
        "BLOCK" in name
    )
