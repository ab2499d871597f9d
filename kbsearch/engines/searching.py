"""Answer a plan from segments of arrays; every embedded engine searches through here."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import Clause, Field, Filters, Found, Plan, Reading, Scored
from kbsearch.engines.postings import Documents, Mask
from kbsearch.engines.scoring import (
    SATURATION,
    Floats,
    WeightedPostings,
    best,
    idf,
    norms,
    saturated,
)
from kbsearch.engines.segments import Lookups, Part, Segment
from kbsearch.engines.tally import LOOKUP, Tally

_ROUNDING = 1e-5
"""What sums of float32 may be wrong by, as a part of the greatest score that a plan can give."""


class _Word(NamedTuple):
    """A word of a plan: its place, what each reading gives at most, and the greatest of that."""

    number: int
    readings: tuple[Reading, ...]
    worths: tuple[float, ...]
    bound: float


class Collection:
    """Segments as one: their documents are numbered through and share their statistics."""

    def __init__(
        self,
        segments: Sequence[Segment],
        *,
        clock: Callable[[], float] = time.monotonic,
        lookup: float = LOOKUP,
    ) -> None:
        """Count what is alive; `segments` must not change afterwards.

        clock   what a deadline is read by.
        lookup  from when on postings are looked up, see `Tally`; the answers are the same.
        """
        held = [segment for segment in segments if segment.ids.size]
        bases = accumulate((segment.ids.size for segment in held), initial=0)
        self._parts = [
            Part(segment, base, bool(segment.alive.all()))
            for segment, base in zip(held, bases, strict=False)
        ]
        self._ids = _joined((segment.ids for segment in held), np.int64)
        self._alive = _joined((segment.alive for segment in held), np.bool_)
        self._known_norms: dict[Field, Floats] = {}
        self._clock = clock
        self._lookup = lookup
        self.documents = int(np.count_nonzero(self._alive))

    def matching(self, field: Field, term: str) -> int:
        """Return how many documents that are alive hold a term."""
        return Lookups(self._parts).matching(field, term)

    def search(
        self, plan: Plan, limit: int, deadline: float | None = None, *, explain: bool = False
    ) -> Found:
        """Return the best tickets of all segments; without any word, the newest.

        deadline  once the clock (`time.monotonic`) has reached it, no further word is scored: those
                  that can give most have been, one at least, and make a partial answer.
        explain   also return what each clause of the plan gave to each ticket.
        """
        lookups = Lookups(self._parts)
        allowed = self._allowed(plan, lookups)
        if not plan.clauses:
            return self._newest(allowed, limit)
        words = self._words(plan, lookups)
        left = sum(word.bound for word in words) * (1 + _ROUNDING)
        tally = Tally(allowed, limit, self._lookup)
        partial = False
        scored: dict[int, list[WeightedPostings]] = {}
        for word in words:
            partial = bool(scored) and deadline is not None and self._clock() >= deadline
            if partial:
                break
            readings = scored[word.number] = self._weigh(word, lookups)
            tally.add(readings, left)
            left -= word.bound
        documents, scores = tally.ranked(self._ids, left)
        shares: list[list[float]] = [[]] * documents.size
        if explain:
            shares = _shares(documents, scored, len(plan.clauses)).tolist()
        rows = zip(self._ids[documents].tolist(), scores.tolist(), map(tuple, shares), strict=True)
        return Found(tuple(Scored(*row) for row in rows)[:limit], tally.total, partial)

    def _words(self, plan: Plan, lookups: Lookups) -> list[_Word]:
        """Return the words that anything holds, those that can give most first."""
        words = [self._word(*numbered, lookups) for numbered in enumerate(plan.clauses)]
        return sorted((word for word in words if word.bound), key=lambda word: -word.bound)

    def _word(self, number: int, clause: Clause, lookups: Lookups) -> _Word:
        value = self._idf(clause, lookups)
        worths = tuple(
            reading.weight * value * (SATURATION[reading.field].k1 + 1)
            for reading in clause.readings
        )
        return _Word(number, clause.readings, worths, max(worths, default=0.0))

    def _idf(self, clause: Clause, lookups: Lookups) -> float:
        """Return the idf that all readings of a word share: that of the likeliest found."""
        for reading in clause.readings:
            counts = [lookups.matching(reading.field, term) for term in reading.terms]
            if min(counts):
                return idf(self.documents, min(counts))
        return 0.0

    def _weigh(self, word: _Word, lookups: Lookups) -> list[WeightedPostings]:
        """Return the readings of a word that any document holds."""
        found = (
            WeightedPostings(lookups.reading(reading), worth, self._norms(reading.field))
            for reading, worth in zip(word.readings, word.worths, strict=True)
            if worth
        )
        return [reading for reading in found if reading.postings.size]

    def _norms(self, field: Field) -> Floats:
        found = self._known_norms.get(field)
        if found is None:
            lengths = _joined([part.segment.lengths(field) for part in self._parts], np.float32)
            total = float(lengths.sum(where=self._alive, dtype=np.float64))
            average = total / max(self.documents, 1) or 1.0
            found = self._known_norms[field] = norms(lengths, average, SATURATION[field])
        return found

    def _allowed(self, plan: Plan, lookups: Lookups) -> Mask:
        allowed = self._alive.copy()
        if plan.filters != Filters():
            for part in self._parts:
                passing = part.segment.passing(plan.filters)
                if passing is not None:
                    allowed[part.base : part.base + passing.size] &= passing
        for phrase in plan.required:
            holding = np.zeros_like(allowed)
            holding[lookups.holding(phrase.terms)] = True
            allowed &= holding
        for phrase in plan.excluded:
            allowed[lookups.holding(phrase.terms)] = False
        return allowed

    def _newest(self, allowed: Mask, limit: int) -> Found:
        kept = np.flatnonzero(allowed)
        created = _joined([part.segment.created() for part in self._parts], np.int64)[kept]
        first = best(created, self._ids[kept], limit)
        ids = self._ids[kept[first]].tolist()
        return Found(tuple(Scored(ticket_id, 0.0) for ticket_id in ids), kept.size)


def _shares(
    documents: Documents, scored: Mapping[int, list[WeightedPostings]], words: int
) -> Floats:
    """Return what each word gave to each document, shape (documents, words).

    scored  the readings of the words, by the word's number.
    """
    given = np.zeros((documents.size, words), np.float32)
    order = np.argsort(documents)
    ascending = documents[order]
    columns, worths, places, weights, below = [], [], [], [], []
    for number, readings in scored.items():
        for postings, worth, norms_of_all in readings:
            held = postings.among(ascending)
            columns += [number] * held.size
            worths += [worth] * held.size
            places.append(held.documents)
            weights.append(held.weights)
            below.append(norms_of_all[held.documents])
    if columns:
        held_by = np.concatenate(places)
        gained = saturated(np.concatenate(weights), np.concatenate(below))
        gained *= np.array(worths, np.float32)
        rows = order[ascending.searchsorted(held_by)]
        np.maximum.at(given, (rows, np.array(columns)), gained)
    return given


def _joined(arrays: Iterable[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """Return arrays as one, a single one as it is."""
    found = list(arrays)
    if len(found) == 1:
        return found[0]
    return np.concatenate(found) if found else np.empty(0, kind)
