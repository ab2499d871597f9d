"""The figures of a knowledge base, and what can be filtered by."""

from dataclasses import dataclass

from kbsearch.engines.base import IndexState
from kbsearch.errors import OperatorError
from kbsearch.services.service import Service


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
    """

    tickets: int
    resolved: int
    products: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    index: IndexState | None
    behind: int
    trouble: str


class Figures(Service):
    """Counts tickets and their values."""

    def choices(self) -> Choices:
        """Return what can be filtered by."""
        return Choices(
            products=tuple(self._parts.store.values("product")),
            statuses=tuple(self._parts.store.values("status")),
            categories=tuple(self._parts.store.values("category")),
            kinds=tuple(self._parts.store.values("kind")),
        )

    def stats(self) -> Stats:
        """Return the figures."""
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
        )
