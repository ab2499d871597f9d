"""An index as it was at one moment, of segments that are scored as arrays."""

from dataclasses import dataclass

from kbsearch.engines.base import Found, IndexState, Lexicon, Plan
from kbsearch.engines.searching import Collection


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An `IndexSnapshot`."""

    state: IndexState
    collection: Collection
    lexicon: Lexicon

    def search(
        self, plan: Plan, *, limit: int, deadline: float | None = None, explain: bool = False
    ) -> Found:
        """Return the best tickets first, ties by ticket id, at most `limit`."""
        return self.collection.search(plan, limit, deadline, explain=explain)
