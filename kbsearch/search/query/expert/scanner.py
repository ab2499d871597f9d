"""Find what is wrong with a query before Whoosh would repair it in silence."""

from collections.abc import Sequence

from kbsearch.errors import shown
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.search.query.expert.lexemes import OPERATORS, Lexeme, LexemeKind
from kbsearch.search.query.parse import Query
from kbsearch.search.query.tokens import MOST_WORDS, QueryToken

MOST_BRACKETS = 8
"""Brackets inside each other that anyone can still read."""


_AFTER_OPERAND = frozenset({LexemeKind.AND, LexemeKind.OR, LexemeKind.CLOSE})
"""What only follows an operand, or the end of a bracket."""


class Malformed(Exception):
    """A query whose operators cannot be read; `why` says what is wrong where."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


def check(found: Sequence[Lexeme]) -> None:
    """Raise Malformed unless the operators, brackets and quotes of a query go together.

    It repeats the words around the place.
    """
    opened: list[int] = []
    for at in range(len(found)):
        _check_operand(found, at)
        _check_bracket(found, at, opened)
    if found[-1].kind in OPERATORS:
        raise Malformed((Code.NOTHING_AFTER, found[-1].kind, _around(found, -1)))
    if opened:
        raise Malformed((Code.BRACKET_NOT_CLOSED, _around(found, opened[-1])))
    _check_length(found)


def _check_operand(found: Sequence[Lexeme], at: int) -> None:
    """Raise Malformed if an operator lacks what it needs, or a quote its end."""
    kind, before = found[at].kind, found[at - 1].kind if at else LexemeKind.OPEN
    if kind is LexemeKind.UNCLOSED:
        raise Malformed((Code.QUOTE_NOT_CLOSED, _around(found, at)))
    if kind in _AFTER_OPERAND and before is LexemeKind.OPEN and kind is not LexemeKind.CLOSE:
        raise Malformed((Code.NOTHING_BEFORE, kind, _around(found, at)))
    doubled = kind is before is LexemeKind.NOT
    if before in OPERATORS and (kind in _AFTER_OPERAND or doubled):
        raise Malformed((Code.NOTHING_AFTER, before, _around(found, at - 1)))


def _check_bracket(found: Sequence[Lexeme], at: int, opened: list[int]) -> None:
    """Take a bracket on or off those that are open."""
    kind = found[at].kind
    if kind is LexemeKind.OPEN:
        opened.append(at)
        if len(opened) > MOST_BRACKETS:
            raise Malformed((Code.TOO_MANY_BRACKETS, MOST_BRACKETS, _around(found, at)))
    elif kind is LexemeKind.CLOSE:
        if not opened:
            raise Malformed((Code.BRACKET_NOT_OPENED, _around(found, at)))
        if opened.pop() == at - 1:
            raise Malformed((Code.NOTHING_IN_BRACKETS, _around(found, at - 1)))


def _check_length(found: Sequence[Lexeme]) -> None:
    words = 0
    for at, one in enumerate(found):
        words += _words(one)
        if words > MOST_WORDS:
            raise Malformed((Code.TOO_MANY_WORDS, MOST_WORDS, _around(found, at)))


def _words(lexeme: Lexeme) -> int:
    """Return how many words an operand is worth; a filter is one."""
    query = lexeme.asked
    if not isinstance(query, Query):
        return 0
    return sum(map(_pieces, query.searched)) or 1


def _pieces(token: QueryToken) -> int:
    """Return how many words a token is worth: one, unless it has more pieces than "wi-fi"."""
    return max(1, len(token.steps) - 1)


def _around(found: Sequence[Lexeme], at: int) -> str:
    """Return the lexeme at a place as a sentence names it, with those next to it."""
    at %= len(found)
    return shown(" ".join(one.typed for one in found[max(at - 1, 0) : at + 2]))
