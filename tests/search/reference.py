"""The words of a ticket and their marks the plain way: every text is cut into tokens again."""

from collections import defaultdict
from itertools import groupby

from kbsearch.analysis.codes import normal_code
from kbsearch.analysis.folding import fold
from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import Token, TokenKind, tokens
from kbsearch.engines.indexing.document import SECTION_GAP, filed_form, sections
from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.records.ticket import Ticket
from kbsearch.search.matches.raw_tokens import Key

Found = tuple[int, int]


class PlainWords:
    """All words of a ticket, whatever the query."""

    def __init__(self, ticket: Ticket) -> None:
        self.spellings: dict[Key, dict[str, None]] = defaultdict(dict)
        self.places: dict[str, set[int]] = defaultdict(set)
        base = 0
        for section in sections(ticket):
            last = base
            for token in tokens(section.text):
                last = base + token.position
                self.places[term_of(token.kind, token.surface)].add(last)
                for key in _keys(token):
                    self.spellings[key].setdefault(_as_written(section.text, token))
            base = last + SECTION_GAP

    def has(self, reading: Reading) -> bool:
        """Tell whether the ticket holds a reading."""
        if not all((reading.field, term) in self.spellings for term in reading.terms):
            return False
        starts = [
            {at - step for at in self.places[term]} for step, term in enumerate(reading.terms)
        ]
        return len(starts) == 1 or reading.unordered or bool(set.intersection(*starts))


def plain_marks(text: str, clauses: tuple[Clause, ...]) -> list[Found]:
    """Return the matching words of a text, in order."""
    wanted = {
        (reading.field, term)
        for clause in clauses
        for reading in clause.readings
        for term in reading.terms
    }
    found: list[Found] = []
    for _, chunk in groupby(tokens(text), key=lambda token: token.start):
        held = [token for token in chunk if not wanted.isdisjoint(_keys(token))]
        found += _whole(held) or _pieces(text, held)
    return found


def _keys(token: Token) -> set[Key]:
    keys = {(Field.TEXT, term_of(token.kind, token.surface))}
    if token.kind is TokenKind.CODE:
        return keys | {(Field.CODE, token.surface)}
    form = filed_form(token.kind, token.surface)
    return keys | ({(Field.FORM, form)} if form else set())


def _as_written(text: str, token: Token) -> str:
    written = fold(text[token.start : token.end])
    return written if token.whole and normal_code(written) == token.surface else token.surface


def _whole(held: list[Token]) -> list[Found]:
    return [(token.start, token.end) for token in held if token.whole][:1]


def _pieces(text: str, held: list[Token]) -> list[Found]:
    found: list[Found] = []
    for token in held:
        start = found[-1][1] if found else token.start
        piece = fold(text[start : token.end])
        at = piece.find(token.surface)
        if at >= 0 and len(piece) == token.end - start:
            found.append((start + at, start + at + len(token.surface)))
    return found
