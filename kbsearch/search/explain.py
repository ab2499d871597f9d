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
from kbsearch.engines.document import SECTION_GAP, filed_sound, sections
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
    places: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def has(self, reading: Reading) -> bool:
        """Tell whether the ticket holds a reading, several terms side by side if they must."""
        if not all((reading.field, term) in self.by_term for term in reading.terms):
            return False
        starts = [
            {place - step for place in self.places[term]} for step, term in enumerate(reading.terms)
        ]
        return len(starts) == 1 or reading.apart or bool(set.intersection(*starts))

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
    base = 0
    for section in sections(ticket):
        last = base
        for token in tokens(section.text):
            last = base + token.position
            term, spelt = term_of(token.kind, token.surface), _as_written(section.text, token)
            words.places[term].add(last)
            words.by_term[Field.TEXT, term].setdefault(spelt)
            if token.kind is TokenKind.CODE:
                words.by_term[Field.CODE, term].setdefault(spelt)
            elif heard := filed_sound(token.surface):
                words.by_term[Field.SOUND, heard].setdefault(spelt)
        base = last + SECTION_GAP
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
    """Return a reason for each word of the query that the ticket holds, each said once.

    clauses  as `held_by` returns them.
    shares   what each clause gave to the score, in the order of the clauses.
    """
    found: dict[str, Reason] = {}
    for clause, share in zip(clauses, shares, strict=True):
        if not clause.readings:
            continue
        reason = _reason(clause.word, clause.readings[0], words, share)
        said = found.get(reason.sentence)
        found[reason.sentence] = replace(said, share=said.share + share) if said else reason
    return tuple(found.values())


def _held(words: TicketWords, readings: Iterable[Reading]) -> tuple[Reading, ...]:
    held = sorted(filter(words.has, readings), key=lambda one: -one.weight)
    return tuple(one for one in held if one.weight >= held[0].weight * _FAR_FETCHED)


def _reason(word: str, reading: Reading, words: TicketWords, share: float) -> Reason:
    spelt = words.spelt(reading, word)
    kind, sentence = reading.kind, reading.because
    if kind is ReadingKind.SOUND:
        sentence = f'"{word}" sounds like "{spelt}"'
    elif kind is ReadingKind.SPELLING:
        sentence = f'"{word}" may be a misspelling of "{spelt}"'
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
