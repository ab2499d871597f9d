"""Measure one collection: all systems get the same queries, in one process."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kbsearch.runtime.server import collect_seldom
from kbsearch.search.results import RESULTS_LIMIT
from kbsearch.services.knowledge_base import KnowledgeBase
from measuring.dataset import CLEAN, NOISY, Dataset
from measuring.knowledge_base import opened, plan_of, snapshot
from measuring.peers.ours import OurRankings
from measuring.relevance.losses import lost, rank_of
from measuring.relevance.rivals import Rivals, measure_rivals
from measuring.relevance.scores import QueryScores, Ranking, score
from measuring.relevance.workloads import Workload, read_workload

_FIRST = 3
"""Plain hits that tolerance may move, but not out of what a person reads."""


@dataclass(frozen=True, slots=True)
class RelevanceOptions:
    """What the person who measures chose; `scripts/relevance --help` explains each."""

    collections: Sequence[tuple[Dataset, Path]]
    only: str | None
    workloads: tuple[str, ...]
    first: int | None
    errors: int
    json: Path | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A workload of a collection, and what each system made of it.

    ours     with tolerance, of the text as it is typed.
    plain    ours without tolerance, of what was meant.
    seconds  each new text took, with tolerance.
    gone     a line for each query whose plain first three are not all in the tolerant first ten.
    losses   the lines of each query that only its misspelling keeps from its ticket.
    """

    workload: Workload
    ours: QueryScores
    plain: QueryScores
    seconds: Sequence[float] = ()
    gone: Sequence[str] = ()
    losses: Sequence[str] = ()
    rivals: Rivals = field(default_factory=dict)


def measure(dataset: Dataset, home: Path, options: RelevanceOptions) -> list[Measured]:
    """Measure the workloads that the collection has.

    Raises IndexMissing or IndexOutdated if `home` cannot be searched.
    """
    names = [name for name in options.workloads if (dataset.folder / "queries" / name).is_dir()]
    workloads = [read_workload(dataset, name, options.first) for name in names]
    collect_seldom()
    with opened(home) as kb:
        ours = OurRankings(kb)
        found = [_measured(kb, ours, workload, options.errors) for workload in workloads]
    if options.only:
        return found
    rivals = measure_rivals(dataset, workloads, [one.ours for one in found])
    return [replace(one, rivals=theirs) for one, theirs in zip(found, rivals, strict=True)]


def gone(workload: Workload, typed: Sequence[Ranking], plain: Sequence[Ranking]) -> Iterator[str]:
    """Yield a line for each query where tolerance drove hits out that have its words as typed."""
    for query, tolerant, exact in zip(workload.queries, typed, plain, strict=True):
        first = enumerate(exact[:_FIRST], start=1)
        hits = [f"{rank} ({reference})" for rank, reference in first if reference not in tolerant]
        if hits:
            yield f"{workload} {query.qid}, without {', '.join(hits)}: {query.text}"


def _measured(kb: KnowledgeBase, ours: OurRankings, workload: Workload, errors: int) -> Measured:
    print(f"{workload}: ours", file=sys.stderr, flush=True)
    queries, kinds = workload.queries, workload.kinds
    typed, seconds = ours.of([query.text for query in queries], kinds, tolerant=True)
    plain, _ = ours.of([query.meant for query in queries], kinds, tolerant=False)
    losses = _losses(kb, ours, workload, typed, plain) if workload.name in NOISY else ()
    return Measured(
        workload=workload,
        ours=score(queries, typed),
        plain=score(queries, plain),
        seconds=seconds,
        gone=list(gone(workload, typed, plain)) if workload.name in CLEAN else (),
        losses=list(islice(losses, errors)),
    )


def _losses(
    kb: KnowledgeBase,
    ours: OurRankings,
    workload: Workload,
    typed: Sequence[Ranking],
    plain: Sequence[Ranking],
) -> Iterator[str]:
    """Yield the queries whose ticket is in the plain first ten, but not in the tolerant ones."""
    index = snapshot(kb)
    for query, tolerant, exact in zip(workload.queries, typed, plain, strict=True):
        before = rank_of(query, exact)
        if before and rank_of(query, tolerant) is None:
            far = ours.ranking(query.text, workload.kinds, tolerant=True, limit=RESULTS_LIMIT)
            clauses = plan_of(index, query.text, tolerant=True).clauses
            yield "\n".join(lost(workload, query, before, rank_of(query, far), clauses))
