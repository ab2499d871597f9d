"""Measure part `scoring`: ours and its peers, in one process, in turns."""

from collections.abc import Mapping
from itertools import islice

from kbsearch.evaluation.latency import Latency
from kbsearch.runtime.server import collect_seldom
from measuring.knowledge_base import opened, prepared
from measuring.peers import ours, registry, whoosh_index
from measuring.peers.ours import OURS
from measuring.processes import apart
from measuring.speed.options import SpeedOptions
from measuring.speed.timing import Seconds, interleaved, median_latency, ratio
from measuring.table import Table

_AT = ("p50", "p95")
WORKLOADS = ("knownitem", "misspelt")
_WARMING = 200
"""Queries of each workload that only warm up; no system is measured on them."""


def measure(options: SpeedOptions) -> list[Table]:
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


def build_peers(options: SpeedOptions) -> None:
    """Build the indexes that are missing, so that no run does."""
    list(registry.installed("timed", options.collection, options.work / "peers"))


def one_run(options: SpeedOptions, number: int) -> dict[str, Seconds]:
    """Ask every system everything once: workload -> how long it took.

    Garbage is collected as a server of ours does it. Ours share the queries out among them, so each
    of them gets every warming query before the others warm up, too.
    """
    found = {}
    collect_seldom()
    with opened(options.home) as kb:
        mine = ours.timed(kb, number)
        peers = registry.installed("timed", options.collection, options.work / "peers")
        asked = [*mine, *peers]
        for workload in WORKLOADS:
            texts = options.collection.texts(workload, most=options.queries)
            for text in texts[: min(_WARMING, len(texts) // 2)]:
                for system in mine:
                    system.answer(text)
            found[workload] = interleaved(asked, texts, _WARMING)
    return found


def shipped(options: SpeedOptions) -> Table:
    """Measure Whoosh as it ships on a small sample."""
    folder = options.work / "peers" / f"whoosh_shipped-{options.sample}"
    folder.mkdir(parents=True, exist_ok=True)
    system = whoosh_index.timed(islice(options.collection.tickets(), options.sample), folder)
    rows = []
    for workload in WORKLOADS:
        texts = options.collection.texts(workload, most=options.queries)[::5]
        [seconds] = interleaved([system], texts, _WARMING).values()
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
    return Table(f"{workload}: ten ids of a query (ms)", columns, rows, registry.missing_note())


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
