"""From what was typed to what it may mean: a plan that an engine can answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from kbsearch.analysis.terms import stop_words, term_of
from kbsearch.analysis.tokens import TokenKind, parts
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Clause, Phrase, Plan, Reading
from kbsearch.errors import shown
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.parse import MOST_WORDS, Query, few
from kbsearch.search.synonyms.phrase_table import PhraseTable, abbreviations, cut, dialects
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.merge_readings import best_of_each
from kbsearch.search.understand.related import with_related
from kbsearch.search.understand.spans import together
from kbsearch.search.understand.token_clauses import (
    Around,
    ChunkReader,
    as_typed,
    plain_clauses,
    slipped,
)
from kbsearch.search.understand.word_reader import Neighbours, WordReader

_ALTERNATIVE_WEIGHT = 0.5
"""Of a phrase that means the same as what was typed, in another English or on this desk."""
NO_SYNONYMS = PhraseTable(())


class _Placed(NamedTuple):
    """A clause, and the place of its chunk in the query."""

    place: int
    clause: Clause


@dataclass(frozen=True, slots=True)
class Understanding:
    """How to read queries over one index.

    tolerant  False leaves each word as it is typed.
    typing    the last word may be unfinished.
    synonyms  what this desk calls by other names.
    """

    index: IndexSnapshot
    tolerant: bool = True
    typing: bool = False
    synonyms: PhraseTable = NO_SYNONYMS

    def plan(self, query: Query) -> Plan:
        """Return what to ask the engine for a query, of which `loosened` left what can be held."""
        query = self._parted(query)
        placed = [*self._read(query)] if self.tolerant else [*self._as_it_stands(query)]
        quoted = [chunk for quote in query.quoted for chunk in quote]
        clauses = [one.clause for one in placed]
        clauses += [as_typed(part) for chunk in quoted for part in parts(chunk) if part.step]
        clauses = clauses[:MOST_WORDS]
        telling = [clause for clause in clauses if clause.word not in stop_words()] or clauses
        if self.tolerant:
            telling = with_related(telling, self.index.lexicon)
        return Plan(
            clauses=tuple(telling),
            pairs=tuple(_pairs(placed)),
            required=tuple(_phrases(chunks)[0] for chunks in query.quoted),
            excluded=tuple(phrase for chunks in query.excluded for phrase in _phrases(chunks)),
            filters=query.filters,
        )

    def loosened(self, query: Query) -> Query:
        """Return a query without the quotes that no ticket satisfies; a note names each.

        Their words are looked for like all others: a slip inside quotes must not hide the answer.
        """
        if not (self.tolerant and query.quoted):
            return query
        loose = [quote for quote in dict.fromkeys(query.quoted) if not self._is_held(quote)]
        notes = (
            f'No ticket has "{shown(" ".join(quote))}" word for word;'
            " its words were looked for singly."
            for quote in loose
        )
        return replace(
            query,
            quoted=tuple(quote for quote in query.quoted if quote not in loose),
            chunks=(*query.chunks, *(chunk for quote in loose for chunk in quote))[:MOST_WORDS],
            open_end=query.open_end and not loose,
            notes=few((*query.notes, *notes)),
        )

    def _parted(self, query: Query) -> Query:
        """Return a query with a blank where an apostrophe slipped between two words."""
        if not any("'" in chunk for chunk in query.chunks):
            return query
        parted = [word for chunk in query.chunks for word in slipped(chunk, self.index.lexicon)]
        return replace(query, chunks=tuple(parted[:MOST_WORDS]))

    def _is_held(self, quote: Sequence[str]) -> bool:
        return any(self.index.side_by_side(phrase.terms) for phrase in _phrases(quote))

    def _read(self, query: Query) -> Iterator[_Placed]:
        """Yield the clauses of the chunks, in all their readings."""
        chunks = ("", *query.chunks, "")
        words = WordReader(self.index)
        context = Context(self.index, [*map(words.alone, _words(query.chunks))])
        reader = ChunkReader(self.index.lexicon, words)
        joined = together(query.chunks, self.index.lexicon)
        elsewhere = self._alternatives(query.chunks)
        behind = 0
        for place, chunk in enumerate(query.chunks):
            if place in joined:
                behind = joined[place].end
                yield from (_Placed(place, clause) for clause in joined[place].clauses)
            if place < behind:
                continue
            unfinished = self.typing and query.open_end and place == len(query.chunks) - 1
            beside = Neighbours(chunks[place], chunks[place + 2])
            for clause in reader.clauses(chunk, Around(beside, context, unfinished)):
                yield _Placed(place, _also_read(clause, elsewhere.get(place, ())))

    def _as_it_stands(self, query: Query) -> Iterator[_Placed]:
        for place, chunk in enumerate(query.chunks):
            for clause in plain_clauses(chunk, self.index.lexicon):
                yield _Placed(place, clause)

    def _alternatives(self, chunks: Sequence[str]) -> Mapping[int, Sequence[Reading]]:
        """Return what the chunk at each place is called elsewhere, as far as the index has it."""
        found: dict[int, list[Reading]] = defaultdict(list)
        lexicon = self.index.lexicon
        pieces = cut(chunks, lexicon.term)
        for phrases in (dialects(), abbreviations(), self.synonyms):
            for other in phrases.among(pieces):
                terms = tuple(map(lexicon.term, other.words))
                if not all(map(lexicon.count_term, terms)):
                    continue
                weight = _ALTERNATIVE_WEIGHT * other.weight
                reading = Reading(other.kind, terms, weight, " ".join(other.words), other.because)
                for place in range(other.start, other.end):
                    found[place].append(reading)
        return found


def _words(chunks: Iterable[str]) -> dict[str, None]:
    """Return the words of a query that tell anything, in order."""
    return dict.fromkeys(
        part.surface
        for chunk in chunks
        for part in parts(chunk)
        if part.kind is TokenKind.WORD and part.surface not in stop_words()
    )


def _also_read(clause: Clause, others: Sequence[Reading]) -> Clause:
    """Return a clause with other readings, the likeliest first; a code stays what it is."""
    first = clause.readings[0]
    if not others or first.field is Field.CODE:
        return clause
    meant = [first] if first.kind is ReadingKind.EXACT else []
    return Clause(clause.word, best_of_each((*meant, *others, *clause.readings)))


def _pairs(placed: Iterable[_Placed]) -> Iterator[Phrase]:
    """Yield the terms of words that stand side by side in the query, as each is likeliest meant."""
    terms = [(one.place, _likeliest(one.clause)) for one in placed]
    for (place, one), (behind, other) in pairwise(terms):
        if behind - place <= 1 and one and other and one != other:
            yield Phrase((one, other))


def _likeliest(clause: Clause) -> str:
    """Return the one term that a clause likeliest asks the text for, "" if it tells nothing."""
    if clause.word in stop_words():
        return ""
    for reading in clause.readings:
        if reading.field is Field.TEXT and len(reading.terms) == 1:
            return reading.terms[0]
    return ""


def _phrases(chunks: Sequence[str]) -> list[Phrase]:
    """Return the ways in which a ticket may hold these chunks side by side, the widest first.

    One chunk is also filed whole: "wi-fi" is "wifi", "KB-5034441" is "KB5034441".
    """
    filed = [part for chunk in chunks for part in parts(chunk)]
    steps = [part for part in filed if part.step]
    whole = [part for part in filed if part.whole] if len(chunks) == 1 else []
    ways = (tuple(term_of(part.kind, part.surface) for part in way) for way in (whole, steps))
    return [Phrase(way) for way in dict.fromkeys(ways) if way]
