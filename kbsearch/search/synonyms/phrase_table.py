"""What a phrase of the query is also called: in another English, in short, on this very desk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from kbsearch.analysis.compounds import split_compound
from kbsearch.analysis.tables import table
from kbsearch.analysis.terms import term
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message, Template
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
    relation     what a row without regions says of its two names, which fill it.
    """

    phrase: str
    also: str
    region: str = ""
    also_region: str = ""
    both: bool = True
    weight: float = 1.0
    relation: Template = Code.ALSO_CALLED


class Alternative(NamedTuple):
    """Another way to say some words of a query.

    start, end  the places of these words in the query, the end not included.
    words       what a ticket may say in their place, folded.
    weight      0 to 1: how often that means the same.
    explanation  the reason, such as `"torch" is "flashlight" in American English`.
    """

    start: int
    end: int
    words: tuple[str, ...]
    kind: ReadingKind
    weight: float
    explanation: Message


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
    relation      what is said of the two names; `regions` whose English one of them is.
    """

    terms: tuple[str, ...]
    forms: tuple[str, ...]
    also: tuple[str, ...]
    means: tuple[str, ...]
    kind: ReadingKind
    weight: float
    relation: Template
    regions: tuple[str, ...]


class PhraseTable:
    """Phrases, and what else they are called; a pure function of its rows.

    >>> rows = [PhraseRow("torch", "flashlight", "British", "American")]
    >>> [found] = PhraseTable(rows).alternatives([*tokenize("the torches app")])
    >>> found.start, found.end, found.words, found.explanation[1:]
    (1, 2, ('flashlight',), ('torches', 'flashlight', ('American',)))
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
        return Alternative(
            self.start, self.end, entry.also, entry.kind, entry.weight, _explanation(typed, entry)
        )


def _explanation(typed: str, entry: _Entry) -> Message:
    other = " ".join(entry.also)
    if entry.relation is Code.NAMED_IN_REGION:
        return entry.relation, typed, other, entry.regions
    if entry.relation is Code.NAME_OF_REGION:
        return entry.relation, typed, entry.regions, other
    return entry.relation, typed, other


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
            PhraseRow(short, long, both=False, relation=Code.SHORT_FOR),
            PhraseRow(long, short, both=False, weight=_SHORTENED, relation=Code.SHORTENED_TO),
        )
    )


@lru_cache(maxsize=1)
def same_names() -> PhraseTable:
    """Return the table of `index/same_names.tsv`: each name of a row is also called the others."""
    return PhraseTable(
        PhraseRow(one, other, both=False)
        for names, _ in table("same_names.tsv")
        for one, other in permutations(names.split(", "), 2)
    )


@lru_cache(maxsize=1)
def names_of_desks() -> frozenset[str]:
    """Return the single words that every desk knows in one meaning: no slip for another word."""
    short = {row[0] for row in table("abbreviations.tsv")}
    same = {name for row in table("same_names.tsv") for name in row[0].split(", ")}
    return frozenset(name for name in short | same if " " not in name)


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
    relation = row.relation
    if row.also_region:
        relation = Code.NAMED_IN_REGION
    elif row.region:
        relation = Code.NAME_OF_REGION
    regions = tuple((row.also_region or row.region).split(", "))
    split = tuple(piece for word in phrase for piece in split_compound(word) or (word,))
    means = tuple(map(term, also))
    for forms in dict.fromkeys((phrase, split)):
        terms = tuple(map(term, forms))
        if terms != means:
            yield _Entry(terms, forms, also, means, kind, row.weight, relation, regions)


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.surface for token in tokenize(text) for part in token.steps)


def _longest_first(found: Alternative) -> tuple[int, int, float]:
    return found.start - found.end, found.start, -found.weight
