"""Which words of a query does a ticket hold, how does it spell them, and where do they stand?

Of a hundred words of a ticket a query wants a few. So each text is read once, and what a chunk
holds of the query is looked up in what was made of it when it was first met.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.folding import fold
from kbsearch.analysis.terms import term, term_of
from kbsearch.analysis.tokens import CHUNK, LONGEST, Part, TokenKind, folded, parts
from kbsearch.engines.base import Clause, Field, Reading
from kbsearch.engines.document import SECTION_GAP, filed_sound, sections
from kbsearch.engines.lexicon.memo import Memo
from kbsearch.tickets import Ticket

Key = tuple[Field, str]
"""A term in its field."""
_MOST_REMEMBERED = 100_000
"""Chunks that a process remembers: some 30 MB, and nearly all that hits are made of."""


class Occurrence(NamedTuple):
    """A chunk that holds a term of the query, as it is written, and where it starts in its text."""

    start: int
    chunk: str


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The words of a query in the texts of one ticket.

    texts    in the order in which the index has them.
    by_term  how each term that they hold is spelt, in the order of the texts.
    within   by text, the chunks that hold any of them.
    """

    texts: tuple[str, ...]
    by_term: dict[Key, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    within: dict[str, list[Occurrence]] = field(default_factory=dict)

    def has(self, reading: Reading) -> bool:
        """Tell whether the ticket holds a reading, several terms side by side if they must."""
        terms = reading.terms
        if len(terms) == 1:
            return (reading.field, terms[0]) in self.by_term
        if not all((reading.field, filed) in self.by_term for filed in terms):
            return False
        return reading.apart or _side_by_side(terms, self.texts)

    def spelt(self, reading: Reading, word: str) -> str:
        """Return how the ticket spells a reading, as `word` does if it does."""
        spellings = []
        for filed in reading.terms:
            held = self.by_term[reading.field, filed]
            spellings.append(word if word in held else next(iter(held)))
        return " ".join(spellings)


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
        self._seen = _Seen(wanted, term_of_word)

    def words_of(self, ticket: Ticket) -> FoundWords:
        """Return what of the query a ticket holds in its texts, blanks at their ends aside."""
        return self.words_in([section.text.strip() for section in sections(ticket)])

    def words_in(self, texts: Sequence[str]) -> FoundWords:
        """Return what of the query the texts of one ticket hold."""
        words, seen = FoundWords(tuple(texts)), self._seen
        for text in words.texts:
            words.within[text] = within = []
            for match in CHUNK.finditer(text):
                if held := seen[match[0]]:
                    within.append(Occurrence(match.start(), match[0]))
                    for key, spelt in held:
                        words.by_term[key].setdefault(spelt)
        return words


_Held = tuple[tuple[Key, str], ...]
"""The terms of the query that a chunk holds, and how it spells each."""


class _Seen(dict[str, _Held]):
    """What each chunk that was met so far holds of the query: hardly any holds something."""

    def __init__(self, wanted: Iterable[Key], term_of_word: Callable[[str], str]) -> None:
        self._wanted = frozenset(wanted)
        self._terms = {filed for field, filed in self._wanted if field is not Field.SOUND}
        self._sounds = {filed for field, filed in self._wanted if field is Field.SOUND}
        self._term_of_word = term_of_word

    def __missing__(self, chunk: str) -> _Held:
        terms = _TERMS.get(chunk)
        if terms is None:
            terms = _kept(_TERMS, chunk, tuple(self._terms_of(chunk)))
        holds = not self._terms.isdisjoint(terms)
        if self._sounds and not holds:  # sounds cost more, and few queries need them
            holds = not self._sounds.isdisjoint(_heard(chunk))
        held = self[chunk] = tuple(self._held(chunk)) if holds else ()
        return held

    def _terms_of(self, chunk: str) -> Iterator[str]:
        for part in parts(folded(chunk)):
            is_code = part.kind is TokenKind.CODE
            yield part.surface if is_code else self._term_of_word(part.surface)

    def _held(self, chunk: str) -> Iterator[tuple[Key, str]]:
        for part in parts(folded(chunk)):
            for key in self._wanted.intersection(keys(part)):
                yield key, _as_written(chunk, part)


# Of every chunk that any query of this process met.
_TERMS: Memo[str, tuple[str, ...]] = Memo(_MOST_REMEMBERED)
_SOUNDS: Memo[str, tuple[str, ...]] = Memo(_MOST_REMEMBERED)


def _kept(memo: Memo[str, tuple[str, ...]], chunk: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """Keep what was found of a chunk, unless it is so long that it will not come again."""
    return memo.keep(chunk, found) if len(chunk) <= LONGEST else found


def _heard(chunk: str) -> tuple[str, ...]:
    """Return under which sounds a chunk is filed."""
    sounds = _SOUNDS.get(chunk)
    if sounds is None:
        words = (part for part in parts(folded(chunk)) if part.kind is TokenKind.WORD)
        sounds = _kept(_SOUNDS, chunk, tuple(filed_sound(part.surface) for part in words))
    return sounds


def keys(part: Part) -> tuple[Key, Key]:
    """Return under what a part of a chunk is filed; a word that tells nothing has an empty sound.

    >>> keys(Part(TokenKind.WORD, "modems", 1, True))
    ((<Field.TEXT: 'text'>, 'modem'), (<Field.SOUND: 'sound'>, 'MTMS'))
    """
    text = Field.TEXT, term_of(part.kind, part.surface)
    if part.kind is TokenKind.CODE:
        return text, (Field.CODE, part.surface)
    return text, (Field.SOUND, filed_sound(part.surface))


def _side_by_side(terms: Sequence[str], texts: Iterable[str]) -> bool:
    """Tell whether terms stand side by side; hardly any reading has several, so none is kept."""
    places: dict[str, set[int]] = {filed: set() for filed in terms}
    base = 0
    for text in texts:
        last = base - 1
        for chunk in CHUNK.findall(text):
            for part in parts(folded(chunk)):
                last += part.step
                if (filed := term_of(part.kind, part.surface)) in places:
                    places[filed].add(last)
        base = max(base, last) + SECTION_GAP
    starts = [{place - step for place in places[filed]} for step, filed in enumerate(terms)]
    return bool(set.intersection(*starts))


def _as_written(chunk: str, part: Part) -> str:
    """Return a part with the hyphens that it has in the text: "wi-fi", "pay-4417"."""
    if not part.whole:
        return part.surface
    written = fold(chunk)
    return written if normal_code(written) == part.surface else part.surface
