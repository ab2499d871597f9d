"""A query with operators, taken apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby

from kbsearch.engines.boolean_tree import And, Not, Or, Tree, all_of, any_of, leaves
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.search.query.parse import Query
from kbsearch.search.query.tokens import QueryToken


@dataclass(frozen=True, slots=True)
class Words:
    """Words and codes that stand side by side: a ticket must have all, in any reading."""

    tokens: tuple[QueryToken, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens that a ticket must hold side by side, as they are typed."""

    tokens: tuple[QueryToken, ...]


Asked = Query | Message | None
"""What an operand asks for, or why it cannot be read."""
Wanted = Words | Quote | Filters
"""A leaf of a query."""


@dataclass(frozen=True, slots=True)
class ExpertQuery(Query):
    """A query with operators; `tokens` are the words that it does not leave out.

    must  what must hold of a ticket.
    """

    must: Tree[Wanted]

    @property
    def all_filters(self) -> Filters:
        """All filters, wherever they stand in the query; of days, the chosen ones alone."""
        leaf_filters = (leaf for leaf, _ in leaves(self.must) if isinstance(leaf, Filters))
        named = (self.filters, *leaf_filters)
        return replace(
            self.filters,
            products=tuple(value for one in named for value in one.products),
            statuses=tuple(value for one in named for value in one.statuses),
            categories=tuple(value for one in named for value in one.categories),
            tags=tuple(value for one in named for value in one.tags),
            kinds=tuple(value for one in named for value in one.kinds),
        )

    @property
    def searched(self) -> list[QueryToken]:
        """The tokens of all words and quotes, as they follow in the text."""
        found = (leaf.tokens for leaf, _ in leaves(self.must) if isinstance(leaf, Words | Quote))
        return sorted(chain.from_iterable(found), key=lambda token: token.start)


def simplified(tree: Tree[str], operands: Mapping[str, Asked]) -> Tree[Wanted] | None:
    """Return a tree of operands in the plain grammar as what they ask for, None if for nothing.

    operands  what each of them was read as, or why it cannot be read.

    Words side by side become one leaf: "pass word" is also read as "password".
    """
    if isinstance(tree, And):
        return _side_by_side(_parts(tree.parts, operands))
    if isinstance(tree, Or):
        found = [*_parts(tree.parts, operands)]
        return any_of(found) if found else None
    if isinstance(tree, Not):
        part = simplified(tree.part, operands)
        return None if part is None else Not(part)
    return _wanted(operands[tree])


def _parts(parts: Iterable[Tree[str]], operands: Mapping[str, Asked]) -> Iterator[Tree[Wanted]]:
    return (found for part in parts if (found := simplified(part, operands)) is not None)


def _side_by_side(parts: Iterable[Tree[Wanted]]) -> Tree[Wanted] | None:
    """Return parts that must all hold as one, with all words side by side in one leaf."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, And) else (part,))]
    merged: list[Tree[Wanted]] = []
    for are_words, run in groupby(flat, lambda one: isinstance(one, Words)):
        found = list(run)
        if are_words:
            runs = (one.tokens for one in found if isinstance(one, Words))
            merged.append(Words(tuple(chain.from_iterable(runs))))
        else:
            merged += found
    return all_of(merged) if merged else None


def _wanted(query: Asked) -> Tree[Wanted] | None:
    """Return what an operand asks for, None if it only has a note."""
    if not isinstance(query, Query):
        return None
    if query.filters != Filters():
        return query.filters
    return Quote(query.quoted[0]) if query.quoted else Words(query.tokens)
