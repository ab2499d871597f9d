"""An index as it was at one moment, of segments that are scored as arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import Lexicon
from kbsearch.engines.plan import PinnedHits, Plan, TopDocs
from kbsearch.engines.scoring.collection import Collection
from kbsearch.records.index_state import IndexState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An `IndexSnapshot`."""

    state: IndexState
    collection: Collection
    lexicon: Lexicon

    def revisions(self) -> dict[int, int]:
        """Return the revision of each ticket that the index holds, by its id."""
        return self.collection.revisions()

    def side_by_side(self, terms: tuple[str, ...]) -> int:
        """Return how many tickets hold these terms of the text side by side, in this order."""
        return self.collection.side_by_side(terms)

    def lifts(self, terms: Sequence[str], context: Sequence[str]) -> NDArray[np.float64]:
        """Return how much likelier a ticket holds a term of the context if it holds another."""
        return self.collection.lifts(terms, context)

    def search(
        self,
        plan: Plan,
        *,
        limit: int,
        deadline: float | None = None,
        explain: bool = False,
        keep: PinnedHits | None = None,
    ) -> TopDocs:
        """Return the best tickets first, ties by ticket id, at most `limit`."""
        return self.collection.search(plan, limit, deadline, explain=explain, keep=keep)

    def code_counts(self, codes: Iterable[str]) -> dict[str, int]:
        """Return those of the codes that any ticket holds, each with how many do."""
        return self.collection.code_counts(codes)

    def holding_code(self, code: str, among: Plan, *, limit: int) -> TopDocs:
        """Return the newest tickets that hold a code, of those that a plan lets pass."""
        return self.collection.holding_code(code, among, limit)
