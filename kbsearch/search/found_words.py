"""Which words of a query does a ticket hold, how does it spell them, and where do they stand?

Of a hundred words of a ticket a query wants a few, and these tell which chunks to look for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.folding import fold
from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import CHUNK, Part, TokenKind, folded, parts
from kbsearch.engines.base import Clause, Field, Reading
from kbsearch.engines.document import WEIGHTS, filed_sound, texts
from kbsearch.search.met_chunks import MetChunks
from kbsearch.tickets import Ticket

Key = tuple[Field, str]
"""A term in its field."""
NamedTexts = tuple[tuple[str, str], ...]
"""The name of each text of a ticket, as in `engines.document.WEIGHTS`, and the text."""


class Piece(NamedTuple):
    """A part of a chunk, and under what it is filed: as a text, and as a sound or a code."""

    part: Part
    text: Key
    other: Key


_MOST_MET = 100_000
"""Chunks that a process remembers: some 30 MB, and nearly all that hits are made of."""


class Occurrence(NamedTuple):
    """A chunk that holds a term of the query, as it is written, and where it starts in its text."""

    start: int
    chunk: str


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The words of a query in the texts of one ticket.

    texts    with the name of each, in the order in which the index has them.
    holding  the chunks that hold any of the words, in these texts or in others.
    pieces   cuts a chunk.
    by_term  how each term that they hold is spelt, in the order of the texts.
    places   which of the texts hold it, in their order.
    """

    texts: NamedTexts
    holding: AbstractSet[str]
    pieces: Callable[[str], tuple[Piece, ...]]
    by_term: dict[Key, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[Key, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))

    def within(self, text: str) -> Iterator[Occurrence]:
        """Yield where the words stand in one of the texts, in order."""
        for match in CHUNK.finditer(text):
            if match[0] in self.holding:
                yield Occurrence(match.start(), match[0])

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
        terms = reading.terms
        if len(terms) == 1:
            return tuple(self.texts[place][0] for place in self.places[reading.field, terms[0]])
        if not reading.apart:
            return tuple(self._together(reading))
        held = {place for filed in terms for place in self.places[reading.field, filed]}
        return tuple(self.texts[place][0] for place in sorted(held))

    def spelt(self, reading: Reading, word: str) -> str:
        """Return how the ticket spells a reading, as `word` does if it does."""
        spellings = []
        for filed in reading.terms:
            held = self.by_term[reading.field, filed]
            spellings.append(word if word in held else next(iter(held)))
        return " ".join(spellings)

    def _together(self, reading: Reading) -> Iterator[str]:
        """Yield the names of the texts that hold the terms side by side."""
        first, *others = (self.places[reading.field, filed] for filed in reading.terms)
        for place in first:
            name, text = self.texts[place]
            if all(place in other for other in others) and _side_by_side(reading.terms, text):
                yield name


