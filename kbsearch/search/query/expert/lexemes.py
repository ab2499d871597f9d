"""Cut a query with operators into lexemes, and tell which operators are meant.

Reps type in capitals and paste what a device shows: "PRINTER NOT READY OR OFFLINE". So a word in
capitals is an operator only if what is next to it has a small letter, or is a quote, a bracket or a
filter. A query without any small letter has no operators. Callers stress words, too: "Tabs are NOT
synced". So a word in capitals next to a stop word is a stressed word, and no operator.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kbsearch.analysis.folding import fold
from kbsearch.analysis.terms import stop_words
from kbsearch.errors import QueryInvalid
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.search.query.parse import OnlyNotes, Query, filter_names, read_query, straightened

_NO_FILTERS = Filters()
_SIGNS = {"&&": "AND", "||": "OR", "-": "NOT"}
_OPERATOR = r"(?<![^\s()\"])(?:AND|OR|NOT|&&|\|\|)(?![^\s()\"])"
_BARE = r"(?:[^\s\"()]|\([^\s\"()]*\))+"
_LEXEME = re.compile(
    rf"""(?P<operator>{_OPERATOR}) |
        (?P<minus>(?<![^\s(])-(?![-\d\s]))?
        (?: (?P<open>\() | (?P<close>\)) |
            (?P<name>[A-Za-z]+):(?=[^\s/\\:])(?P<value>"[^"]*"|{_BARE}) |
            "(?P<quoted>[^"]*)" |
            (?P<unclosed>(?:[A-Za-z]+:)?".*) |
            (?P<bare>{_BARE}) )""",
    re.VERBOSE | re.DOTALL,
)


class LexemeKind(StrEnum):
    """What a lexeme is; `UNCLOSED` is a quote without its end."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    OPEN = "("
    CLOSE = ")"
    WORD = "word"
    QUOTE = "quote"
    FILTER = "filter"
    UNCLOSED = "unclosed quote"


OPERATORS = frozenset({LexemeKind.AND, LexemeKind.OR, LexemeKind.NOT})
OPERANDS = frozenset({LexemeKind.WORD, LexemeKind.QUOTE, LexemeKind.FILTER})


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query.

    typed  as it is in the query.
    plain  the same in the plain grammar, "" where it is no operand.
    asked  what an operand asks for; a note if that cannot be read, None if it says nothing.
    """

    kind: LexemeKind
    typed: str
    start: int
    plain: str = ""
    asked: Query | Message | None = None


def may_have_operators(text: str) -> bool:
    """Tell whether a query may have operators, without reading the whole query."""
    return re.search(_OPERATOR, straightened(text)) is not None and any(map(str.islower, text))


def lexemes(text: str) -> list[Lexeme]:
    """Return the lexemes of a query; operators that are not meant are words.

    What has no letter and no digit is left out.

    >>> [f"{one.kind}" for one in lexemes('printer AND (jam OR "paper size")')]
    ['word', 'AND', '(', 'word', 'OR', 'quote', ')']
    >>> [f"{one.kind}" for one in lexemes("it says PRINTER NOT READY")]
    ['word', 'word', 'word', 'word', 'word']
    """
    straight = straightened(text)
    found = [one for match in _LEXEME.finditer(straight) for one in _read(match)]
    meant = _meant(found, straight)
    return [
        one if one.kind not in OPERATORS or at in meant else _as_word(one)
        for at, one in enumerate(found)
    ]


def has_operators(found: Sequence[Lexeme]) -> bool:
    """Tell whether lexemes are those of an expert query; a minus is in plain ones, too."""
    return any(one.kind in OPERATORS and one.typed != "-" for one in found)


def _read(match: re.Match[str]) -> Iterator[Lexeme]:
    """Yield what a match is, with a NOT before it if it has a minus."""
    if operator := match["operator"]:
        yield Lexeme(LexemeKind(_SIGNS.get(operator, operator)), operator, match.start())
        return
    minus = match["minus"] or ""
    piece = _piece(match, match.start() + len(minus))
    if minus and piece.kind is LexemeKind.WORD:  # only what is typed is left out
        piece = replace(piece, kind=LexemeKind.QUOTE, plain=f'"{piece.plain}"')
    piece = _asking(piece)
    if piece.kind in OPERANDS and not piece.asked:
        return
    if minus:
        yield Lexeme(LexemeKind.NOT, minus, match.start())
    yield piece


def _piece(match: re.Match[str], start: int) -> Lexeme:
    typed = match.string[start : match.end()]
    for kind, group in (
        (LexemeKind.OPEN, "open"),
        (LexemeKind.CLOSE, "close"),
        (LexemeKind.UNCLOSED, "unclosed"),
    ):
        if match[group] is not None:
            return Lexeme(kind, typed, start)
    if match["quoted"] is not None:
        return Lexeme(LexemeKind.QUOTE, typed, start, f'"{" ".join(match["quoted"].split())}"')
    if match["name"] and match["name"].lower() in filter_names():
        value = " ".join(match["value"].strip('"').split())
        return Lexeme(LexemeKind.FILTER, typed, start, f'{match["name"].lower()}:"{value}"')
    is_number = re.match(r"-\d", typed)
    return Lexeme(LexemeKind.WORD, typed, start, typed if is_number else typed.lstrip("-"))


def _as_word(operator: Lexeme) -> Lexeme:
    """Return an operator that is not meant as the word that it is."""
    return _asking(replace(operator, kind=LexemeKind.WORD, plain=operator.typed.lower()))


def _asking(piece: Lexeme) -> Lexeme:
    """Return an operand with what it asks for."""
    if piece.kind not in OPERANDS:
        return piece
    text, before = piece.plain, len(piece.typed) - len(piece.plain)
    if piece.kind is LexemeKind.QUOTE:  # whose blanks the plain grammar makes single
        inner = piece.typed.strip('"')
        text, before = f'"{inner}"', piece.typed.index(inner) - 1
    try:
        query = read_query(text, _NO_FILTERS, piece.start + before)
    except OnlyNotes as refusal:
        return replace(piece, asked=refusal.note if piece.kind is LexemeKind.FILTER else None)
    except QueryInvalid:
        return replace(piece, asked=None)
    return replace(piece, asked=query)


def _meant(found: Sequence[Lexeme], text: str) -> set[int]:
    """Return the places of the operators that are meant."""
    telling = _telling(found, text)
    meant = {at for at, one in enumerate(found) if one.kind is LexemeKind.NOT and one.typed == "-"}
    places = range(len(found))
    stressed = {at for at in places if _is_stressed(found, at)}
    for at in (*places, *reversed(places)):  # one that is meant makes the next one so
        neighbours = {at - 1, at + 1}
        if found[at].kind in OPERATORS and neighbours & (telling | meant) and at not in stressed:
            meant.add(at)
    return meant


def _is_stressed(found: Sequence[Lexeme], at: int) -> bool:
    """Tell whether a word in capitals is next to a stop word: "does NOT", "AND from"."""
    if found[at].typed in _SIGNS:
        return False
    neighbours = (*found[at - 1 : at], *found[at + 1 : at + 2]) if at else found[1:2]
    words = (fold(one.typed) for one in neighbours if one.kind is LexemeKind.WORD)
    return not stop_words().isdisjoint(words)


def _telling(found: Sequence[Lexeme], text: str) -> set[int]:
    """Return the places of the lexemes next to which a word in capitals is an operator."""
    runs = [*re.finditer(r"\S+", text)]
    starts = [run.start() for run in runs]
    marked = [any(sign in '()"' or sign.islower() for sign in run[0]) for run in runs]
    telling = set()
    for at, one in enumerate(found):
        is_word = one.kind is LexemeKind.WORD
        if one.kind not in OPERATORS and (not is_word or marked[bisect(starts, one.start) - 1]):
            telling.add(at)
    return telling
