"""The figures of a knowledge base, and what can be filtered by."""

from dataclasses import dataclass

from sqlalchemy import make_url

from kbsearch.errors import OperatorError
from kbsearch.records.index_state import IndexState
from kbsearch.services.service import Service
from kbsearch.store.failures import place


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that can be filtered by, each with the tickets that have it."""

    products: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a knowledge base.

    resolved  tickets with a resolution.
    index     None while there is none that can be searched; then `trouble` says why.
    behind    changes in the store that the index has not taken in.
    store     where the store is, without the name and the password that open it.
    """

    tickets: int
    resolved: int
    products: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    index: IndexState | None
    behind: int
    trouble: str
    store: str


class Figures(Service):
    """Counts tickets and their values."""

    def choices(self) -> Choices:
        """Return what can be filtered by."""
        store = self._parts.store
        with store.reading_together():
            return Choices(
                products=tuple(store.values("product")),
                statuses=tuple(store.values("status")),
                categories=tuple(store.values("category")),
                kinds=tuple(store.values("kind")),
            )

    def stats(self) -> Stats:
        """Return the figures."""
        with self._parts.store.reading_together():
            return self._stats()

    def _stats(self) -> Stats:
        index, trouble = None, ""
        try:
            index = self._parts.index.state()
        except OperatorError as error:
            trouble = str(error)
        return Stats(
            tickets=self._parts.store.count(),
            resolved=self._parts.store.count_resolved(),
            products=tuple(self._parts.store.values("product")),
            statuses=tuple(self._parts.store.values("status")),
            kinds=tuple(self._parts.store.values("kind")),
            index=index,
            behind=self._parts.store.watermark() - (index.watermark if index else 0),
            trouble=trouble,
            store=location(self._parts.settings.store_url),
        )


def location(url: str) -> str:
    """Return where the store is, without the name and the password that open it.

    >>> location("sqlite:////var/lib/kbsearch/kbsearch.db")
    '/var/lib/kbsearch/kbsearch.db'
    >>> location("postgresql+psycopg://desk:secret@db/kbsearch")
    'kbsearch on db'
    """
    return place(make_url(url)).removeprefix("The database ")
