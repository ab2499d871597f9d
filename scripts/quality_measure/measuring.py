"""Measure one collection: everybody is asked the same queries, in one process."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmark.desk import opened
from kbsearch.runtime.server import collect_seldom
from quality_measure.losses import Loss
from quality_measure.ours import Answers, Ours
from quality_measure.rivals import Rivals, measure_rivals
from quality_measure.scores import Ranking, Scores, scores
from quality_measure.workloads import CLEAN, Query, Workload, read_workload

_FIRST = 3
"""Plain hits that tolerance may move, but not out of what a person reads."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who measures chose.

    workloads  names, in the order of the tables.
    first      so many queries of each workload, None for all.
    errors     so many losses of each workload.
    rivals     whether other systems are asked too.
    """

    workloads: tuple[str, ...]
    first: int | None
    errors: int
    rivals: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A query whose plain first three are not all in the tolerant first ten.

    hits  rank -> reference of those that are not.
    """

    workload: str
    query: Query
    hits: Mapping[int, str]

    def line(self) -> str:
        """Return it as it is printed."""
        hits = ", ".join(f"{rank} ({reference})" for rank, reference in self.hits.items())
        return f"{self.workload} {self.query.qid}, without {hits}: {self.query.text}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A workload of a collection, and what everybody made of it.

    ours     with tolerance, of the text as it is typed.
    plain    ours without tolerance, of what was meant.
    seconds  each new text took, with tolerance.
    """

    workload: Workload
    ours: Scores
    plain: Scores
    seconds: Sequence[float]
    gone: Sequence[Gone]
    losses: Sequence[Loss]
    rivals: Rivals


def measure(collection: Path, home: Path, options: Options) -> list[Measured]:
    """Measure the workloads that the collection has.

    Raises IndexMissing or IndexOutdated if `home` cannot be searched.
    """
    names = [name for name in options.workloads if (collection / "queries" / name).is_dir()]
    workloads = [read_workload(collection, name, options.first) for name in names]
    collect_seldom()
    with opened(home) as kb:
        ours = Ours(kb)
        found = [_measured(ours, workload, options.errors) for workload in workloads]
    if not options.rivals:
        return found
    rivals = measure_rivals(collection, workloads, [one.ours for one in found])
    return [replace(one, rivals=theirs) for one, theirs in zip(found, rivals, strict=True)]


def gone(workload: Workload, answers: Answers) -> list[Gone]:
    """Return the queries where tolerance drove hits out: each plain hit has a word as typed."""
    name = f"{workload.collection} {workload.name}"
    asked = zip(workload.queries, answers.typed, answers.plain, strict=True)
    found = [
        Gone(name, query, {rank: one for rank, one in _exact(plain) if one not in typed})
        for query, typed, plain in asked
    ]
    return [one for one in found if one.hits]


def _exact(plain: Ranking) -> Iterable[tuple[int, str]]:
    return enumerate(plain[:_FIRST], start=1)


def _measured(ours: Ours, workload: Workload, errors: int) -> Measured:
    print(f"{workload.collection} {workload.name}: ours", file=sys.stderr, flush=True)
    answers = ours.answers(workload)
    return Measured(
        workload=workload,
        ours=scores(workload.queries, answers.typed),
        plain=scores(workload.queries, answers.plain),
        seconds=answers.seconds,
        gone=gone(workload, answers) if workload.name in CLEAN else (),
        losses=ours.losses(workload, answers, errors),
        rivals={},
    )
