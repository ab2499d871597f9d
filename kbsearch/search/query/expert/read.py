"""Read what a person typed, with or without operators."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pkgutil import resolve_name

from kbsearch.engines.boolean_tree import Tree, leaves
from kbsearch.errors import shown
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.search.query.expert.lexemes import (
    OPERATORS,
    Lexeme,
    LexemeKind,
    has_operators,
    lexemes,
    may_have_operators,
)
from kbsearch.search.query.expert.query import ExpertQuery, Wanted, Words, simplified
from kbsearch.search.query.expert.scanner import Malformed, check
from kbsearch.search.query.parse import LONGEST_TYPED, Query, few, only_excludes, read_query

_PARSER = "kbsearch.search.query.expert.parser:parse"
"""Loaded with the first query that has operators: Whoosh takes longer to load than a search."""


def read(text: str, filters: Filters) -> Query:
    """Take a query apart, an `ExpertQuery` if it has operators, and add `filters`.

    One whose operators cannot be read is searched as plain words; a note says why.

    Raises QueryInvalid if it is empty or far too long, or only says what to leave out.
    """
    found = expert_lexemes(text)
    if not found:
        return read_query(text, filters)
    try:
        check(found)
    except Malformed as wrong:
        note: Message = (Code.OPERATORS_UNREAD, wrong.why)
        plain = _read_as_words(text, filters, found)
        return replace(plain, notes=few((note, *plain.notes)))
    parse: Callable[[Sequence[Lexeme]], Tree[str]] = resolve_name(_PARSER)
    must = simplified(parse(found), {one.plain: one.asked for one in found})
    if must is None:  # filters that cannot be read
        return _read_as_words(text, filters, found)
    return _query(text, filters, found, must)


def expert_lexemes(text: str) -> list[Lexeme]:
    """Return the lexemes of a query with operators, none for one without."""
    if len(text) > LONGEST_TYPED or not may_have_operators(text):
        return []
    found = lexemes(text)
    return found if has_operators(found) else []


def _query(text: str, filters: Filters, found: Sequence[Lexeme], must: Tree[Wanted]) -> ExpertQuery:
    wanted = [leaf for leaf, negated in leaves(must) if not negated]
    if not wanted and filters == Filters():
        raise only_excludes()
    return ExpertQuery(
        text=text,
        tokens=tuple(chain(*(leaf.tokens for leaf in wanted if isinstance(leaf, Words)))),
        quoted=(),
        excluded=(),
        filters=filters,
        open_end=text[-1:].isalnum() and found[-1].kind is LexemeKind.WORD,
        notes=few(tuple(dict.fromkeys(_notes(found)))),
        must=must,
    )


def _notes(found: Sequence[Lexeme]) -> list[Message]:
    """Return what could not be read as it was typed."""
    notes: list[Message] = []
    for at, one in enumerate(found):
        if one.kind is LexemeKind.WORD and one.typed in {*map(str, OPERATORS)}:
            place = shown(" ".join(other.typed for other in found[max(at - 1, 0) : at + 2]))
            notes.append((Code.OPERATOR_AS_WORD, one.typed, place))
        if isinstance(one.asked, Query):
            notes += one.asked.notes
        elif one.asked is not None:
            notes.append(one.asked)
    return notes


def _read_as_words(text: str, filters: Filters, found: Sequence[Lexeme]) -> Query:
    """Read a query with blanks in the place of its operators."""
    plain = text
    for one in found:
        if one.kind in OPERATORS and one.typed != "-":
            end = one.start + len(one.typed)
            plain = plain[: one.start] + " " * len(one.typed) + plain[end:]
    return replace(read_query(plain, filters), text=text)
