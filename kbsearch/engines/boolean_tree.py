"""A boolean expression: what must hold of a ticket, whatever its leaves are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar, Union

Leaf = TypeVar("Leaf")


@dataclass(frozen=True)
class And(Generic[Leaf]):
    """All of its parts must hold."""

    parts: tuple["Tree[Leaf]", ...]


@dataclass(frozen=True)
class Or(Generic[Leaf]):
    """At least one of its parts must hold."""

    parts: tuple["Tree[Leaf]", ...]


@dataclass(frozen=True)
class Not(Generic[Leaf]):
    """Its part must not hold."""

    part: "Tree[Leaf]"


Tree = Union[And[Leaf], Or[Leaf], Not[Leaf], Leaf]  # noqa: UP007 - `|` takes no Leaf at runtime


def all_of(parts: Iterable[Tree[Leaf]]) -> Tree[Leaf]:
    """Return the tree of parts that must all hold; one part is that tree.

    >>> all_of("ab"), all_of("a")
    (And(parts=('a', 'b')), 'a')
    """
    found = tuple(parts)
    return found[0] if len(found) == 1 else And(found)


def any_of(parts: Iterable[Tree[Leaf]]) -> Tree[Leaf]:
    """Return the tree of parts of which one must hold; one part is that tree."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else Or(found)


def leaves(tree: Tree[Leaf], *, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Yield each leaf in its order, and whether an odd number of `Not` stands above it.

    >>> [*leaves(And(("a", Not(Or(("b", Not("c")))))))]
    [('a', False), ('b', True), ('c', False)]
    """
    if isinstance(tree, And | Or):
        for part in tree.parts:
            yield from leaves(part, negated=negated)
    elif isinstance(tree, Not):
        yield from leaves(tree.part, negated=not negated)
    else:
        yield tree, negated
