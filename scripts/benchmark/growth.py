"""Part `growth`: how times grow with the collection, beside the postings that are touched."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmark.desk import OURS, opened, plan_of, prepared, snapshot, systems
from benchmark.figures import Cell, Table, median_latency, ratio
from benchmark.growing import write_shuffled
from benchmark.options import Options
from benchmark.processes import apart
from benchmark.side_by_side import WORKLOADS
from benchmark.systems import Seconds, interleaved
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.plan import Clause, Plan, Reading
from kbsearch.evaluation.latency import percentile
from kbsearch.inverted.field import Field
from kbsearch.records.reading_kind import ReadingKind

_WARMING = 100
_BASE = 40_000
"""The size that growth is told from, where it is one of those that are measured."""
_COLUMNS = ("plain", "tolerant", "whole", "postings, plain", "postings, tolerant")
"""The times of ours in their order, then what is touched."""


class Size(NamedTuple):
    """What was measured at one size, in the order of the columns: milliseconds, then postings."""

    tickets: int
    p50: list[float]
    p95: list[float]


def measure(options: Options) -> list[Table]:
    """Return p50 and p95 at each size, and how p95 grows."""
    folder = options.work / "growth"
    files = apart(write_shuffled, options.collection, options.sizes, folder)
    sizes = [_size(options, *item) for item in files.items()]
    base = next((one for one in sizes if one.tickets == _BASE), sizes[0])
    halves, tails, grown = [], [], []
    for one in sizes:
        name: list[Cell] = [f"{one.tickets:,}"]
        halves.append([*name, *one.p50])
        tails.append([*name, *one.p95])
        grown.append([*name, *map(ratio, (one.tickets, *one.p95), (base.tickets, *base.p95))])
    return [
        Table("p50 by size (ms; postings)", ("tickets", *_COLUMNS), halves),
        Table("p95 by size (ms; postings)", ("tickets", *_COLUMNS), tails),
        Table(f"p95 over that of {base.tickets:,} tickets", ("tickets", "size", *_COLUMNS), grown),
    ]


def _size(options: Options, tickets: int, file: Path) -> Size:
    home = prepared(file.with_name(f"kbsearch-{tickets}"), file)
    runs = [apart(one_run, options, home, number) for number in range(options.runs)]
    took = [median_latency([run[name] for run in runs]) for name in OURS]
    touched = apart(postings, options, home)
    return Size(
        tickets,
        [*(one.p50 for one in took), *(percentile(counts, 50) for counts in touched)],
        [*(one.p95 for one in took), *(percentile(counts, 95) for counts in touched)],
    )


def one_run(options: Options, home: Path, number: int) -> Seconds:
    """Ask every query once."""
    texts = _texts(options)
    warming = min(_WARMING, len(texts) // 2)
    with opened(home) as kb:
        asked = systems(kb, number)
        interleaved(asked, texts[:warming])
        return interleaved(asked, texts[warming:])


def postings(options: Options, home: Path) -> tuple[list[int], list[int]]:
    """Return how many documents the lists of each query's terms name: plain plans, tolerant ones.

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


def _texts(options: Options) -> list[str]:
    """Return the queries of the workloads, one of each in turn."""
    queries = [options.collection.queries(name)[: options.queries] for name in WORKLOADS]
    return list(dict.fromkeys(text for pair in zip(*queries, strict=False) for text in pair))


def _terms(plan: Plan) -> Iterator[tuple[Field, str]]:
    for clause in plan.clauses:
        for reading in clause.readings:
            yield from ((reading.field, term) for term in reading.terms)


def _matching(index: IndexSnapshot, field: Field, term: str) -> int:
    """Return how many tickets hold a term: what a plan of that term alone finds."""
    reading = Reading(ReadingKind.EXACT, (term,), 1.0, term, "", field)
    return index.search(Plan((Clause(term, (reading,)),)), limit=1).total
