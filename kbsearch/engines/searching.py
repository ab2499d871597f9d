"""Answer a plan from segments of arrays; every embedded engine searches through here."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import Clause, Field, Filters, Found, Phrase, Plan, Reading, Scored
from kbsearch.engines.scoring import (
    NOTHING,
    SATURATION,
    Documents,
    Floats,
    Mask,
    Postings,
    WeightedPostings,
    add_word,
    among,
    best,
    idf,
    intersect,
    norms,
)


class Segment(Protocol):
    """A part of an index that never changes, but for the documents deleted from it."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ticket id of each document, shape (documents,)."""

    @property
    def alive(self) -> Mask:
        """False where a document was deleted, shape (documents,)."""

    def postings(self, field: Field, term: str) -> Postings:
        """Return the documents that hold a term, deleted ones included."""

    def lengths(self, field: Field) -> Floats:
        """Return the tokens of each document, shape (documents,)."""

    def holding(self, phrase: Phrase) -> Documents:
        """Return the documents in which these terms stand side by side."""

    def passing(self, filters: Filters) -> Mask | None:
        """Return which documents the filters let pass, None where they let all."""

    def created(self) -> NDArray[np.int64]:
        """Return when each ticket was created, seconds since 1970, far below 0 if unknown."""


class Collection:
    """Segments with the statistics that all of them share."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Count what is alive; `segments` must not change afterwards."""
        self._segments = segments
        self.documents = int(sum(np.count_nonzero(segment.alive) for segment in segments))
        self._norms = {field: self._all_norms(field) for field in Field}

    def matching(self, field: Field, term: str) -> int:
        """Return how many documents that are alive hold a term."""
        return sum(
            int(np.count_nonzero(segment.alive[segment.postings(field, term).documents]))
            for segment in self._segments
        )

    def search(self, plan: Plan, limit: int) -> Found:
        """Return the best tickets of all segments; without any word, the newest."""
        worth = [self._idf(clause) for clause in plan.clauses]
        ids, scores = [], []
        for number in range(len(self._segments)):
            segment_ids, segment_scores = self._search_segment(number, plan, worth)
            ids.append(segment_ids)
            scores.append(segment_scores)
        if not ids:
            return Found((), 0)
        all_ids, all_scores = np.concatenate(ids), np.concatenate(scores)
        top_ids, top_scores = best(all_scores, all_ids, limit)
        if not plan.clauses:
            top_scores = np.zeros_like(top_scores)
        pairs = zip(top_ids.tolist(), top_scores.tolist(), strict=True)
        return Found(tuple(Scored(*pair) for pair in pairs), int(all_ids.size))

    def shares(self, plan: Plan, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """Return what each clause of a plan gives to each ticket, 0 to one that is gone."""
        found = {ticket_id: [0.0] * len(plan.clauses) for ticket_id in ids}
        places = [self._places(segment, ids) for segment in self._segments]
        for which, clause in enumerate(plan.clauses):
            worth = self._idf(clause)
            for number, place in enumerate(places):
                gains = np.zeros(self._segments[number].ids.size, np.float32)
                self._add(gains, number, clause, worth)
                for ticket_id, document in place.items():
                    found[ticket_id][which] = float(gains[document])
        return {ticket_id: tuple(gains) for ticket_id, gains in found.items()}

    def _all_norms(self, field: Field) -> list[Floats]:
        lengths = [segment.lengths(field) for segment in self._segments]
        total = sum(
            float(found[segment.alive].sum())
            for found, segment in zip(lengths, self._segments, strict=True)
        )
        average = total / max(self.documents, 1) or 1.0
        return [norms(found, average, SATURATION[field]) for found in lengths]

    def _idf(self, clause: Clause) -> float:
        """Return the idf that all readings of a word share: that of the likeliest found."""
        for reading in clause.readings:
            counts = [self.matching(reading.field, term) for term in reading.terms]
            if min(counts):
                return idf(self.documents, min(counts))
        return 0.0

    def _search_segment(
        self, number: int, plan: Plan, worth: list[float]
    ) -> tuple[NDArray[np.int64], Floats]:
        segment = self._segments[number]
        scores = np.zeros(segment.ids.size, np.float32)
        for clause, value in zip(plan.clauses, worth, strict=True):
            self._add(scores, number, clause, value)
        allowed = self._allowed(segment, plan)
        if plan.clauses:
            allowed &= scores > 0
        else:
            scores = segment.created().astype(np.float32)
        kept = np.flatnonzero(allowed)
        return segment.ids[kept], scores[kept]

    def _add(self, scores: Floats, number: int, clause: Clause, worth: float) -> None:
        """Add what a clause gives to each document of a segment."""
        readings = [self._weigh(number, reading) for reading in clause.readings]
        add_word(scores, readings, worth, SATURATION[Field.TEXT].k1)

    @staticmethod
    def _places(segment: Segment, ids: Sequence[int]) -> dict[int, int]:
        """Return the document of each of these tickets that a segment holds."""
        wanted = np.flatnonzero(np.isin(segment.ids, ids) & segment.alive)
        return {int(segment.ids[document]): int(document) for document in wanted}

    def _weigh(self, number: int, reading: Reading) -> WeightedPostings:
        segment = self._segments[number]
        found = [segment.postings(reading.field, term) for term in reading.terms]
        together = intersect(found) if found else NOTHING
        if len(found) > 1 and not reading.apart and together.documents.size:
            together = among(together, segment.holding(Phrase(reading.terms)))
        return WeightedPostings(together, reading.weight, self._norms[reading.field][number])

    def _allowed(self, segment: Segment, plan: Plan) -> Mask:
        allowed = segment.alive.copy()
        passing = segment.passing(plan.filters)
        if passing is not None:
            allowed &= passing
        for phrase in plan.required:
            holding = np.zeros_like(allowed)
            holding[segment.holding(phrase)] = True
            allowed &= holding
        for phrase in plan.excluded:
            allowed[segment.holding(phrase)] = False
        return allowed
