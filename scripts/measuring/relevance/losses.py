"""Find what still goes wrong: queries that only their misspelling keeps from their ticket."""

import re
from collections.abc import Iterator, Sequence

from kbsearch.engines.plan import Clause, Reading
from measuring.relevance.scores import Ranking
from measuring.relevance.workloads import LabelledQuery, Workload


def rank_of(query: LabelledQuery, ranking: Ranking) -> int | None:
    """Return the rank of the first relevant ticket, None if there is none."""
    ranks = (rank for rank, one in enumerate(ranking, start=1) if query.labels.get(one, 0) > 0)
    return next(ranks, None)


def lost(
    workload: Workload,
    query: LabelledQuery,
    before: int,
    now: int | None,
    clauses: Sequence[Clause],
) -> Iterator[str]:
    """Yield the lines of a query that finds its ticket as it was meant, but not as it is typed.

    before   rank for what was meant, with tolerance off.
    now      rank as it is typed, None if it is not among the hits.
    clauses  how its words were read.
    """
    yield f"{workload} {query.qid}: {f'rank {now}' if now else 'nowhere'}, was {before}"
    yield f"  typed  {query.text}"
    changes = ", ".join(
        f"{one.word}, not {one.replacement} (edits: {one.edits}, {'+'.join(one.sources)})"
        for one in query.changes
    )
    yield f"  meant  {changes}"
    for clause in _wrong(query, clauses):
        yield f"  {clause.word}: {', '.join(map(_described, clause.readings))}"


def _wrong(query: LabelledQuery, clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Return the clauses of the words that were replaced; all of them if none is recognised."""
    typed = {word for change in query.changes for word in _words(change.replacement)}
    return [clause for clause in clauses if typed & _words(clause.word)] or clauses


def _described(reading: Reading) -> str:
    """Return a reading with its weight."""
    return f"{reading.word} {reading.kind} {reading.weight:.2f}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
