"""Queries that find something in this knowledge base, for an empty page."""

from kbsearch.engines.base import IndexSnapshot
from kbsearch.errors import OperatorError
from kbsearch.indexer.indexer import Indexer
from kbsearch.search.examples import Example, examples
from kbsearch.store.store import Store


class ExampleQueries:
    """Keeps the example queries until the index changes; threads may share them."""

    def __init__(self, store: Store, index: Indexer) -> None:
        self._store = store
        self._index = index
        self._kept: tuple[int, tuple[Example, ...]] | None = None  # at a watermark

    def get(self) -> tuple[Example, ...]:
        """Return the queries; none while there is no index."""
        try:
            return self._index.ask(self._of)
        except OperatorError:
            return ()

    def _of(self, index: IndexSnapshot) -> tuple[Example, ...]:
        if self._kept is None or self._kept[0] != index.state.watermark:
            products = [value for value, _ in self._store.values("product")]
            found = examples(index, self._index.fetch, products)
            self._kept = index.state.watermark, found
        return self._kept[1]
