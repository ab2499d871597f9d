"""Which words of a query does a ticket hold, how does it spell them, and where do they stand?

Of a hundred words of a ticket a query wants a few, and these tell which runs to look at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import CHUNK, folded, parts
from kbsearch.engines.base import Clause, Field, Reading
from kbsearch.engines.document import WEIGHTS, texts
from kbsearch.search.met_runs import MetRuns
from kbsearch.search.runs import (
    CutText,
    Key,
    Piece,
    TermOfWord,
    cut_text,
    filed_sounds,
    filed_terms,
    pieces_of,
)
from kbsearch.tickets import Ticket


class Held(NamedTuple):
    """A term in a ticket: how it is spelt, and the names of the texts that hold it, in order."""

    spellings: dict[str, None]
    names: dict[str, None]


_MOST_MET = 100_000
"""Runs that a process remembers: some 25 MB, and nearly all that hits are made of."""


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The words of a query in the texts of one ticket.

    texts    by name, in the order of `engines.document.WEIGHTS`, the empty ones left out, with
             the runs that hold any of the words.
    pieces   these runs, and those of other tickets, cut.
    by_term  the terms of the query that the texts hold.
    """

    texts: dict[str, CutText]
    pieces: Mapping[str, tuple[Piece, ...]]
    by_term: dict[Key, Held]

    def has(self, reading: Reading) -> bool:
        """Tell whether the ticket holds a reading, several terms side by side if they must."""
        terms = reading.terms
        if len(terms) == 1:
            return (reading.field, terms[0]) in self.by_term
        if not all((reading.field, filed) in self.by_term for filed in terms):
            return False
        return reading.apart or any(self._together(reading))

    def fields(self, reading: Reading) -> tuple[str, ...]:
        """Return the names of the texts that hold a reading which the ticket has.

        Terms that may stand apart count wherever one of them does.
        """
        if len(reading.terms) == 1:
            return tuple(self.by_term[reading.field, reading.terms[0]].names)
        first, *others = self._held(reading)
        if not reading.apart:
            return tuple(self._together(reading))
        held = set(first.names).union(*(one.names for one in others))
        return tuple(name for name in self.texts if name in held)

    def spelt(self, reading: Reading, word: str) -> str:
        """Return how the ticket spells a reading, as `word` does if it does."""
        return " ".join([_spelt(one, word) for one in self._held(reading)])

    def _held(self, reading: Reading) -> list[Held]:
        return [self.by_term[reading.field, filed] for filed in reading.terms]

    def _together(self, reading: Reading) -> Iterator[str]:
        """Yield the names of the texts that hold the terms side by side."""
        first, *others = self._held(reading)
        for name in first.names:
            if all(name in one.names for one in others) and self._side_by_side(reading, name):
                yield name

    def _side_by_side(self, reading: Reading, name: str) -> bool:
        key, text = (reading.field, reading.terms[0]), self.texts[name]
        return any(
            _side_by_side(reading.terms, text.blanked, start, start + len(run))
            for start, run in text.places()
            if any(key in piece.keys for piece in self.pieces[run])
        )


class WordFinder:
    """Finds the words of one query in the tickets that it found."""

    def __init__(self, clauses: Iterable[Clause], term_of_word: TermOfWord = term) -> None:
        """Look for every reading of these clauses.

        term_of_word  returns the term of a word; a lexicon that has the word is quicker.
        """
        self._wanted = {
            (reading.field, filed)
            for clause in clauses
            for reading in clause.readings
            for filed in reading.terms
        }
        self._terms = {filed for field, filed in self._wanted if field is not Field.SOUND}
        self._sounds = {filed for field, filed in self._wanted if field is Field.SOUND}
        self._term_of_word = term_of_word

    def words_of(self, tickets: Iterable[Ticket]) -> list[FoundWords]:
        """Return what of the query each ticket holds in its texts, blanks at their ends aside."""
        named = [_named(ticket) for ticket in tickets]
        runs = (text.runs for one in named for text in one.values())
        pieces = self._holding(set(chain.from_iterable(runs)))
        return [self._found(one, pieces) for one in named]

    def _holding(self, runs: set[str]) -> dict[str, tuple[Piece, ...]]:
        """Return which runs hold anything of the query, cut: hardly any does."""
        held = _BY_TERM.holding(
            runs, self._terms, partial(filed_terms, term_of_word=self._term_of_word)
        )
        if self._sounds:  # sounds cost more, and few queries need them
            held |= _BY_SOUND.holding(runs, self._sounds, filed_sounds)
        heard = bool(self._sounds)
        return {run: pieces_of(run, self._term_of_word, heard=heard) for run in held}

    def _found(
        self, named: Mapping[str, CutText], pieces: Mapping[str, tuple[Piece, ...]]
    ) -> FoundWords:
        held = {
            name: CutText(text, blanked, list(filter(pieces.__contains__, runs)))
            for name, (text, blanked, runs) in named.items()
        }
        by_term: dict[Key, Held] = {}
        for name, (_, _, runs) in held.items():
            for run in dict.fromkeys(runs):
                for _, keys, spelt in pieces[run]:
                    for key in keys:
                        if key in by_term:
                            spellings, names = by_term[key]
                            spellings[spelt] = names[name] = None
                        elif key in self._wanted:
                            by_term[key] = Held({spelt: None}, {name: None})
        return FoundWords(held, pieces, by_term)


def _spelt(held: Held, word: str) -> str:
    return word if word in held.spellings else next(iter(held.spellings))


# Of every text that any query of this process met.
_BY_TERM = MetRuns(_MOST_MET)
_BY_SOUND = MetRuns(_MOST_MET)


def _named(ticket: Ticket) -> dict[str, CutText]:
    """Return the texts of a ticket that can be searched, with all their runs, by name."""
    stripped = zip(WEIGHTS, map(str.strip, texts(ticket)), strict=True)
    return {name: cut_text(text) for name, text in stripped if text}


def _side_by_side(terms: Sequence[str], text: str, start: int, end: int) -> bool:
    """Tell whether terms stand side by side in a text, from a run at `start` to `end` on.

    Only as many tokens are looked at as it takes.
    """
    places: dict[str, set[int]] = {filed: set() for filed in terms}
    last = reach = 0
    for chunk in CHUNK.finditer(text, start):
        for part in parts(folded(chunk[0])):
            last += part.step
            if (filed := term_of(part.kind, part.surface)) in places:
                places[filed].add(last)
        if chunk.start() < end:
            reach = last + len(terms)
        elif last >= reach:
            break
    starts = [{place - step for place in places[filed]} for step, filed in enumerate(terms)]
    return bool(set.intersection(*starts))
