"""Which words of a query does a ticket hold, how does it spell them, and where do they stand?

Of a hundred words of a ticket a query wants a few, and these tell which runs to look at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from kbsearch.analysis.marks import unmarked
from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import CHUNK, filed
from kbsearch.engines.indexing.document import WEIGHTS, texts
from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.records.ticket import Ticket
from kbsearch.search.matches.raw_tokens import (
    Key,
    RawToken,
    TermOfWord,
    blanked,
    filed_terms,
    pieces_of,
)
from kbsearch.search.matches.token_cache import TokenTermCache


class MatchedTerm(NamedTuple):
    """A term in a ticket: how it is spelt, and the names of the texts that hold it, in order."""

    spellings: dict[str, None]
    names: dict[str, None]


Place = tuple[int, str]
"""Where a run starts in its text, and the run."""
_MOST_MET = 100_000
"""Runs that a process remembers: some 25 MB, and nearly all that hits are made of."""
_NO_RUN = "\n"
"""What no blanked text holds."""


class FoundWords(NamedTuple):
    """The words of a query in the texts of one ticket.

    texts    by name, in the order of `engines.document.WEIGHTS`, the empty ones left out.
    places   where in each of these the runs stand that hold any of the words, in order.
    pieces   these runs, and those of other tickets, cut.
    by_term  the terms of the query that the texts hold.
    """

    texts: Mapping[str, str]
    places: Mapping[str, Sequence[Place]]
    pieces: Mapping[str, tuple[RawToken, ...]]
    by_term: dict[Key, MatchedTerm]

    def has(self, reading: Reading) -> bool:
        """Tell whether the ticket holds a reading, several terms side by side if they must."""
        terms = reading.terms
        if len(terms) == 1:
            return (reading.field, terms[0]) in self.by_term
        if not all((reading.field, filed) in self.by_term for filed in terms):
            return False
        return reading.unordered or any(self._together(reading))

    def fields(self, reading: Reading) -> tuple[str, ...]:
        """Return the names of the texts that hold a reading which the ticket has.

        Terms that may stand apart count wherever one of them does.
        """
        if len(reading.terms) == 1:
            return tuple(self.by_term[reading.field, reading.terms[0]].names)
        first, *others = self._held(reading)
        if not reading.unordered:
            return tuple(self._together(reading))
        held = set(first.names).union(*(one.names for one in others))
        return tuple(name for name in self.texts if name in held)

    def spelt(self, reading: Reading, word: str) -> str:
        """Return how the ticket spells a reading: as `word` does, or the reading, if it does."""
        if len(reading.terms) == 1:
            return _spelt(self.by_term[reading.field, reading.terms[0]], word, reading.word)
        return " ".join([_spelt(one, word) for one in self._held(reading)])

    def _held(self, reading: Reading) -> list[MatchedTerm]:
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
            _side_by_side(reading.terms, text, start, start + len(run))
            for start, run in self.places[name]
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
            for reading in clause.all_readings
            for filed in reading.terms
        }
        self._terms = {
            term_of_word(filed) if field is Field.FORM else filed for field, filed in self._wanted
        }
        self._term_of_word = term_of_word

    def words_of(self, tickets: Iterable[Ticket]) -> list[FoundWords]:
        """Return what of the query each ticket holds in its texts, blanks at their ends aside."""
        named = [_named(ticket) for ticket in tickets]
        # One long text is cut in less time than the fifty short ones that it is made of.
        joined = blanked("\n".join(chain.from_iterable(one.values() for one in named)))
        runs = joined.split()
        held = list(filter(self._holding(set(runs)).__contains__, runs))
        pieces = {run: pieces_of(run, self._term_of_word) for run in set(held)}
        filed = {run: self._filed(cut) for run, cut in pieces.items()}
        placed = _placed(joined, held, [len(text) for one in named for text in one.values()])
        found = []
        for one in named:
            places = dict(zip(one, placed, strict=False))  # as many of the rest as it has texts
            found.append(FoundWords(one, places, pieces, _by_term(places, filed)))
        return found

    def _holding(self, runs: set[str]) -> set[str]:
        """Return which runs, of these and of others, hold anything of the query."""
        filed = partial(filed_terms, term_of_word=self._term_of_word)
        return _MET.holding(runs, self._terms, filed)

    def _filed(self, pieces: Iterable[RawToken]) -> list[tuple[Key, str]]:
        """Return the terms of the query among those of a run, each as it is spelt there."""
        wanted = self._wanted
        return [(key, spelt) for _, keys, spelt in pieces for key in keys if key in wanted]


def _placed(joined: str, runs: Iterable[str], sizes: Iterable[int]) -> Iterator[list[Place]]:
    """Yield, for each of some texts, where its runs stand.

    joined  the texts, blanked, with a blank between; `sizes` are their lengths.
    runs    in the order of all texts; of those that are spelt alike, all or none.
    """
    padded, start, rest = f" {joined} ", 0, iter(runs)
    run = next(rest, _NO_RUN)
    for size in sizes:
        found: list[Place] = []
        place, end = start, start + size + 2
        while (place := padded.find(f" {run} ", place, end)) >= 0:
            found.append((place - start, run))
            place += len(run) + 1  # the blank after it is before the next one, too
            run = next(rest, _NO_RUN)
        start = end - 1
        yield found


def _by_term(
    places: Mapping[str, Iterable[Place]], filed: Mapping[str, Iterable[tuple[Key, str]]]
) -> dict[Key, MatchedTerm]:
    """Return which terms the texts hold, by the runs that stand in each."""
    found: dict[Key, MatchedTerm] = {}
    for name, held in places.items():
        for run in dict.fromkeys([run for _, run in held]):
            for key, spelt in filed[run]:
                if key in found:
                    spellings, names = found[key]
                    spellings[spelt] = names[name] = None
                else:
                    found[key] = MatchedTerm({spelt: None}, {name: None})
    return found


def _spelt(held: MatchedTerm, *words: str) -> str:
    """Return the first of the words that the ticket has, else what it has first."""
    for word in words:
        if word in held.spellings:
            return word
    return next(iter(held.spellings))


_MET = TokenTermCache(_MOST_MET)
"""Of every text that any query of this process met."""


def _named(ticket: Ticket) -> dict[str, str]:
    """Return the texts of a ticket that can be searched, by name."""
    stripped = zip(WEIGHTS, map(str.strip, texts(ticket)), strict=True)
    return {name: text for name, text in stripped if text}


def _side_by_side(terms: Sequence[str], text: str, start: int, end: int) -> bool:
    """Tell whether terms stand side by side in a text, from a run at `start` to `end` on.

    Only as many tokens are looked at as it takes.
    """
    places: dict[str, set[int]] = {filed: set() for filed in terms}
    last = reach = 0
    for chunk in CHUNK.finditer(unmarked(text), start):
        for part in filed(chunk[0]):
            last += part.step
            if (held := term_of(part.kind, part.surface)) in places:
                places[held].add(last)
        if chunk.start() < end:
            reach = last + len(terms)
        elif last >= reach:
            break
    starts = [{place - step for place in places[filed]} for step, filed in enumerate(terms)]
    return bool(set.intersection(*starts))
