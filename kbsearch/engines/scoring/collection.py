"""Answer a plan from segments of arrays; every embedded engine searches through here."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kbsearch.cache import Cache
from kbsearch.engines.plan import Clause, Phrase, Plan, Reading, ScoredDoc, TopDocs
from kbsearch.engines.scoring.adjacency import pair_gains
from kbsearch.engines.scoring.bm25 import SATURATION, WeightedPostings, best, idf, norms
from kbsearch.engines.scoring.boolean_mask import BooleanMask
from kbsearch.engines.scoring.co_occurrence import lifts, sampled
from kbsearch.engines.scoring.maxscore import LOOKUP, ScoreAccumulator
from kbsearch.engines.scoring.segment_lookup import QueryPostings, Segment, SegmentRange
from kbsearch.engines.scoring.top_docs import CandidateDocs
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import Documents, Floats, Mask
from kbsearch.lexicon.codes import Codes
from kbsearch.records.filters import Filters

_NO_FILTERS = Filters()
_MOVED = 40
"""Documents that pairs and related readings may move: one further down does not get to the top."""
_WEIGHED = 2
"""Solved documents that are weighed for each one that is asked for."""
_TIE_IDF = 2.5
"""The idf at most of what only breaks ties: of a word that a twelfth of the documents hold."""
_SAMPLES_KEPT = 2_000
"""Samples of terms for `lifts`, 4 kB each at most."""
_ROUNDING = 1e-5
"""What sums of float32 may be wrong by, as a part of the greatest score that a plan can give."""


class _Word(NamedTuple):
    """A word of a plan: its place, its idf, and what the best of its readings gives at most."""

    number: int
    clause: Clause
    idf: float
    bound: float


class _Passing(NamedTuple):
    """Which documents filters let pass.

    mask     None where they let all.
    partial  not all segments were looked into.
    """

    mask: Mask | None
    partial: bool = False


class _ByWords(NamedTuple):
    """What the words of a plan find.

    ranked   the best documents, the best first.
    solved   the best of those that say what solved them, more than were asked for.
    scored   the readings of the words, by the word's number.
    tally    what every document scores by them.
    partial  not all of them were looked up.
    """

    ranked: Documents
    solved: Documents
    scored: Mapping[int, list[WeightedPostings]]
    tally: ScoreAccumulator
    partial: bool


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
        lookup  from when on postings are looked up, see `ScoreAccumulator`: no answer differs.
        """
        held = [segment for segment in segments if segment.ids.size]
        bases = accumulate((segment.ids.size for segment in held), initial=0)
        self._parts = [
            SegmentRange(segment, base, int(np.count_nonzero(segment.alive)))
            for segment, base in zip(held, bases, strict=False)
        ]
        self._ids = _joined((segment.ids for segment in held), np.int64)
        self._alive = _joined((segment.alive for segment in held), np.bool_)
        self._known_norms: dict[Field, Floats] = {}
        self._samples: Cache[str, Documents] = Cache(_SAMPLES_KEPT)
        self._clock = clock
        self._lookup = lookup
        self.documents = int(np.count_nonzero(self._alive))

    def term_counter(self) -> Callable[[Field, str], int]:
        """Return what counts the documents alive that hold a term; it keeps no reference to us."""
        parts = self._parts
        return lambda field, term: QueryPostings(parts).matching(field, term)

    def codes(self) -> Codes:
        """Return the codes of all segments; they keep no reference to us."""
        return Codes([part.segment for part in self._parts])

    def counts(self, phrases: Sequence[Phrase]) -> list[int]:
        """Return how many documents that are alive hold each of these phrases."""
        lookups = QueryPostings(self._parts)
        return [self._count(phrase, lookups) for phrase in phrases]

    def _count(self, phrase: Phrase, lookups: QueryPostings) -> int:
        if len(phrase.terms) > 1:
            return int(np.count_nonzero(self._alive[lookups.holding(phrase)]))
        field, term = phrase.field, phrase.terms[0]
        # Most of the codes that are asked for are in no segment.
        held = any(part.segment.count(field, term) for part in self._parts)
        return lookups.matching(field, term) if held else 0

    def lifts(self, terms: Sequence[str], context: Sequence[str]) -> NDArray[np.float64]:
        """Return the lift of each term of the context by each of the terms, see `co_occurrence`."""
        lookups = QueryPostings(self._parts)

        def sample(term: str) -> Documents:
            return self._samples.cached(term, lambda: sampled(lookups.postings(term)))

        return lifts(
            [sample(term) for term in terms],
            [lookups.postings(term) for term in context],
            self._ids.size,
        )

    def search(
        self,
        plan: Plan,
        limit: int,
        deadline: float | None = None,
        *,
        explain: bool = False,
        solved: int = 0,
    ) -> TopDocs:
        """Return the best tickets of all segments; without any word, the newest.

        How rare a word is, is told among the documents that the filters let pass: the name of a
        product tells nothing among its own tickets.

        deadline  once the clock (`time.monotonic`) has reached it, no further word is scored: those
                  that can give most have been, one at least, and make a partial answer. Nor is
                  any further segment looked into for what the filters let pass, nor any further
                  leaf of a boolean tree looked up: it leaves all tickets out that it could.
        explain   also return what each clause and each pair of the plan gave to each ticket.
        solved    how many of the tickets that say what solved them to list apart as well.
        """
        passing = self._passing(plan.filters, deadline)
        lookups = QueryPostings(self._parts, passing.mask)
        allowed, partial = self._allowed(plan, passing, lookups, deadline)
        if not plan.clauses:
            return replace(self._newest(allowed, limit), partial=partial)
        answer = self._by_words(plan, limit, solved, allowed, lookups, deadline)
        candidates = self._candidates(plan, answer, lookups)
        first = self._best(candidates, answer.ranked, limit)
        scored, total = self._scored(candidates, first, explain=explain), answer.tally.total()
        if plan.must is not None:
            allowed[candidates.documents[first]] = False
            scored += self._unscored(plan, allowed, max(limit - first.size, 0), explain=explain)
            total = first.size + int(np.count_nonzero(allowed))
        fixes = self._best(candidates, answer.solved, solved)
        best_fixes = self._scored(candidates, fixes, explain=explain)
        return TopDocs(scored, total, partial=partial or answer.partial, solved=best_fixes)

    def _unscored(
        self, plan: Plan, fulfilling: Mask, limit: int, *, explain: bool
    ) -> tuple[ScoredDoc, ...]:
        """Return the newest of the documents that fulfil a tree without any word of the clauses."""
        shares = (0.0,) * len(plan.clauses) if explain else ()
        together = (0.0,) * len(plan.pairs)
        listed = self._newest(fulfilling, limit).scored
        return tuple(one._replace(shares=shares, together=together) for one in listed)

    def _scored(
        self, found: CandidateDocs, places: NDArray[np.intp], *, explain: bool
    ) -> tuple[ScoredDoc, ...]:
        shares = found.shares[places].tolist() if explain else [()] * places.size
        scores, documents = found.scores[places], found.documents[places]
        if not (scores >= 0).all():  # nor is a NaN
            raise ValueError("a score is no number from 0 on")
        rows = zip(
            self._ids[documents].tolist(),
            scores.tolist(),
            map(tuple, shares),
            map(tuple, found.together[places].tolist()),
            self._solved[documents].tolist(),
            strict=True,
        )
        return tuple(ScoredDoc(*row) for row in rows)

    def _by_words(
        self,
        plan: Plan,
        limit: int,
        solved: int,
        allowed: Mask,
        lookups: QueryPostings,
        deadline: float | None,
    ) -> _ByWords:
        """Return the documents that may be among the best for a plan."""
        words = self._words(plan, lookups)
        left = sum(word.bound for word in words) * (1 + _ROUNDING)
        moved = bool(plan.pairs) or any(clause.related for clause in plan.clauses)
        tally = ScoreAccumulator(allowed, max(limit, _MOVED) if moved else limit, self._lookup)
        partial = False
        scored: dict[int, list[WeightedPostings]] = {}
        for word in words:
            partial = bool(scored) and deadline is not None and self._clock() >= deadline
            if partial:
                break
            readings = self._weigh(word.clause.readings, word.idf, lookups)
            scored[word.number] = readings
            tally.add(readings, left)
            left -= word.bound
        ranked, _ = tally.ranked(self._ids, left)
        fixes = tally.best_among(self._fixes, self._ids, _WEIGHED * solved)
        return _ByWords(ranked, fixes, scored, tally, partial)

    def _candidates(self, plan: Plan, answer: _ByWords, lookups: QueryPostings) -> CandidateDocs:
        """Return what words found, with what is related to them and their pairs scored, too."""
        scored = {**answer.scored}
        for number, clause in enumerate(plan.clauses):
            if clause.related and (number in scored or not clause.readings):
                related = self._weigh(clause.related, self._related_idf(clause, lookups), lookups)
                scored[number] = [*scored.get(number, ()), *related]
        found = CandidateDocs(plan, np.union1d(answer.ranked, answer.solved), scored)
        moved = np.union1d(answer.ranked[:_MOVED], answer.solved)
        found.pair(moved, pair_gains(plan.pairs, moved, lookups, self._norms(Field.TEXT)))
        return found

    def _best(self, found: CandidateDocs, some: Documents, limit: int) -> NDArray[np.intp]:
        """Return the places of the best of some of the documents found, ties by ticket id."""
        places = found.places(some)
        kept: NDArray[np.intp] = places[best(found.scores[places], self._ids[some], limit)]
        return kept

    def _related_idf(self, clause: Clause, lookups: QueryPostings) -> float:
        """Return the idf of what is related to a word, a low one where it only breaks ties."""
        if clause.readings:
            return self._idf(clause.readings, lookups)
        return min(self._idf(clause.related, lookups), _TIE_IDF)

    def _words(self, plan: Plan, lookups: QueryPostings) -> list[_Word]:
        """Return the words that anything holds, those that can give most first."""
        words = [self._word(*numbered, lookups) for numbered in enumerate(plan.clauses)]
        return sorted((word for word in words if word.bound), key=lambda word: -word.bound)

    def _word(self, number: int, clause: Clause, lookups: QueryPostings) -> _Word:
        value = self._idf(clause.readings, lookups)
        bound = max((_worth(reading, value) for reading in clause.readings), default=0.0)
        return _Word(number, clause, value, bound)

    def _idf(self, readings: Sequence[Reading], lookups: QueryPostings) -> float:
        """Return the idf that all readings of a word share: that of the likeliest found."""
        for reading in readings:
            counts = [lookups.matching(reading.field, term) for term in reading.terms]
            if min(counts):
                return idf(lookups.documents, min(counts))
        return 0.0

    def _weigh(
        self, readings: Sequence[Reading], idf: float, lookups: QueryPostings
    ) -> list[WeightedPostings]:
        """Return those readings of a word that any document holds."""
        found = (
            WeightedPostings(lookups.saturated(reading, self._norms(reading.field)), worth)
            for reading in readings
            if (worth := _worth(reading, idf))
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

    def revisions(self) -> dict[int, int]:
        """Return the revision of each ticket that is not deleted, by its id."""
        found = _joined([part.segment.revisions() for part in self._parts], np.int64)
        ids = self._ids[self._alive].tolist()
        return dict(zip(ids, found[self._alive].tolist(), strict=True))

    @cached_property
    def _solved(self) -> Mask:
        """Which documents say what solved them."""
        return _joined([part.segment.solved() for part in self._parts], np.bool_)

    @cached_property
    def _fixes(self) -> Documents:
        """The documents that say what solved them."""
        return np.flatnonzero(self._solved)

    def _passing(self, filters: Filters, deadline: float | None = None) -> _Passing:
        """Return which documents that are alive the filters let pass.

        deadline  once the clock has reached it, no further segment is looked into: nothing of
                  those passes.
        """
        if filters == _NO_FILTERS:
            return _Passing(None)
        found = self._alive.copy()
        for part in self._parts:
            if part.base and deadline is not None and self._clock() >= deadline:
                found[part.base :] = False
                return _Passing(found, partial=True)
            passing = part.segment.passing(filters)
            if passing is not None:
                found[part.base : part.end] &= passing
        return _Passing(found)

    def _allowed(
        self, plan: Plan, passing: _Passing, lookups: QueryPostings, deadline: float | None = None
    ) -> tuple[Mask, bool]:
        """Return which documents a plan lets pass, and whether not everything was looked at."""
        allowed = (self._alive if passing.mask is None else passing.mask).copy()
        for phrase in plan.required:
            holding = np.zeros_like(allowed)
            holding[lookups.holding(phrase)] = True
            allowed &= holding
        for phrase in plan.excluded:
            allowed[lookups.holding(phrase)] = False
        if plan.must is None:
            return allowed, passing.partial
        fulfilling = BooleanMask(
            lookups,
            lambda filters: self._passing(filters).mask,
            allowed.size,
            lambda: deadline is not None and self._clock() >= deadline,
        )
        allowed &= fulfilling.of(plan.must)
        return allowed, passing.partial or fulfilling.partial

    def _newest(self, allowed: Mask, limit: int) -> TopDocs:
        kept = np.flatnonzero(allowed)
        created = _joined([part.segment.created() for part in self._parts], np.int64)[kept]
        first = best(created, self._ids[kept], limit)
        ids = self._ids[kept[first]].tolist()
        return TopDocs(tuple(ScoredDoc(ticket_id, 0.0) for ticket_id in ids), kept.size)


def _worth(reading: Reading, idf: float) -> float:
    """Return what a reading of a word gives to a document at most."""
    return reading.weight * idf * (SATURATION[reading.field].k1 + 1)


def _joined(arrays: Iterable[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """Return arrays as one, a single one as it is."""
    found = list(arrays)
    if len(found) == 1:
        return found[0]
    return np.concatenate(found) if found else np.empty(0, kind)
