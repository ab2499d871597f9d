"""What still goes wrong: queries that only their misspelling keeps from their ticket."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbsearch.engines.plan import Clause, Reading
from kbsearch.inverted.field import Field
from quality_measure.workloads import Query


@dataclass(frozen=True, slots=True)
class Loss:
    """A query whose ticket stands in the first ten for what was meant, but not as it is typed.

    before   rank for what was meant, with tolerance off.
    now      rank as it is typed, None if it is further down than anybody can look.
    clauses  how its wrong words were read.
    """

    workload: str
    query: Query
    before: int
    now: int | None
    clauses: tuple[Clause, ...]

    def lines(self) -> Iterator[str]:
        """Yield the loss as it is printed."""
        rank = f"rank {self.now}" if self.now else "nowhere"
        yield f"{self.workload} {self.query.qid}: {rank}, was {self.before}"
        yield f"  typed  {self.query.text}"
        changes = ", ".join(
            f"{one.word}, not {one.replacement} (edits: {one.edits}, {'+'.join(one.sources)})"
            for one in self.query.changes
        )
        yield f"  meant  {changes}"
        for clause in self.clauses:
            yield f"  {clause.word}: {', '.join(map(_told, clause.readings))}"


def rank_of(query: Query, ranking: Sequence[str]) -> int | None:
    """Return the rank of the first relevant ticket, None if there is none."""
    ranks = (rank for rank, one in enumerate(ranking, start=1) if query.labels.get(one, 0) > 0)
    return next(ranks, None)


def wrong(query: Query, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses of the words that were replaced; all of them if none is recognised."""
    typed = {word for change in query.changes for word in _words(change.replacement)}
    return tuple(clause for clause in clauses if typed & _words(clause.word)) or tuple(clauses)


def _told(reading: Reading) -> str:
    """Return a reading with its weight; what only sounds alike is known by its key."""
    spelt = " ".join(reading.terms) if reading.field is Field.SOUND else reading.word
    return f"{spelt} {reading.kind} {reading.weight:.2f}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
