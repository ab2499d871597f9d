"""Walk along one list of postings, as Whoosh's queries and collectors do."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.scoring import BaseScorer


class MatchedPostings(NamedTuple):
    """A list of postings.

    ids      document numbers, ascending; for the vector of a document, its terms.
    weights  one for each.
    values   returns what is kept with each; asked for only when a person wants it.
    lengths  of the shortest and the longest document among them.
    """

    ids: Sequence[int] | Sequence[str]
    weights: Sequence[float]
    values: Callable[[], Sequence[bytes]]
    lengths: tuple[float, float]


class ArrayMatcher(LeafMatcher):
    """A matcher of a list of postings, which is one block to Whoosh."""

    def __init__(
        self,
        postings: MatchedPostings,
        posting_format: Format,
        term: tuple[str, bytes] | None = None,
        scorer: BaseScorer | None = None,
    ) -> None:
        """Stand on the first posting."""
        self._postings = postings
        self.format = posting_format
        self._term = term
        self.scorer = scorer
        self._place = 0

    @cached_property
    def _values(self) -> Sequence[bytes]:
        return self._postings.values()

    @cached_property
    def _heaviest(self) -> float:
        return max(self._postings.weights)

    def is_active(self) -> bool:
        """Tell whether there is a posting here."""
        return self._place < len(self._postings.ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._place = 0

    def copy(self) -> "ArrayMatcher":
        """Return another that stands at the same posting."""
        copied = ArrayMatcher(self._postings, self.format, self._term, self.scorer)
        copied._place = self._place
        return copied

    def id(self) -> Any:
        """Return the document."""
        return self._postings.ids[self._place]

    def weight(self) -> float:
        """Return how much the term weighs in the document."""
        return self._postings.weights[self._place]

    def value(self) -> bytes:
        """Return what is kept with the posting."""
        return self._values[self._place]

    def next(self) -> bool:  # type: ignore[override]  # as the matchers of Whoosh's own codec
        """Go on by one; tell whether the block, which is the whole list, was left."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1
        return not self.is_active()

    def skip_to(self, id: Any) -> None:
        """Go on to this document, or to the first one after it."""
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._postings.ids, id, self._place)

    def skip_to_quality(self, minquality: float) -> int:
        """Leave the list if nothing in it can score more than `minquality`."""
        if self.block_quality() > minquality:
            return 0
        self._place = len(self._postings.ids)
        return 1

    def block_min_length(self) -> float:
        """Return the length of the shortest document."""
        return self._postings.lengths[0]

    def block_max_length(self) -> float:
        """Return the length of the longest document."""
        return self._postings.lengths[1]

    def block_max_weight(self) -> float:
        """Return the greatest weight."""
        return self._heaviest
