"""What a token of a query asks for: a word in all its readings, a code in one, or its pieces."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kbsearch.analysis.terms import term
from kbsearch.analysis.tokens import Part, TokenKind
from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.tokens import QueryToken
from kbsearch.search.understand.code_clauses import CodeReader, parts_reading
from kbsearch.search.understand.context import Context
from kbsearch.search.understand.merge_readings import best_of_each
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
            return as_typed(part)
        return self._word(part.surface, (), around)

    def _word(self, word: str, pieces: Sequence[Part], around: Around) -> Clause:
        readings = self._words.readings(
            word, around.beside, around.context, prefix=around.unfinished
        )
        if pieces:
            readings = best_of_each((*readings, parts_reading(word, pieces)))
        return Clause(word, readings)


def plain_clauses(token: QueryToken, lexicon: Lexicon) -> Iterable[Clause]:
    """Return what a token asks for if nothing is read but what stands there."""
    token = _without_lost_sign(token, lexicon)
    whole, pieces = token.whole, token.pieces
    if whole and token.begins:
        return [CodeReader(lexicon).beginning(whole.surface)]
    if whole and (whole.kind is TokenKind.CODE or not pieces or lexicon.count(whole.surface)):
        return [as_typed(whole, lexicon.term)]
    return [as_typed(part, lexicon.term) for part in pieces]


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


def exact(part: Part, term_of_word: Callable[[str], str] = term) -> Reading:
    """Return the reading of a part as it is.

    term_of_word  returns the term of a word; a lexicon that has the word is quicker.
    """
    word = part.surface
    if part.kind is TokenKind.CODE:
        return Reading(ReadingKind.EXACT, (word,), 1.0, word, field=Field.CODE)
    return Reading(ReadingKind.EXACT, (term_of_word(word),), 1.0, word)


def as_typed(part: Part, term_of_word: Callable[[str], str] = term) -> Clause:
    """Return a clause that takes a part as it is, see `exact`."""
    return Clause(part.surface, (exact(part, term_of_word),))


def _steps(pieces: Sequence[Part]) -> list[Part]:
    """Return those of some pieces that stand side by side."""
    return [piece for place, piece in enumerate(pieces) if piece.step or not place]
