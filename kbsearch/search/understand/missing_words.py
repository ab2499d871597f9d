"""Words of a query that no ticket has, each with the nearest that one has."""

from collections.abc import Container, Iterator

from kbsearch.analysis.terms import stop_words
from kbsearch.engines.plan import Plan, Reading
from kbsearch.errors import shown
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.sure import is_sure

_SHORTEST = 3
_MOST_WORDS = 12
"""Words of a query; a longer text describes something, and what tickets lack of it is no news."""


def missing_words(plan: Plan, lexicon: Lexicon, unfinished: Container[str]) -> Iterator[Message]:
    """Yield a note about each word that no ticket has, and that is not surely read as another.

    unfinished  words that may go on: nothing is said of them.
    """
    for clause in plan.clauses if len(plan.clauses) <= _MOST_WORDS else ():
        word, first = clause.word, clause.readings[0] if clause.readings else None
        if first is None or not word.isalpha() or word in stop_words() or word in unfinished:
            continue
        if lexicon.count_term(lexicon.term(word)) or _is_found(first, lexicon):
            continue
        nearest = first.word if first.word != word else _known_beginning(word, lexicon)
        if nearest:
            yield Code.WORD_NEAREST, shown(word), nearest
        else:
            yield Code.WORD_MISSING, shown(word)


def _is_found(first: Reading, lexicon: Lexicon) -> bool:
    """Tell whether tickets have what a word is likeliest read as."""
    if first.field is not Field.TEXT:
        return first.kind is not ReadingKind.SOUND
    return is_sure(first) and all(map(lexicon.count_term, first.terms))


def _known_beginning(word: str, lexicon: Lexicon) -> str:
    """Return the longest word of some tickets that a word begins with, "" if none does."""
    beginnings = (word[:end] for end in range(len(word) - 1, _SHORTEST - 1, -1))
    known = (one for one in beginnings if one not in stop_words() and lexicon.count(one))
    return next((one for one in known if lexicon.count_term(lexicon.term(one))), "")
