"""Which corrections of a word that no ticket has would a person not believe?"""

from rapidfuzz.distance import OSA

from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.understand.english import english_words, is_one_slip_from_english
from kbsearch.search.understand.rough_sound import rough_sound
from kbsearch.search.understand.spelling import Candidate

_CLOSE = 0.8
"""Closeness from which on a word that begins otherwise is a slip of its first letter."""


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
