"""An index as it was at one moment, of segments that are scored as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

from kbsearch.engines.base import Found, IndexState, Lexicon, Plan
from kbsearch.engines.searching import Collection


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An `IndexSnapshot`."""

    state: IndexState
    collection: Collection
    lexicon: Lexicon

    def search(self, plan: Plan, *, limit: int, deadline: float | None = None) -> Found:
        """Return the best tickets first, ties by ticket id, at most `limit`."""
        return self.collection.search(plan, limit, deadline)

    def shares(self, plan: Plan, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """Return what each clause of the plan gave to the score of each of these tickets."""
        return self.collection.shares(plan, ids)
