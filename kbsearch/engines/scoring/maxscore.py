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
float32 do not fall on the wrong side. The total counts every posting: when it is asked for, the
lists that were looked up in are marked as a whole.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.scoring.bm25 import Saturated, WeightedPostings, best, edge
from kbsearch.inverted.posting_lists import Documents, Floats, Mask

LOOKUP = 16
"""Postings that are added in the time in which one document is looked up among them; measured."""
_SEEKING = 128
"""Documents among which contenders are sought in the time in which one is looked up; measured."""
_GROUP = 40
"""Documents of which only the best is asked for where the edge need not be exact."""
_BARRED = np.float32(-1e30)
"""The score of a document that must not be found: far below 0 whatever is added."""


class ScoreAccumulator:
    """What every document of a collection scores so far."""

    def __init__(self, allowed: Mask, limit: int, lookup: float = LOOKUP) -> None:
        """Score for an answer of the `limit` best among the documents that are `allowed`.

        lookup  a list is looked up in if it is more than this many times as long as the contenders.
        """
        self._allowed = allowed
        self._limit = max(limit, 1)
        self._lookup = lookup
        height = max(1, min(_GROUP, allowed.size // (_GROUP * self._limit)))
        # Row by row all documents, and some zeros after them; each column is a group.
        self._grouped: Floats = np.zeros((height, -(-allowed.size // height)), np.float32)
        self._scores: Floats = self._grouped.reshape(-1)[: allowed.size]
        self._all_allowed = bool(allowed.all())
        if not self._all_allowed:
            self._scores[~allowed] = _BARRED
        self._given = 0.0
        self._looked_up: list[Saturated] = []
        self._contenders: Documents | None = None

    def add(self, readings: Sequence[WeightedPostings], left: float) -> None:
        """Add the best reading of a word to each document; `left` counts this word as to come."""
        if not readings:
            return
        self._seek(max(reading.postings.size for reading in readings), left)
        found = [self._gains(postings, worth) for postings, worth in readings]
        self._given += max(worth for _, worth in readings)
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

    def best_among(self, documents: Documents, ids: NDArray[np.int64], limit: int) -> Documents:
        """Return the best of some documents by what they score so far, ties by id.

        What the words gave that were looked up for the contenders alone is missing in the others:
        their shares tell what they score.
        """
        if not limit:  # as most who ask want none
            return documents[:0]
        held = documents[self._scores[documents] > 0]
        return held[best(self._scores[held], ids[held], limit)]

    def total(self) -> int:
        """Return how many of the allowed documents hold anything of the words so far."""
        held = self._scores > 0
        for postings in self._looked_up:
            postings.mark(held)
        if not self._all_allowed:
            held &= self._allowed
        return int(np.count_nonzero(held))

    def _seek(self, longest: int, left: float) -> None:
        """Narrow the contenders down if that pays for a word whose longest list is so long."""
        if longest * _SEEKING > self._lookup * self._scores.size:
            self._contenders = self._contending(left, longest)

    def _gains(self, postings: Saturated, worth: float) -> tuple[Documents, Floats]:
        """Return all documents of a short list, the contenders in a long one, and their gains."""
        contenders = self._contenders
        if contenders is None or postings.size <= self._lookup * contenders.size:
            documents, weights = postings.read()
            return documents, weights * worth
        self._looked_up.append(postings)
        rows, weights = postings.find(contenders)
        return contenders[rows], weights * worth

    def _add_best(self, found: list[tuple[Documents, Floats]]) -> None:
        """Add the best of what several readings give."""
        found.sort(key=lambda one: -one[0].size)
        longest, *others = found
        rest = np.concatenate([documents for documents, _ in others])
        with_rest = self._scores.take(rest)
        with_rest += np.concatenate([gained for _, gained in others])
        np.add.at(self._scores, *longest)
        np.maximum.at(self._scores, rest, with_rest)

    def _contending(self, left: float, longest: float = np.inf) -> Documents | None:
        """Return the documents that can still get in.

        None if these may be any, or too many to look them up in a list as long as the longest.
        """
        if self._contenders is not None:
            scores = self._scores[self._contenders]
            kept: Documents = self._contenders[scores >= edge(scores, self._limit) - left]
            return kept
        groups = self._grouped.shape[1]
        if self._given <= left or groups < self._limit:
            return None
        best_of_each = self._grouped.max(axis=0)
        enough = edge(best_of_each, self._limit) - left
        if enough <= 0:
            return None
        chosen = np.flatnonzero(best_of_each >= enough)
        if chosen.size * self._lookup > longest:
            return None
        rows, columns = np.divmod(np.flatnonzero(self._grouped[:, chosen] >= enough), chosen.size)
        if rows.size * self._lookup > longest:
            return None
        found: Documents = rows * groups + chosen[columns]
        return found
