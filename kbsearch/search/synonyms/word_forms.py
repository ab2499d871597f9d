"""Which words are forms of one word: a stem alone says too much."""

import re

from kbsearch.analysis.variants import VARIANTS

_ENDING = re.compile(r"|e|y|e?s|ies|e?d|ied|([a-z]?)(?:ed|ing)")
"""What a form of a word has after the letters that it shares with another: torch-es, freez-e."""
_BASE_ENDING = re.compile(r"|e|y|e?s|ies")
"""The same of a form that stands for all others: "unlocked" does not stand for "unlock"."""


def is_form(word: str, form: str) -> bool:
    """Tell whether a word that has the stem of `form` is it or stands for it.

    "torches" is a form of "torch"; "currently" is none of "current", nor "earth" of "earthed".
    """
    if word == form:
        return True
    spelt = VARIANTS.canonical(word), VARIANTS.canonical(form)
    pairs = enumerate(zip(*spelt, strict=False))
    shared = next((place for place, (one, other) in pairs if one != other), min(map(len, spelt)))
    ending = _ENDING.fullmatch(spelt[0][shared:])
    doubled = spelt[0][shared - 1 : shared]
    return (
        ending is not None
        and ending[1] in (None, "", doubled)
        and _BASE_ENDING.fullmatch(spelt[1][shared:]) is not None
    )
