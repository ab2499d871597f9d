"""Which documents fulfil a boolean tree? Every node of it becomes a mask over all documents."""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce

import numpy as np

from kbsearch.engines.boolean_tree import And, Not, Or, Tree
from kbsearch.engines.plan import Condition, Phrase
from kbsearch.engines.scoring.segment_lookup import QueryPostings
from kbsearch.inverted.posting_lists import Mask
from kbsearch.records.filters import Filters


class BooleanMask:
    """Evaluates one tree over the documents of a collection.

    partial  time ran out: what was not looked up is taken to keep a document out of the answer.
    """

    def __init__(
        self,
        lookups: QueryPostings,
        passing: Callable[[Filters], Mask | None],
        documents: int,
        is_late: Callable[[], bool],
    ) -> None:
        """Look words and phrases up in `lookups`.

        passing    returns which documents filters let pass, None for all.
        documents  how many there are, deleted ones included.
        is_late    tells whether to look nothing up any more.
        """
        self._lookups = lookups
        self._passing = passing
        self._documents = documents
        self._is_late = is_late
        self._known: dict[Condition, Mask] = {}
        self.partial = False

    def of(self, tree: Tree[Condition], *, negated: bool = False) -> Mask:
        """Return which documents fulfil a tree, shape (documents,).

        negated  an odd number of `Not` stands above the tree. Of a document that no one looked at
                 it is then taken as fulfilled, so that the `Not` is not.
        """
        if isinstance(tree, And):
            return reduce(np.bitwise_and, self._each(tree.parts, negated=negated), self._all(True))
        if isinstance(tree, Or):
            return reduce(np.bitwise_or, self._each(tree.parts, negated=negated), self._all(False))
        if isinstance(tree, Not):
            return ~self.of(tree.part, negated=not negated)
        if tree not in self._known:
            if self._is_late():
                self.partial = True
                return self._all(negated)
            self._known[tree] = self._look_up(tree)
        return self._known[tree]

    def _each(self, parts: Iterable[Tree[Condition]], *, negated: bool) -> Iterator[Mask]:
        return (self.of(part, negated=negated) for part in parts)

    def _all(self, fulfilling: bool) -> Mask:
        return np.full(self._documents, fulfilling)

    def _look_up(self, condition: Condition) -> Mask:
        """Return which documents fulfil a leaf: of a clause, any of its readings."""
        if isinstance(condition, Filters):
            passing = self._passing(condition)
            return self._all(True) if passing is None else passing
        holding = self._all(False)
        if isinstance(condition, Phrase):
            holding[self._lookups.holding(condition)] = True
            return holding
        for reading in condition.readings:
            self._lookups.reading(reading).mark(holding)
        return holding
