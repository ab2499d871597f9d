"""Did you mean? The query as it was typed, with its likeliest corrections put in place."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kbsearch.analysis.compounds import split_compound
from kbsearch.analysis.folding import fold
from kbsearch.analysis.tokens import folded
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.parse import LONGEST_QUERY, Query, filter_names
from kbsearch.search.query.sure import MISHEARD, is_sure
from kbsearch.search.query.tokens import QueryToken

_PIECE = re.compile(r"[^\s._\-\u2010\u2011]+")
"""What a chunk with hyphens or dots is made of, as it is written."""
_POSSESSIVE = "'s"
_MISHEARD_EDITS = 2
"""Edits between two words and the one that they sound like together."""
_ACRONYM = 4
"""Letters up to which a word in capitals is taken for an acronym, which no one mistypes so."""


class Correction(NamedTuple):
    """A word of a query as it was typed, and what was searched for.

    kept  the query with the word in quotes, "" where quotes would change more than the word, or
          no ticket has it.
    """

    typed: str
    meant: str
    kept: str


class DidYouMean(NamedTuple):
    """A query with its likeliest corrections, "" if there are none, and each of them."""

    text: str = ""
    corrections: tuple[Correction, ...] = ()


class _Repair(NamedTuple):
    """What to write in the place of `text[start:end]`."""

    start: int
    end: int
    word: str


def did_you_mean(
    plan: Plan,
    query: Query,
    count_term: Callable[[str], int] = lambda _: 1,
    unfinished: Container[str] = (),
) -> DidYouMean:
    """Return a query with its mistyped words corrected.

    A word is mistyped where the first of its readings, the likeliest for the index, is another
    spelling of it. What is quoted, left out or filtered by stays as it is typed, and so do codes.

    plan        what the query was understood as.
    count_term  tells how many tickets hold a term: a word that only deleted ones had is no
                correction.
    unfinished  words that may go on: they stay as they are.

    "Outlok is slow -teh"  ->  "Outlook is slow -teh"
    """
    clauses = [clause for clause in plan.clauses if clause.word not in unfinished]
    joined = frozenset(_joined(clauses, count_term))
    corrections = dict(_corrections(clauses, count_term))
    if not (joined or corrections):
        return DidYouMean()
    joins = [*_joins(query, joined)]
    apart = [one for one in _repairs(query, corrections) if not _overlaps(one, joins)]
    held = {clause.word for clause in clauses if _is_held(clause, count_term)}
    return _mended(query.text, sorted([*joins, *apart]), held)


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
        split = split and not split_compound(word)  # a word that is written both ways is no slip
        is_other = (split or reading.kind in MISHEARD) and reading.word != word
        if is_other and is_sure(reading) and all(map(count_term, reading.terms)):
            yield word, reading.word


def _joins(query: Query, joined: AbstractSet[str]) -> Iterator[_Repair]:
    """Yield the two words that were meant to be one."""
    taken = len(query.text)
    for one, other in reversed([*pairwise(query.tokens)]):
        typed = one.text + other.text
        between = query.text[one.end : other.start]
        if other.end > taken or any(map(str.isalnum, between)):
            continue
        if word := next((one for one in joined if _is_joined(typed, one)), ""):
            yield _Repair(one.start, other.end, word)
            taken = one.start


def _is_joined(typed: str, word: str) -> bool:
    """Tell whether a word is what two were meant to be, which may also be misheard."""
    return OSA.distance(typed, word, score_cutoff=_MISHEARD_EDITS) <= _MISHEARD_EDITS


def _overlaps(repair: _Repair, others: Iterable[_Repair]) -> bool:
    return any(repair.start < other.end and other.start < repair.end for other in others)


def _repairs(query: Query, corrections: dict[str, str]) -> Iterator[_Repair]:
    """Yield the words to correct, also those that are pieces of a chunk such as "printr-jams"."""
    for (start, end), run in groupby(query.tokens, lambda token: (token.start, token.end)):
        token, *others = run  # others if a chunk has more parts than are searched
        whole = token.whole.surface if token.whole and not others else ""
        # Else half of "Firefox-It's" would be lost, whose whole is likeliest a "firefox".
        if whole in corrections and corrections[whole] not in {one.surface for one in token.pieces}:
            yield _Repair(start, _without_possessive(query.text, token), corrections[whole])
            continue
        for piece in _PIECE.finditer(query.text, start, end):
            if (word := folded(piece[0])) in corrections:
                yield _Repair(*piece.span(), corrections[word])


def _without_possessive(text: str, token: QueryToken) -> int:
    """Return where the word of a token ends: an "'s" after it is no part of it."""
    end = token.end - len(_POSSESSIVE)
    is_possessive = token.text.endswith(_POSSESSIVE) and fold(text[end : token.end]) == _POSSESSIVE
    return end if is_possessive else token.end


def _is_held(clause: Clause, count_term: Callable[[str], int]) -> bool:
    """Tell whether any ticket has a word as it was typed."""
    own = (one for one in clause.readings if one.kind is ReadingKind.EXACT)
    return any(count_term(term) for one in own for term in one.terms)


def _mended(text: str, repairs: Sequence[_Repair], held: Container[str]) -> DidYouMean:
    """Return the text with all repairs done that change nothing but words that are searched.

    held  words that tickets have as they were typed.
    """
    mended = text
    done: list[Correction] = []
    # From the last to the first, so that the offsets of the others stay true.
    for start, end, word in reversed(repairs):
        typed = text[start:end]
        is_acronym = typed.isupper() and len(typed) <= _ACRONYM and not text.isupper()
        if is_acronym or _names_filter(text, end, word):
            continue
        meant = _in_case_of(typed, word)
        tried = mended[:start] + meant + mended[end:]
        if len(tried) <= LONGEST_QUERY and meant != typed:
            mended = tried
            kept = _kept(text, start, end) if folded(typed) in held else ""
            done.append(Correction(typed, meant, kept))
    return DidYouMean(mended, tuple(reversed(done))) if done else DidYouMean()


def _names_filter(text: str, end: int, word: str) -> bool:
    """Tell whether a word is typed as the name of a filter, or would become one."""
    if text[end : end + 1] != ":":
        return False
    return bool(text[end + 1 : end + 2].strip()) or word.rsplit(maxsplit=1)[-1] in filter_names()


def _kept(text: str, start: int, end: int) -> str:
    """Return a text with these words in quotes, "" if they are a part of a chunk or quoted."""
    is_apart = not text[:start][-1:].strip() and not text[end : end + 1].strip()
    kept = f'{text[:start]}"{text[start:end]}"{text[end:]}'
    return kept if is_apart and '"' not in text and len(kept) <= LONGEST_QUERY else ""


def _in_case_of(typed: str, word: str) -> str:
    """Return a word in capitals where the typed one is.

    >>> _in_case_of("OUTLOK", "outlook"), _in_case_of("Outlok", "outlook"), _in_case_of("o", "of")
    ('OUTLOOK', 'Outlook', 'of')
    """
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
