"""Did you mean? The query as it was typed, with its likeliest corrections put in place."""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise
from typing import NamedTuple

from kbsearch.analysis.folding import fold
from kbsearch.analysis.tokens import chunks, folded, parts
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.parse import LONGEST_QUERY, MOST_WORDS, read_query

_MISHEARD = frozenset({ReadingKind.SPELLING, ReadingKind.SOUND})
_NO_FILTERS = Filters()
_PIECE = re.compile(r"[^\s._\-\u2010\u2011]+")
"""What a chunk with hyphens or dots is made of, as it is written."""
_POSSESSIVE = "'s"
_ACRONYM = 4
"""Letters up to which a word in capitals is taken for an acronym, which no one mistypes so."""


class _Repair(NamedTuple):
    """What to write in the place of `text[start:end]`."""

    start: int
    end: int
    word: str


def did_you_mean(plan: Plan, text: str, count_term: Callable[[str], int] = lambda _: 1) -> str:
    """Return a query with its mistyped words corrected, "" if there are none.

    A word is mistyped where the first of its readings, the likeliest for the index, is another
    spelling of it. What is quoted, left out or filtered by stays as it is typed, and so do codes.

    plan        what `text` was understood as.
    count_term  tells how many tickets hold a term: a word that only deleted ones had is no
                correction.

    "Outlok is slow -teh"  ->  "Outlook is slow -teh"
    """
    joined = frozenset(_joined(plan.clauses, count_term))
    corrections = dict(_corrections(plan.clauses, count_term))
    mended = _mended(text, _joins(text, joined)) if joined else text
    mended = _mended(mended, _repairs(mended, corrections)) if corrections else mended
    return "" if mended == text else mended


def _likeliest(clauses: Iterable[Clause]) -> Iterator[tuple[str, Reading]]:
    """Yield each word that the index would rather have otherwise, and how."""
    for clause in clauses:
        first = clause.readings[0] if clause.readings else None
        if first is not None and first.field is Field.TEXT and clause.word.isalpha():
            yield clause.word, first


def _joined(clauses: Iterable[Clause], count_term: Callable[[str], int]) -> Iterator[str]:
    """Yield the words that were typed in two: "passw ord"."""
    for _, reading in _likeliest(clauses):
        is_one = reading.kind is ReadingKind.COMPOUND and len(reading.terms) == 1
        if is_one and count_term(reading.terms[0]):
            yield reading.word


def _corrections(
    clauses: Iterable[Clause], count_term: Callable[[str], int]
) -> Iterator[tuple[str, str]]:
    """Yield (word, what it was meant to be); two words may have been typed as one."""
    for word, reading in _likeliest(clauses):
        split = reading.kind is ReadingKind.COMPOUND and reading.word.replace(" ", "") == word
        is_other = (split or reading.kind in _MISHEARD) and reading.word != word
        if is_other and all(map(count_term, reading.terms)):
            yield word, reading.word


def _joins(text: str, joined: AbstractSet[str]) -> Iterator[_Repair]:
    """Yield the two words that were meant to be one."""
    for (before, start, _), (behind, _, end) in pairwise(chunks(text)):
        if before + behind in joined:
            yield _Repair(start, end, before + behind)


def _repairs(text: str, corrections: dict[str, str]) -> Iterator[_Repair]:
    """Yield the words to correct, also those that are pieces of a chunk such as "printr-jams"."""
    for chunk, start, end in chunks(text):
        filed = parts(chunk)
        whole = next((part.surface for part in filed if part.whole), "")
        pieces = {part.surface for part in filed if not part.whole}
        # Else half of "Firefox-It's" would be lost, whose whole is likeliest a "firefox".
        if whole in corrections and corrections[whole] not in pieces:
            yield _Repair(start, _without_possessive(text, chunk, end), corrections[whole])
            continue
        for piece in _PIECE.finditer(text, start, end):
            if (word := folded(piece[0])) in corrections:
                yield _Repair(*piece.span(), corrections[word])


def _without_possessive(text: str, chunk: str, end: int) -> int:
    """Return where the word of a chunk ends: an "'s" after it is no part of it."""
    ending = text[end - len(_POSSESSIVE) : end]
    is_possessive = chunk.endswith(_POSSESSIVE) and fold(ending) == _POSSESSIVE
    return end - len(_POSSESSIVE) if is_possessive else end


def _mended(text: str, repairs: Iterable[_Repair]) -> str:
    """Return the text with all repairs done that change nothing but words that are searched."""
    untouched = len(text)
    # From the last to the first, so that the offsets of the others stay true.
    for start, end, word in reversed(list(islice(repairs, MOST_WORDS))):
        if _is_acronym(text[start:end]) and not text.isupper():
            continue
        tried = text[:start] + _in_case_of(text[start:end], word) + text[end:]
        if end <= untouched and _changes_only_words(text, tried):
            text, untouched = tried, start
    return text


def _is_acronym(typed: str) -> bool:
    return typed.isupper() and len(typed) <= _ACRONYM


def _changes_only_words(text: str, tried: str) -> bool:
    """Tell whether a correction changed a word that is searched, and nothing else."""
    if len(tried) > LONGEST_QUERY:
        return False
    before, after = read_query(text, _NO_FILTERS), read_query(tried, _NO_FILTERS)
    kept = (before.quoted, before.excluded, before.filters)
    return kept == (after.quoted, after.excluded, after.filters) and before.chunks != after.chunks


def _in_case_of(typed: str, word: str) -> str:
    """Return a word in capitals where the typed one is.

    >>> _in_case_of("OUTLOK", "outlook"), _in_case_of("Outlok", "outlook"), _in_case_of("o", "of")
    ('OUTLOOK', 'Outlook', 'of')
    """
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
