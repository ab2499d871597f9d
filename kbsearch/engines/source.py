"""Where an index takes its tickets from, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kbsearch.records.history import Mark
from kbsearch.records.ticket import StoredTicket


@dataclass(frozen=True, slots=True)
class Update:
    """What became of one ticket: its text as it is now, or None when it is gone."""

    ticket_id: int
    ticket: StoredTicket | None


class Changes(NamedTuple):
    """What became of some tickets, up to a place in the history of the store."""

    updates: list[Update]
    mark: Mark


class Source(Protocol):
    """The store, as an engine asks it."""

    def mark(self) -> Mark:
        """Return how far the history of the store goes."""

    def holds(self, mark: Mark) -> bool:
        """Tell whether a mark is a place in the history of the store."""

    def count(self) -> int:
        """Return how many tickets there are."""

    def tickets(self) -> Iterable[StoredTicket]:
        """Return all tickets."""

    def changes(self, after: Mark) -> Changes | None:
        """Return the next changes, some hundreds of them, None if there are none.

        Raises HistoryDiffers if `after` is no place in the history of the store.
        """

    def updates(self, ids: Sequence[int]) -> list[Update]:
        """Return what has become of these tickets."""
