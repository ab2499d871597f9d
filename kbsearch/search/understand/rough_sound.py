"""How a word sounds, roughly, in letters that can be compared one by one.

A phonetic code says whether two words sound alike; this says how far apart they are.
"""

import re

VOWEL = "a"
"""What every vowel is written as."""
_HARD = re.compile("ck|q|c(?=[^eiyh]|$)", re.MULTILINE)
_LETTERS = str.maketrans("eiouycz", VOWEL * 5 + "ss")
_REPEATED = re.compile(r"(.)(?=\1)")
"""A letter before the same: without it, what is left is the last of each row of them."""


def rough_sound(words: str) -> str:
    r"""Return folded words with their vowels made one and their double letters single.

    words  one, or several with a line feed between each two: that takes far less time.

    >>> rough_sound("quick"), rough_sound("kwik"), rough_sound("phrase")
    ('kak', 'kwak', 'frasa')
    >>> rough_sound("music\nexcel")
    'masak\naksal'
    """
    hard = _HARD.sub("k", words.replace("ph", "f").replace("gh", "g"))
    return _REPEATED.sub("", hard.replace("x", "ks").translate(_LETTERS))
