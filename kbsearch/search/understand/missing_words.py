"""Words of a query that no ticket has, each with the nearest that one has."""

from collections.abc import Container, Iterable, Iterator

from kbsearch.analysis.names import without_sign
from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.unspaced import has_unspaced, neighbours, unspaced_runs
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.errors import shown
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.codes.references import names_tickets
from kbsearch.search.query.parse import Query
from kbsearch.search.query.sure import MISHEARD, is_sure

_SHORTEST = 3
_MOST_WORDS = 12
"""Words of a query; a longer text describes something, and what tickets lack of it is no news."""


def missing_words(
    plan: Plan, query: Query, lexicon: Lexicon, unfinished: Container[str]
) -> Iterator[Message]:
    """Yield a note about each word that no ticket has, and that is not surely read as another.

    query       of which each pair of Chinese letters is named with all that is next to it.
    unfinished  words that may go on: nothing is said of them.
    """
    if len(plan.clauses) > _MOST_WORDS:
        return
    missing = dict(_missing(plan.clauses, lexicon, unfinished))
    if not all(map(str.isascii, missing)):
        runs = _unspaced_runs(query)
        missing = {runs.get(word, word): nearest for word, nearest in missing.items()}
    for word, nearest in missing.items():
        if nearest:
            yield Code.WORD_NEAREST, shown(word), nearest
        else:
            yield Code.WORD_MISSING, shown(word)


def _missing(
    clauses: Iterable[Clause], lexicon: Lexicon, unfinished: Container[str]
) -> Iterator[tuple[str, str]]:
    """Yield each word that no ticket has with the nearest one, "" if none is near."""
    for clause in clauses:
        word, first = clause.word, clause.readings[0] if clause.readings else None
        if first is None or not _is_word(word) or word in stop_words() or word in unfinished:
            continue
        if names_tickets(word):
            continue
        if first.field is Field.FORM:  # of which only the very form counts
            if not lexicon.count_form(first.terms[0]):
                yield word, ""
        elif not (lexicon.count_term(lexicon.term(word)) or _is_found(clause, lexicon)):
            yield word, first.word if first.word != word else _known_beginning(word, lexicon)


def _is_word(word: str) -> bool:
    """Tell whether a word has letters only, save for the sign of a name such as "C#"."""
    return word.isalpha() or without_sign(word).isalpha()


def _unspaced_runs(query: Query) -> dict[str, str]:
    """Return what was typed without blanks for each pair of letters that it is filed as."""
    return {
        pair: run
        for token in query.searched
        if has_unspaced(token.text)
        for run in unspaced_runs(token.text)
        for pair in neighbours(run)
    }


def _is_found(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell whether tickets have what a word is likeliest read as, or another name of the same."""
    first, *others = clause.readings
    if first.field is not Field.TEXT:
        return first.kind is not ReadingKind.SOUND
    if is_sure(first) and _is_held(first, lexicon):
        return True
    return any(one.kind not in MISHEARD and _is_held(one, lexicon) for one in others)


def _is_held(reading: Reading, lexicon: Lexicon) -> bool:
    return reading.field is Field.TEXT and all(map(lexicon.count_term, reading.terms))


def _known_beginning(word: str, lexicon: Lexicon) -> str:
    """Return the longest word of some tickets that a word begins with, "" if none does."""
    beginnings = (word[:end] for end in range(len(word) - 1, _SHORTEST - 1, -1))
    known = (one for one in beginnings if one not in stop_words() and lexicon.count(one))
    return next((one for one in known if lexicon.count_term(lexicon.term(one))), "")