class WordFinder:
    """Finds the words of one query in the tickets that it found."""

    def __init__(
        self, clauses: Iterable[Clause], term_of_word: Callable[[str], str] = term
    ) -> None:
        """Look for every reading of these clauses.

        term_of_word  returns the term of a word; a lexicon that has the word is quicker.
        """
        wanted = [
            (reading.field, filed)
            for clause in clauses
            for reading in clause.readings
            for filed in reading.terms
        ]
        self._wanted = frozenset(wanted)
        self._terms = {filed for field, filed in self._wanted if field is not Field.SOUND}
        self._sounds = {filed for field, filed in self._wanted if field is Field.SOUND}
        self._term_of_word = term_of_word
        self._known: dict[str, tuple[tuple[Key, str], ...]] = {}
        self._cut: dict[str, tuple[Piece, ...]] = {}

    def words_of(self, tickets: Iterable[Ticket]) -> list[FoundWords]:
        """Return what of the query each ticket holds in its texts, blanks at their ends aside."""
        return self._words_in([_named(ticket) for ticket in tickets])

    def words_in(self, tickets: Iterable[Sequence[str]]) -> list[FoundWords]:
        """Return what of the query the texts of each ticket hold; these have no names."""
        return self._words_in([tuple(("", text) for text in one) for one in tickets])

    def _words_in(self, tickets: Sequence[NamedTexts]) -> list[FoundWords]:
        chunks = [[dict.fromkeys(CHUNK.findall(text)) for _, text in one] for one in tickets]
        holding = self._holding(set().union(*(each for one in chunks for each in one)))
        return [self._found(*each, holding) for each in zip(tickets, chunks, strict=True)]

    def _holding(self, chunks: set[str]) -> set[str]:
        """Return which chunks hold anything of the query: hardly any does."""
        holding = _BY_TERM.holding(chunks, self._terms, self._filed_terms)
        if self._sounds:  # sounds cost more, and few queries need them
            holding |= _BY_SOUND.holding(chunks, self._sounds, _filed_sounds)
        return holding

    def _found(
        self, named: NamedTexts, chunks: Iterable[Iterable[str]], holding: set[str]
    ) -> FoundWords:
        words = FoundWords(named, holding, self._pieces)
        for place, ones in enumerate(chunks):
            for chunk in filter(holding.__contains__, ones):
                for key, spelt in self._held(chunk):
                    words.by_term[key].setdefault(spelt)
                    words.places[key].setdefault(place)
        return words

    def _filed_terms(self, chunk: str) -> Iterator[str]:
        for part in parts(folded(chunk)):
            is_code = part.kind is TokenKind.CODE
            yield part.surface if is_code else self._term_of_word(part.surface)

    def _held(self, chunk: str) -> tuple[tuple[Key, str], ...]:
        """Return the terms of the query that a chunk holds, and how it spells each."""
        held = self._known.get(chunk)
        if held is None:
            held = self._known[chunk] = tuple(
                (key, _as_written(chunk, piece.part))
                for piece in self._pieces(chunk)
                for key in self._wanted.intersection((piece.text, piece.other))
            )
        return held

    def _pieces(self, chunk: str) -> tuple[Piece, ...]:
        cut = self._cut.get(chunk)
        if cut is None:
            cut = self._cut[chunk] = tuple(map(piece, parts(folded(chunk))))
        return cut


# Of every text that any query of this process met.
_BY_TERM = MetChunks(_MOST_MET)
_BY_SOUND = MetChunks(_MOST_MET)


def _filed_sounds(chunk: str) -> Iterator[str]:
    for part in parts(folded(chunk)):
        if part.kind is TokenKind.WORD:
            yield filed_sound(part.surface)


def piece(part: Part) -> Piece:
    """Return under what a part of a chunk is filed; a word that tells nothing has an empty sound.

    >>> piece(Part(TokenKind.WORD, "modems", 1, True))[1:]
    ((<Field.TEXT: 'text'>, 'modem'), (<Field.SOUND: 'sound'>, 'MTMS'))
    """
    text = Field.TEXT, term_of(part.kind, part.surface)
    if part.kind is TokenKind.CODE:
        return Piece(part, text, (Field.CODE, part.surface))
    return Piece(part, text, (Field.SOUND, filed_sound(part.surface)))


def _named(ticket: Ticket) -> NamedTexts:
    """Return the texts of a ticket that can be searched, by name, the empty ones left out."""
    pairs = zip(WEIGHTS, texts(ticket), strict=True)
    return tuple((name, text.strip()) for name, text in pairs if text)


def _side_by_side(terms: Sequence[str], text: str) -> bool:
    """Tell whether terms stand side by side; hardly any reading has several, so none is kept."""
    places: dict[str, set[int]] = {filed: set() for filed in terms}
    last = 0
    for chunk in CHUNK.findall(text):
        for part in parts(folded(chunk)):
            last += part.step
            if (filed := term_of(part.kind, part.surface)) in places:
                places[filed].add(last)
    starts = [{place - step for place in places[filed]} for step, filed in enumerate(terms)]
    return bool(set.intersection(*starts))


def _as_written(chunk: str, part: Part) -> str:
    """Return a part with the hyphens that it has in the text: "wi-fi", "pay-4417"."""
    if not part.whole:
        return part.surface
    written = fold(chunk)
    return written if normal_code(written) == part.surface else part.surface
