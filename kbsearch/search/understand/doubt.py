"""Which corrections of a word would a person not believe?"""

from rapidfuzz.distance import OSA

from kbsearch.english import english_words
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.english import is_one_slip_from_english
from kbsearch.search.understand.rough_sound import rough_sound
from kbsearch.search.understand.spelling import Candidate

_SHORT = 3
"""Letters up to which a word shares its sound with words that no one takes for it."""
_CLOSE = 0.8
"""Closeness from which on a word that begins otherwise is a slip of its first letter."""


def is_absurd(word: str, guess: Candidate, *, known: bool) -> bool:
    """Tell whether a word is too short to be meant by one that is more than an edit away.

    "dos" is no "day". What no ticket has may be what it sounds like: "fon" is a "phone".
    """
    if len(word) > _SHORT or (guess.homophone and not known):
        return False
    return OSA.distance(word, guess.word) > 1


def is_doubtful(word: str, guess: Candidate) -> bool:
    """Tell whether another word was rather meant, which no ticket has.

    What sounds the same is not doubtful. Of the rest it is what begins otherwise, whatever is read
    for a word of English, and what is further from the word than English is: "outlok" is no
    "outbox", it is one slip from "outlook".
    """
    if guess.kind is ReadingKind.SOUND:
        return False
    begins_so = rough_sound(word)[:1] == rough_sound(guess.word)[:1]
    if word in english_words() or not (begins_so or guess.closeness >= _CLOSE):
        return True
    return OSA.distance(word, guess.word) > 1 and is_one_slip_from_english(word)
