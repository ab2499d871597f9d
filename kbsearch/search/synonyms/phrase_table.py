"""What a phrase of the query is also called: in another English, in short, on this very desk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kbsearch.analysis.compounds import split_compound
from kbsearch.analysis.tables import table
from kbsearch.analysis.terms import term
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.tokens import QueryToken, tokenize
from kbsearch.search.synonyms.word_forms import is_form

_NONE = "-"
_SHORTENED = 0.8
"""What a short form is worth where the long one was typed: it may be short for something else."""


class PhraseRow(NamedTuple):
    """One phrase and what else it is called.

    phrase       one word or more, as a person may type it.
    also         the other name; "" if the phrase has none and hides the shorter ones within it.
    region       whose English the phrase is, such as "British, Irish"; "" if it is no one's own.
    also_region  the same of the other name; a row without any region is a synonym.
    both         the other name is also called the phrase.
    weight       0 to 1: how often the two mean the same.
    relation     what a row without regions says of its two names.
    """

    phrase: str
    also: str
    region: str = ""
    also_region: str = ""
    both: bool = True
    weight: float = 1.0
    relation: str = "is also called"


class Alternative(NamedTuple):
    """Another way to say some words of a query.

    start, end  the places of these words in the query, the end not included.
    words       what a ticket may say in their place, folded.
    weight      0 to 1: how often that means the same.
    because     the reason, such as `"torch" is "flashlight" in American English`.
    """

    start: int
    end: int
    words: tuple[str, ...]
    kind: ReadingKind
    weight: float
    explanation: str


class Pieces(NamedTuple):
    """The words of a query, cut as tables of phrases look at them.

    pieces  of all of them, such as "top" and "up" of "top-up"; `terms` those of the pieces.
    owners  the place of the token that each piece is of.
    """

    tokens: Sequence[QueryToken]
    pieces: Sequence[str]
    terms: Sequence[str]
    owners: Sequence[int]


class _Entry(NamedTuple):
    """One phrase in one direction; without `also` it only hides what is within it.

    terms, forms  the terms of the phrase, and its words as the row has them.
    also, means   the words of its other name, and their terms.
    reason        what follows the phrase, such as `is short for "password"`.
    """

    terms: tuple[str, ...]
    forms: tuple[str, ...]
    also: tuple[str, ...]
    means: tuple[str, ...]
    kind: ReadingKind
    weight: float
    reason: str


class PhraseTable:
    """Phrases, and what else they are called; a pure function of its rows.

    >>> rows = [PhraseRow("torch", "flashlight", "British", "American")]
    >>> [found] = PhraseTable(rows).alternatives([*tokenize("the torches app")])
    >>> found.start, found.end, found.words, found.explanation
    (1, 2, ('flashlight',), '"torches" is "flashlight" in American English')
    """

    def __init__(self, rows: Iterable[PhraseRow]) -> None:
        """Take the rows in; one whose phrase or other name has no word in it is left out."""
        self._entries: dict[str, list[_Entry]] = {}
        for entry in _entries(rows):
            self._entries.setdefault(entry.terms[0], []).append(entry)

    def alternatives(self, tokens: Sequence[QueryToken]) -> list[Alternative]:
        """Return what else the words of a query are called, that of the longest phrases first.

        A word matches in any of its forms: "torches" is "torch". A phrase hides those within it:
        a "mobile phone" is a "cell phone", but its "mobile" is none.
        """
        return self.among(cut(tokens))

    def among(self, cut: Pieces) -> list[Alternative]:
        """Return the same of words that were cut before."""
        if self._entries.keys().isdisjoint(cut.terms):
            return []
        matches = list(self._matches(cut))
        found: dict[tuple[int, int, tuple[str, ...]], Alternative] = {}
        for match in sorted(matches, key=lambda match: (not match.exact, -match.entry.weight)):
            if match.entry.also and not any(match.within(other) for other in matches):
                typed = " ".join(token.text for token in cut.tokens[match.start : match.end])
                found.setdefault((*match[:2], match.entry.means), match.alternative(typed))
        return sorted(found.values(), key=_longest_first)

    def _matches(self, cut: Pieces) -> "Iterator[_Match]":
        """Yield the phrases that stand in the query, as whole words of it only."""
        _, pieces, terms, owners = cut
        for place, first in enumerate(terms):
            if place and owners[place] == owners[place - 1]:
                continue
            for entry in self._entries.get(first, ()):
                behind = place + len(entry.terms)
                if tuple(terms[place:behind]) != entry.terms:
                    continue
                if behind < len(owners) and owners[behind] == owners[behind - 1]:
                    continue
                typed = tuple(pieces[place:behind])
                if all(map(is_form, typed, entry.forms)):
                    last = owners[behind - 1]
                    yield _Match(owners[place], last + 1, entry, typed == entry.forms)


def cut(tokens: Sequence[QueryToken], term_of_word: Callable[[str], str] = term) -> Pieces:
    """Cut the words of a query, once for all tables; a lexicon tells its terms the quickest."""
    pieces = [part.surface for token in tokens for part in token.steps]
    owners = [place for place, token in enumerate(tokens) for _ in token.steps]
    return Pieces(tokens, pieces, list(map(term_of_word, pieces)), owners)


class _Match(NamedTuple):
    """An entry at its places in a query; `exact` if the query has its very words."""

    start: int
    end: int
    entry: _Entry
    exact: bool

    def within(self, other: "_Match") -> bool:
        return self[:2] != other[:2] and other.start <= self.start and self.end <= other.end

    def alternative(self, typed: str) -> Alternative:
        entry = self.entry
        because = f'"{typed}" {entry.reason}'
        return Alternative(self.start, self.end, entry.also, entry.kind, entry.weight, because)


@lru_cache(maxsize=1)
def dialects() -> PhraseTable:
    """Return the table of what another English calls it, `index/dialects.tsv`."""
    return PhraseTable(map(_dialect, table("dialects.tsv")))


@lru_cache(maxsize=1)
def abbreviations() -> PhraseTable:
    """Return the table of `index/abbreviations.tsv`: "pwd" is short for "password", and back."""
    return PhraseTable(
        row
        for short, long, *_ in table("abbreviations.tsv")
        for row in (
            PhraseRow(short, long, both=False, relation="is short for"),
            PhraseRow(
                long, short, both=False, weight=_SHORTENED, relation="is sometimes shortened to"
            ),
        )
    )


def _dialect(row: tuple[str, ...]) -> PhraseRow:
    phrase, also, region, also_region, both, weight, _note = row
    if also == _NONE:
        return PhraseRow(phrase, "", both=False)
    whose, also_whose = ("" if cell == _NONE else cell for cell in (region, also_region))
    return PhraseRow(phrase, also, whose, also_whose, both == "yes", float(weight))


def _entries(rows: Iterable[PhraseRow]) -> Iterator[_Entry]:
    for row in rows:
        phrase, also = _words(row.phrase), _words(row.also)
        if not phrase or bool(row.also) != bool(also):
            continue
        yield from _spelt_entries(phrase, also, row)
        if row.both and also:
            back = row._replace(region=row.also_region, also_region=row.region)
            yield from _spelt_entries(also, phrase, back)


def _spelt_entries(
    phrase: tuple[str, ...], also: tuple[str, ...], row: PhraseRow
) -> Iterator[_Entry]:
    """Yield the entry, and the same with its compounds written open: voicemail, voice mail."""
    kind = ReadingKind.DIALECT if row.region or row.also_region else ReadingKind.SYNONYM
    other = " ".join(also)
    if row.also_region:
        reason = f'is "{other}" in {_named(row.also_region)} English'
    elif row.region:
        reason = f'is {_named(row.region)} English for "{other}"'
    else:
        reason = f'{row.relation} "{other}"'
    split = tuple(piece for word in phrase for piece in split_compound(word) or (word,))
    means = tuple(map(term, also))
    for forms in dict.fromkeys((phrase, split)):
        terms = tuple(map(term, forms))
        if terms != means:
            yield _Entry(terms, forms, also, means, kind, row.weight, reason)


def _named(regions: str) -> str:
    """Return regions as a sentence lists them.

    >>> _named("British, Irish, New Zealand")
    'British, Irish and New Zealand'
    """
    *others, last = regions.split(", ")
    return f"{', '.join(others)} and {last}" if others else last


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.surface for token in tokenize(text) for part in token.steps)


def _longest_first(found: Alternative) -> tuple[int, int, float]:
    return found.start - found.end, found.start, -found.weight
