"""Turn the words of a query into readings, each with a weight and a reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kbsearch.analysis.terms import stop_words, term, term_of
from kbsearch.analysis.tokens import Part, TokenKind, parts
from kbsearch.engines.base import Clause, Field, Lexicon, Phrase, Plan, Reading, ReadingKind
from kbsearch.search.query import MOST_WORDS, Query
from kbsearch.search.word_readings import Neighbours, WordReader

_PARTS_WEIGHT = 0.85


@dataclass(frozen=True, slots=True)
class Understanding:
    """How to read queries over one lexicon.

    tolerant  False leaves each word as it is typed.
    typing    the last word may be unfinished.
    """

    lexicon: Lexicon
    tolerant: bool = True
    typing: bool = False

    def plan(self, query: Query) -> Plan:
        """Return what to ask the engine."""
        clauses = list(islice(self._clauses(query), MOST_WORDS))
        telling = [clause for clause in clauses if clause.word not in stop_words()]
        return Plan(
            clauses=tuple(telling or clauses),
            required=tuple(_phrases(chunks)[0] for chunks in query.quoted),
            excluded=tuple(phrase for chunks in query.excluded for phrase in _phrases(chunks)),
            filters=query.filters,
        )

    def _clauses(self, query: Query) -> Iterator[Clause]:
        chunks = ("", *query.chunks, "")
        for place in range(1, len(chunks) - 1):
            unfinished = query.open_end and place == len(chunks) - 2
            beside = Neighbours(chunks[place - 1], chunks[place + 1])
            yield from self._chunk_clauses(chunks[place], beside, unfinished=unfinished)
        for phrase in query.quoted:
            for chunk in phrase:
                yield from (_as_typed(part) for part in parts(chunk) if part.step)

    def _chunk_clauses(
        self, chunk: str, beside: Neighbours, *, unfinished: bool
    ) -> Iterable[Clause]:
        found = parts(chunk)
        whole = next((part for part in found if part.whole), None)
        if whole is not None and whole.kind is TokenKind.CODE:
            return [self._code(chunk, whole, found)]
        if whole is not None and (len(found) == 1 or self.lexicon.count(whole.surface)):
            return [self._word(whole.surface, beside, found, unfinished=unfinished)]
        pieces = [part for part in found if not part.whole]
        return [self._piece(part, unfinished and part is pieces[-1]) for part in pieces]

    def _piece(self, part: Part, unfinished: bool) -> Clause:
        if part.kind is TokenKind.CODE:
            return _as_typed(part)
        return self._word(part.surface, Neighbours("", ""), (part,), unfinished=unfinished)

    def _code(self, chunk: str, whole: Part, found: Sequence[Part]) -> Clause:
        """Read a code as it is; only a word with a number behind it also reads in two."""
        readings = [_exact(whole)]
        pieces = [part for part in found if not part.whole]
        separable = "-" not in chunk and "_" not in chunk and chunk.isalnum()
        if self.tolerant and pieces and separable:
            readings.append(_parts_reading(chunk, pieces))
        return Clause(chunk, tuple(readings))

    def _word(
        self, word: str, beside: Neighbours, found: Sequence[Part], *, unfinished: bool
    ) -> Clause:
        if not self.tolerant:
            return Clause(word, (Reading(ReadingKind.EXACT, (term(word),), 1.0, word, ""),))
        reader = WordReader(self.lexicon)
        readings = list(reader.readings(word, beside, prefix=unfinished and self.typing))
        if len(found) > 1:
            readings.append(_parts_reading(word, [part for part in found if not part.whole]))
        return Clause(word, best_of_each(readings))


def best_of_each(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings without those that another one covers with at least their weight."""
    kept: dict[tuple[Field, tuple[str, ...]], Reading] = {}
    for reading in readings:
        key = (reading.field, reading.terms)
        if key not in kept or kept[key].weight < reading.weight:
            kept[key] = reading
    return tuple(kept.values())


def _exact(part: Part) -> Reading:
    field = Field.CODE if part.kind is TokenKind.CODE else Field.TEXT
    return Reading(
        ReadingKind.EXACT, (term_of(part.kind, part.surface),), 1.0, part.surface, "", field
    )


def _as_typed(part: Part) -> Clause:
    return Clause(part.surface, (_exact(part),))


def _parts_reading(chunk: str, pieces: Sequence[Part]) -> Reading:
    spelt = " ".join(part.surface for part in pieces)
    terms = tuple(term_of(part.kind, part.surface) for part in pieces)
    because = f'"{chunk}" is also written "{spelt}"'
    return Reading(ReadingKind.COMPOUND, terms, _PARTS_WEIGHT, spelt, because)


def _phrases(chunks: Sequence[str]) -> list[Phrase]:
    """Return the ways in which a ticket may hold these chunks side by side, the widest first.

    One chunk is also filed whole: "wi-fi" is "wifi", "KB-5034441" is "KB5034441".
    """
    filed = [part for chunk in chunks for part in parts(chunk)]
    steps = [part for part in filed if part.step]
    whole = [part for part in filed if part.whole] if len(chunks) == 1 else []
    ways = (tuple(term_of(part.kind, part.surface) for part in way) for way in (whole, steps))
    return [Phrase(way) for way in dict.fromkeys(ways) if way]
