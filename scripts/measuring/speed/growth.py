"""Measure part `growth`: how times and the postings that are read grow with the collection."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.evaluation.latency import percentile
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind
from measuring.knowledge_base import opened, plan_of, prepared, snapshot
from measuring.peers import ours
from measuring.processes import apart
from measuring.speed.options import SpeedOptions
from measuring.speed.scoring import WORKLOADS
from measuring.speed.shuffled import write_shuffled
from measuring.speed.timing import Seconds, interleaved, median_latency, ratio
from measuring.table import Rows, Table

_WARMING = 100
_BASE = 40_000
"""The size that growth is relative to, if it is measured; otherwise the first."""
_COLUMNS = ("plain", "tolerant", "whole", "postings, plain", "postings, tolerant")
"""The times of ours in their order, then the postings that are read."""


class Size(NamedTuple):
    """What was measured at one size, in the order of the columns: milliseconds, then postings."""

    tickets: int
    p50: list[float]
    p95: list[float]


def measure(options: SpeedOptions) -> list[Table]:
    """Return p50 and p95 at each size, and how p95 grows."""
    folder = options.work / "growth"
    files = apart(write_shuffled, options.collection, options.sizes, folder)
    sizes = [_size(options, *item) for item in files.items()]
    base = next((one for one in sizes if one.tickets == _BASE), sizes[0])
    halves, tails, grown = Rows(), Rows(), Rows()
    for one in sizes:
        halves.append([f"{one.tickets:,}", *one.p50])
        tails.append([f"{one.tickets:,}", *one.p95])
        times = map(ratio, (one.tickets, *one.p95), (base.tickets, *base.p95))
        grown.append([f"{one.tickets:,}", *times])
    return [
        Table("p50 by size (ms; postings)", ("tickets", *_COLUMNS), halves),
        Table("p95 by size (ms; postings)", ("tickets", *_COLUMNS), tails),
        Table(f"p95 over that of {base.tickets:,} tickets", ("tickets", "size", *_COLUMNS), grown),
    ]


def _size(options: SpeedOptions, tickets: int, file: Path) -> Size:
    home = prepared(file.with_name(f"kbsearch-{tickets}"), file)
    runs = [apart(one_run, options, home, number) for number in range(options.runs)]
    took = [median_latency([run[name] for run in runs]) for name in ours.OURS]
    lengths = apart(postings, options, home)
    return Size(
        tickets,
        [*(one.p50 for one in took), *(percentile(counts, 50) for counts in lengths)],
        [*(one.p95 for one in took), *(percentile(counts, 95) for counts in lengths)],
    )


def one_run(options: SpeedOptions, home: Path, number: int) -> Seconds:
    """Ask every query once."""
    with opened(home) as kb:
        return interleaved(ours.timed(kb, number), _texts(options), _WARMING)


def postings(options: SpeedOptions, home: Path) -> tuple[list[int], list[int]]:
    """Return how long the posting lists of each query's terms are: of plain plans, then tolerant.

    A list counts once in a query, whichever readings share it.
    """
    with opened(home) as kb:
        index = snapshot(kb)
        known: dict[tuple[Field, str], int] = {}
        counted: tuple[list[int], list[int]] = ([], [])
        for text in _texts(options):
            for counts, tolerant in zip(counted, (False, True), strict=True):
                terms = set(_terms(plan_of(index, text, tolerant=tolerant)))
                known.update((term, _matching(index, *term)) for term in terms - known.keys())
                counts.append(sum(known[term] for term in terms))
    return counted


def _texts(options: SpeedOptions) -> list[str]:
    return options.collection.texts(*WORKLOADS, most=options.queries)


def _terms(plan: Plan) -> Iterator[tuple[Field, str]]:
    for clause in plan.clauses:
        for reading in clause.readings:
            yield from ((reading.field, term) for term in reading.terms)


def _matching(index: IndexSnapshot, field: Field, term: str) -> int:
    """Return how many tickets hold a term: what a plan of that term alone finds."""
    reading = Reading(ReadingKind.EXACT, (term,), 1.0, term, field=field)
    return index.search(Plan((Clause(term, (reading,)),)), limit=1).total
