"""What a token of a query asks for: a word in all its readings, a code in one, or its pieces."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kbsearch.analysis.tokens import Part, TokenKind
from kbsearch.engines.indexing.document import filed_form
from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.tokens import QueryToken
from kbsearch.search.understand.code_clauses import CodeReader, parts_reading
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.merge_readings import best_of_each
from kbsearch.search.understand.own_readings import own_readings, very_form
from kbsearch.search.understand.word_reader import Neighbours, WordReader

_SHORTEST_SLIPPED = 3
"""Letters of a word next to an apostrophe that may be a slip: no ending such as 's, 're or 'll."""


class Around(NamedTuple):
    """What stands around a token.

    unfinished  a person is still typing it.
    numbered    it may be the number of a ticket.
    """

    beside: Neighbours
    context: Context
    unfinished: bool = False
    numbered: bool = False

    @property
    def alone(self) -> "Around":
        """The same for a piece of the token, which has no neighbours to be joined with."""
        return self._replace(beside=Neighbours("", ""))


class TokenReader:
    """Reads tokens over one index."""

    def __init__(self, lexicon: Lexicon, words: WordReader) -> None:
        """Look words up in `lexicon`, read them by `words`."""
        self._lexicon = lexicon
        self._words = words
        self._codes = CodeReader(lexicon)

    def clauses(self, token: QueryToken, around: Around) -> Iterable[Clause]:
        """Return what a token asks for."""
        token = _without_lost_sign(token, self._lexicon)
        whole, pieces = token.whole, token.pieces
        if whole is not None and token.begins:
            return [self._codes.beginning(whole.surface)]
        if whole is not None and whole.kind is TokenKind.CODE:
            is_signed = token.without_sign is not token
            apart = _steps(pieces) if is_signed or token.text.isalnum() else ()
            return [self._codes.clause(token.text, whole.surface, apart, numbered=around.numbered)]
        if whole is not None and (not pieces or self._lexicon.count(whole.surface)):
            return [self._word(whole.surface, pieces, around)]
        rest = around.alone
        return [
            self._piece(part, rest._replace(unfinished=rest.unfinished and part is pieces[-1]))
            for part in pieces
        ]

    def _piece(self, part: Part, around: Around) -> Clause:
        if part.kind is TokenKind.CODE:
            return as_typed(part, self._lexicon)
        return self._word(part.surface, (), around)

    def _word(self, word: str, pieces: Sequence[Part], around: Around) -> Clause:
        readings = self._words.readings(
            word, around.beside, around.context, prefix=around.unfinished
        )
        if pieces:
            readings = best_of_each((*readings, parts_reading(word, pieces)))
        return Clause(word, readings)


def plain_clauses(token: QueryToken, lexicon: Lexicon, *, exact: bool = False) -> list[Clause]:
    """Return what a token asks for if nothing is read but what stands there.

    exact  and no other form of a word, either.
    """
    token = _without_lost_sign(token, lexicon)
    whole, pieces = token.whole, token.pieces
    if whole and token.begins:
        return [CodeReader(lexicon).beginning(whole.surface)]
    if whole and (whole.kind is TokenKind.CODE or not pieces or lexicon.count(whole.surface)):
        pieces = [whole]
    as_it_is = as_spelt if exact else as_typed
    return [as_it_is(part, lexicon) for part in pieces]


def _without_lost_sign(token: QueryToken, lexicon: Lexicon) -> QueryToken:
    """Return a name without its sign if no ticket has it: "Notepad+" is looked for as "Notepad"."""
    bare = token.without_sign
    if bare is token or not token.pieces or lexicon.count_term(token.parts[0].surface):
        return token
    return bare


def slipped(token: QueryToken, lexicon: Lexicon) -> tuple[QueryToken, ...]:
    """Return the words that an apostrophe was typed between, the token alone if it is one word.

    "can'receive"  ->  ("can", "receive"), if the index has both and not "canreceive".
    """
    words = token.text.split("'")
    if len(words) < 2 or min(map(len, words)) < _SHORTEST_SLIPPED:
        return (token,)
    if any(lexicon.count(part.surface) for part in token.parts):
        return (token,)
    return tuple(map(token.word, words)) if all(map(lexicon.count, words)) else (token,)


def own_readings_of(part: Part, lexicon: Lexicon) -> tuple[Reading, ...]:
    """Return the readings of a part as it is."""
    if part.kind is TokenKind.CODE:
        return (Reading(ReadingKind.EXACT, (part.surface,), 1.0, part.surface, field=Field.CODE),)
    return own_readings(part.surface, lexicon)


def as_typed(part: Part, lexicon: Lexicon) -> Clause:
    """Return a clause that takes a part as it is, see `own_readings_of`."""
    return Clause(part.surface, own_readings_of(part, lexicon))


def as_spelt(part: Part, lexicon: Lexicon) -> Clause:
    """Return a clause that takes a word in the very form that was typed."""
    if form := filed_form(part.kind, part.surface):
        return Clause(part.surface, (very_form(part.surface, form),))
    return as_typed(part, lexicon)


def _steps(pieces: Sequence[Part]) -> list[Part]:
    """Return those of some pieces that stand side by side."""
    return [piece for place, piece in enumerate(pieces) if piece.step or not place]
