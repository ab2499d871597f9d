"""Part `scoring`: ours beside its peers, in one process, in turns."""

from collections.abc import Mapping, Sequence
from itertools import islice

from benchmark.desk import OURS, opened, prepared, systems
from benchmark.figures import Table, median_latency, ratio
from benchmark.options import Options
from benchmark.peers import registry, whoosh_shipped
from benchmark.processes import apart
from benchmark.systems import Seconds, System, interleaved
from kbsearch.evaluation.latency import Latency
from kbsearch.runtime.server import collect_seldom

_AT = ("p50", "p95")
WORKLOADS = ("knownitem", "misspelt")
_WARMING = 200
"""Queries of each workload that only warm up; nobody is measured on them."""


def measure(options: Options) -> list[Table]:
    """Return two tables for each workload: the times, and ours divided by theirs."""
    prepared(options.home, options.collection.file)
    apart(build_peers, options)
    runs = [apart(one_run, options, number) for number in range(options.runs)]
    tables = []
    for workload in WORKLOADS:
        counts = {name: len(seconds) for name, seconds in runs[0][workload].items()}
        found = {name: median_latency([run[workload][name] for run in runs]) for name in counts}
        tables += [_times(workload, found, counts), _ratios(workload, found)]
    return [*tables, apart(shipped, options)]


def build_peers(options: Options) -> None:
    """Build the indexes that are missing, so that no run does."""
    registry.installed(options.collection, options.work / "peers")


def one_run(options: Options, number: int) -> dict[str, Seconds]:
    """Ask everybody everything once: workload -> how long it took.

    Garbage is collected as a server of ours does it.
    """
    found = {}
    collect_seldom()
    with opened(options.home) as kb:
        ours = systems(kb, number)
        asked = [*ours, *registry.installed(options.collection, options.work / "peers")]
        for workload in WORKLOADS:
            texts = options.collection.queries(workload)[: options.queries]
            warming = min(_WARMING, len(texts) // 2)
            interleaved(asked, texts[:warming])
            warm_up(ours, texts[:warming])
            found[workload] = interleaved(asked, texts[warming:])
    return found


def warm_up(ours: Sequence[System], texts: Sequence[str]) -> None:
    """Ask each of ours every query, where otherwise they share them out."""
    for system in ours:
        for text in texts:
            system.ready(text)()


def shipped(options: Options) -> Table:
    """Measure Whoosh as it ships on a small sample."""
    folder = options.work / "peers" / f"whoosh_shipped-{options.sample}"
    folder.mkdir(parents=True, exist_ok=True)
    asked = whoosh_shipped.systems(islice(options.collection.texts(), options.sample), folder)
    rows = []
    for workload in WORKLOADS:
        texts = options.collection.queries(workload)[: options.queries : 5]
        warming = min(_WARMING, len(texts) // 2)
        interleaved(asked, texts[:warming])
        for seconds in interleaved(asked, texts[warming:]).values():
            took = median_latency([seconds])
            rows.append((workload, len(seconds), took.p50, took.p95, took.p99))
    title = f"Whoosh as shipped, ANOTHER SIZE: the first {options.sample:,} tickets only (ms)"
    return Table(title, ("workload", "queries", "p50", "p95", "p99"), rows)


def _times(workload: str, found: Mapping[str, Latency], counts: Mapping[str, int]) -> Table:
    rows = [
        (name, counts[name], took.p50, took.p95, took.p99, took.mean)
        for name, took in found.items()
    ]
    columns = ("system", "queries a run", "p50", "p95", "p99", "mean")
    absent = registry.missing()
    notes = [f"Not measured, as not installed: {', '.join(absent)}."] if absent else []
    return Table(f"{workload}: ten ids of a query (ms)", columns, rows, notes)


def _ratios(workload: str, found: Mapping[str, Latency]) -> Table:
    """Divide the p50 and p95 of each of ours by those of each peer."""
    rows = [
        (peer, *(ratio(getattr(found[name], at), getattr(took, at)) for name in OURS for at in _AT))
        for peer, took in found.items()
        if peer not in OURS
    ]
    columns = ("peer", "plain 50", "95", "tolerant 50", "95", "whole 50", "95")
    title = f"{workload}: p50 and p95 of ours over those of each peer; below 1 ours is faster"
    return Table(title, columns, rows)
