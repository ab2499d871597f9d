"""Words that English spells so, whatever the tickets hold."""

from itertools import chain
from string import ascii_lowercase

from kbsearch.english import english_words


def is_one_slip_from_english(word: str) -> bool:
    """Tell whether one letter more, less, changed or swapped makes a word of English.

    >>> is_one_slip_from_english("printr"), is_one_slip_from_english("zzxq")
    (True, False)
    """
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    less = (before + rest[1:] for before, rest in cuts if rest)
    swapped = (before + rest[1] + rest[0] + rest[2:] for before, rest in cuts if len(rest) > 1)
    more = (before + letter + rest for before, rest in cuts for letter in ascii_lowercase)
    changed = (
        before + letter + rest[1:] for before, rest in cuts if rest for letter in ascii_lowercase
    )
    return not english_words().isdisjoint(chain(less, swapped, more, changed))
