"""The scores of all documents while the words of a plan are added one by one.

Not every posting is scored: this is MaxScore (Turtle & Flood 1995, "Query evaluation: strategies
and optimizations"), word by word. A word gives no document more than its bound, the greatest
worth of its readings. The words come in the order of their bounds, so the common ones come last;
`left` is the sum of the bounds of those that are still to come. Call the `limit`-th best score so
far the edge. Scores only grow, so the last score of the answer will be the edge or more.

1. Once the edge is above `left`, a document that no word touched yet cannot get in: it would end
   with `left` at most.
2. Nor can a document that has less than the edge minus `left`: it would end below the edge.

All others are the contenders. A long posting list is then looked up for them alone; nothing is
lost, since whatever else it would have been added to ends below the last score of the answer, and
keeps a score that is too low for it. `left` carries a little more than the bounds, so that sums of
float32 do not fall on the wrong side. The total counts every posting: the others are marked.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.postings import Documents, Mask, PostingList, Postings
from kbsearch.engines.scoring import Floats, WeightedPostings, best, edge, gains

LOOKUP = 16
"""Postings that are added in the time in which one document is looked up among them; measured."""
_SEEKING = 256
"""Documents among which contenders are sought in the time in which one is looked up; measured."""
_DENSE = 16
"""Of this many documents one is touched where adding whole arrays is quicker; measured."""
_GROUP = 64
"""Documents of which only the best is asked for where the edge need not be exact."""
_BARRED = np.float32(-1e30)
"""The score of a document that must not be found: far below 0 whatever is added."""


class Tally:
    """What every document of a collection scores so far."""

    def __init__(self, allowed: Mask, limit: int, lookup: float = LOOKUP) -> None:
        """Score for an answer of the `limit` best among the documents that are `allowed`.

        lookup  a list is looked up in if it is more than this many times as long as the contenders.
        """
        self._allowed = allowed
        self._limit = max(limit, 1)
        self._lookup = lookup
        self._scores: Floats = np.zeros(allowed.size, np.float32)
        self._all_allowed = bool(allowed.all())
        if not self._all_allowed:
            self._scores[~allowed] = _BARRED
        self._best: Floats = np.zeros(allowed.size, np.float32)
        self._marked: Mask = np.zeros(allowed.size, np.bool_)
        self._contenders: Documents | None = None

    def add(self, readings: Sequence[WeightedPostings], left: float) -> None:
        """Add the best reading of a word to each document; `left` counts this word as to come."""
        if not readings:
            return
        found = [
            (postings.documents, gains(postings, worth, norms))
            for postings, worth, norms in self._needed(readings, left)
        ]
        if len(found) == 1:
            np.add.at(self._scores, *found[0])
        else:
            self._add_best(found)

    def ranked(self, ids: NDArray[np.int64], left: float) -> tuple[Documents, Floats]:
        """Return the best documents and their scores, ties by id; `ids` are those of all."""
        kept = self._contending(left)
        if kept is None:
            kept = np.flatnonzero(self._scores > 0)
        kept = kept[best(self._scores[kept], ids[kept], self._limit)]
        return kept, self._scores[kept]

    @property
    def total(self) -> int:
        """How many of the allowed documents hold anything of the words so far."""
        marked = self._marked if self._all_allowed else self._marked & self._allowed
        return int(np.count_nonzero(marked | (self._scores > 0)))

    def _needed(
        self, readings: Sequence[WeightedPostings], left: float
    ) -> list[tuple[Postings, float, Floats]]:
        """Return what must be scored of the readings of a word; the rest is marked."""
        longest = max(reading.postings.size for reading in readings)
        if longest * _SEEKING > self._lookup * self._scores.size:
            self._contenders = self._contending(left, longest)
        return [(self._narrowed(postings), worth, norms) for postings, worth, norms in readings]

    def _narrowed(self, postings: PostingList) -> Postings:
        """Return all postings of a short list, those of the contenders of a long one."""
        contenders = self._contenders
        if contenders is None or postings.size <= self._lookup * contenders.size:
            return postings.read()
        postings.mark(self._marked)
        return postings.among(contenders)

    def _add_best(self, found: list[tuple[Documents, Floats]]) -> None:
        """Add the best of what several readings give."""
        found.sort(key=lambda one: -one[0].size)
        (longest, gained), *others = found
        rest = np.concatenate([documents for documents, _ in others])
        self._best[longest] = gained
        np.maximum.at(self._best, rest, np.concatenate([gained for _, gained in others]))
        if longest.size * _DENSE > self._best.size:
            self._scores += self._best
            self._best.fill(0)
            return
        for documents in (longest, rest):
            self._scores[documents] += self._best[documents]
            self._best[documents] = 0

    def _contending(self, left: float, longest: float = np.inf) -> Documents | None:
        """Return the documents that can still get in.

        None if these may be any, or too many to look them up in a list as long as the longest.
        """
        if self._contenders is not None:
            scores = self._scores[self._contenders]
            kept: Documents = self._contenders[scores >= edge(scores, self._limit) - left]
            return kept
        enough = self._low_edge() - left
        if enough <= 0:
            return None
        contending = self._scores >= enough
        if np.count_nonzero(contending) * self._lookup > longest:
            return None
        return np.flatnonzero(contending)

    def _low_edge(self) -> float:
        """Return the edge or a little less: the `limit`-th best among the best of each group."""
        group = max(1, min(_GROUP, self._scores.size // (_GROUP * self._limit)))
        groups = self._scores.size // group
        if groups < self._limit:
            return 0.0
        best_of_each = self._scores[: groups * group].reshape(group, groups).max(axis=0)
        return float(edge(best_of_each, self._limit))
