"""Say why a hit is there, from the words that stand in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.folding import fold
from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import Token, TokenKind, tokens
from kbsearch.analysis.variants import VARIANTS
from kbsearch.engines.base import Clause, Field, Reading, ReadingKind
from kbsearch.engines.document import filed_sound, sections
from kbsearch.search.results import Reason
from kbsearch.tickets import Ticket

_FAR_FETCHED = 0.5
"""The part of the best reading's weight below which another one says nothing about a hit."""


@dataclass(frozen=True, slots=True)
class TicketWords:
    """The surface words of a ticket by their terms, in the order of the text."""

    by_term: dict[tuple[Field, str], dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def has(self, reading: Reading) -> bool:
        """Tell whether the ticket holds every term of a reading."""
        return all((reading.field, term) in self.by_term for term in reading.terms)

    def spelt(self, reading: Reading, word: str) -> str:
        """Return how the ticket spells a reading, as `word` does if it does."""
        spellings = []
        for term in reading.terms:
            held = self.by_term[reading.field, term]
            spellings.append(word if word in held else next(iter(held)))
        return " ".join(spellings)


def words_of(ticket: Ticket) -> TicketWords:
    """Return the words of all searched texts of a ticket."""
    words = TicketWords()
    for section in sections(ticket):
        for token in tokens(section.text):
            term, spelt = term_of(token.kind, token.surface), _as_written(section.text, token)
            words.by_term[Field.TEXT, term].setdefault(spelt)
            if token.kind is TokenKind.CODE:
                words.by_term[Field.CODE, term].setdefault(spelt)
            elif heard := filed_sound(token.surface):
                words.by_term[Field.SOUND, heard].setdefault(spelt)
    return words


def _as_written(text: str, token: Token) -> str:
    """Return a token with the hyphens that it has in the text: "wi-fi", "pay-4417"."""
    if not token.whole:
        return token.surface
    written = fold(text[token.start : token.end])
    return written if normal_code(written) == token.surface else token.surface


def held_by(words: TicketWords, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return each clause with the readings that a ticket holds, the likeliest first.

    A far-fetched reading is left out beside a likely one: who typed "pass word" and finds a
    password did not mean "was".
    """
    return tuple(replace(clause, readings=_held(words, clause.readings)) for clause in clauses)


def reasons(
    clauses: Iterable[Clause], words: TicketWords, shares: Iterable[float]
) -> tuple[Reason, ...]:
    """Return a reason for each word of the query that the ticket holds.

    clauses  as `held_by` returns them.
    shares   what each clause gave to the score, in the order of the clauses.
    """
    return tuple(
        _reason(clause.word, clause.readings[0], words, share)
        for clause, share in zip(clauses, shares, strict=True)
        if clause.readings
    )


def _held(words: TicketWords, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    held = sorted(filter(words.has, readings), key=lambda one: -one.weight)
    return tuple(one for one in held if one.weight >= held[0].weight * _FAR_FETCHED)


def _reason(word: str, reading: Reading, words: TicketWords, share: float) -> Reason:
    spelt = words.spelt(reading, word)
    kind, sentence = reading.kind, reading.because
    if reading.field is Field.SOUND:
        sentence = f'"{word}" sounds like "{spelt}"'
    elif kind is ReadingKind.EXACT:
        kind, sentence = _exactly(word, spelt)
    return Reason(kind, word, spelt, sentence, share)


def _exactly(word: str, spelt: str) -> tuple[ReadingKind, str]:
    """Say how a word and the one in the ticket come to share a term."""
    if normal_code(word) == normal_code(spelt):
        return ReadingKind.EXACT, f'it has "{spelt}"'
    if VARIANTS.canonical(word) == VARIANTS.canonical(spelt):
        for one, other in ((word, spelt), (spelt, word)):
            region = VARIANTS.region(one)
            if region and region != "American":
                return ReadingKind.VARIANT, f'"{one}" is the {region} spelling of "{other}"'
        return ReadingKind.VARIANT, f'"{word}" is another spelling of "{spelt}"'
    return ReadingKind.EXACT, f'it has "{spelt}", another form of "{word}"'
