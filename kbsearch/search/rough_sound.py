"""How a word sounds, roughly, in letters that can be compared one by one.

A phonetic code says whether two words sound alike; this says how far apart they are.
"""

import re
from functools import lru_cache

VOWEL = "a"
"""What every vowel is written as."""
_VOWELS = str.maketrans("eiouy", VOWEL * 5)
_SPELT = (
    (re.compile("ph"), "f"),
    (re.compile("gh"), "g"),
    (re.compile("ck|q|c(?=[^eiyh]|$)"), "k"),
    (re.compile("[cz]"), "s"),
    (re.compile("x"), "ks"),
)
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def rough_sound(word: str) -> str:
    """Return a folded word with its vowels made one and its double letters single.

    >>> rough_sound("quick"), rough_sound("kwik"), rough_sound("phrase")
    ('kak', 'kwak', 'frasa')
    """
    for pattern, sound in _SPELT:
        word = pattern.sub(sound, word)
    return _REPEATED.sub(r"\1", word.translate(_VOWELS))
