"""Tell from the first cell of a row whether a row begins there."""

import re
from collections import Counter
from collections.abc import Iterable

SHAPE = 40
"""Characters of a cell that its shape is made of."""
USUAL = 0.95
"""Share of the rows that few shapes must cover to tell anything."""
FEW = 3
"""Shapes that are few."""
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


def shape(cell: str) -> str:
    """Return a cell with every word as "a", and as "9" if it has a digit.

    >>> shape("KB-12"), shape("4711"), shape("and leaks")
    ('a-9', '9', 'a a')
    """
    return _WORD.sub(lambda word: "9" if _DIGIT.search(word[0]) else "a", cell.strip()[:SHAPE])


def usual_shapes(cells: Iterable[str]) -> frozenset[str]:
    """Return the shapes that the first cells of whole rows have; none if they are too many."""
    counts = Counter(shape(cell) for cell in cells)
    few = counts.most_common(FEW)
    covered = sum(count for _, count in few)
    return (
        frozenset(found for found, _ in few) if covered >= USUAL * counts.total() else frozenset()
    )
