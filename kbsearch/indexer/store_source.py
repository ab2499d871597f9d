"""The store as an engine asks it: what there is, what changed, and whose history it is."""

from collections.abc import Iterable, Sequence

from kbsearch.engines.source import Changes, Update
from kbsearch.errors import HistoryDiffers
from kbsearch.records.history import Mark
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.log import Standing
from kbsearch.store.store import Store

_BATCH = 500
"""Changes that the index takes in at a time."""


class StoreSource:
    """An `engines.base.Source`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mark(self) -> Mark:
        """Return how far the history of the store goes."""
        return self._store.mark()

    def holds(self, mark: Mark) -> bool:
        """Tell whether a mark is a place in the history of the store."""
        return self._store.standing(mark.sequence).mark == mark

    def count(self) -> int:
        """Return how many tickets there are."""
        return self._store.count()

    def tickets(self) -> Iterable[StoredTicket]:
        """Return all tickets."""
        return self._store.tickets()

    def changes(self, after: Mark) -> Changes | None:
        """Return the next changes, None if there are none. Raises HistoryDiffers."""
        with self._store.reading_together():
            standing = self._store.standing(after.sequence)
            check_history(after, standing)
            changes = self._store.changes(after.sequence, _BATCH)
            if not changes:
                return None
            updates = self.updates([change.ticket_id for change in changes])
            return Changes(updates, self._store.standing(changes[-1].sequence).mark)

    def updates(self, ids: Sequence[int]) -> list[Update]:
        """Return what has become of these tickets."""
        tickets = self._store.fetch_whole(ids)
        return [Update(number, tickets.get(number)) for number in ids]


def check_history(mark: Mark, standing: Standing) -> None:
    """Raise HistoryDiffers unless the mark of an index is the one that the store has there."""
    if mark != standing.mark:
        raise _differs(mark, standing)


def _differs(mark: Mark, standing: Standing) -> HistoryDiffers:
    if mark.sequence > standing.last:
        why = "is newer than the database, as after restoring an older one"
    elif mark.store != standing.mark.store:
        why = "belongs to another database"
    else:
        why = "belongs to another state of the database, as after restoring an older one"
    return HistoryDiffers(f"The index {why}; run: kbsearch reindex")
