"""A boolean expression: what must hold of a ticket, whatever its leaves are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar, Union

Leaf = TypeVar("Leaf")
Other = TypeVar("Other")


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


def replaced(tree: Tree[Leaf], leaf: Callable[[Leaf], Tree[Other]]) -> Tree[Other]:
    """Return the tree with another leaf or tree in the place of each leaf.

    >>> replaced(Or(("a", Not("b"))), str.upper)
    Or(parts=('A', Not(part='B')))
    """
    if isinstance(tree, And):
        return And(tuple(replaced(part, leaf) for part in tree.parts))
    if isinstance(tree, Or):
        return Or(tuple(replaced(part, leaf) for part in tree.parts))
    if isinstance(tree, Not):
        return Not(replaced(tree.part, leaf))
    return leaf(tree)
