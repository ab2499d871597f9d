"""Measure part `http`: full JSON answers of `kbsearch serve`, asked by another process."""

from itertools import cycle, islice

from measuring.knowledge_base import prepared, serving
from measuring.processes import apart
from measuring.speed.load import Load, load
from measuring.speed.options import SpeedOptions
from measuring.speed.timing import median_latency
from measuring.table import Table

_WORKERS = 2
_HELD = 0.1
"""Seconds that p95 may take for a rate to count as held."""
_NOTE = (
    "The clock starts when a request is due; the moments are random. The client is a process of its"
    ' own on the same cores; "late" is the most by which it was itself late.'
)
_WARMING = 100
"""Requests, and how many of them a second, before the first that is measured."""


def measure(options: SpeedOptions) -> list[Table]:
    """Return a row for each rate, up to the first that is not held."""
    prepared(options.home, options.collection.file)
    rows, held = [], 0
    texts = cycle(options.collection.texts())
    with serving(options.home, _WORKERS) as server:

        def asked(count: int, rate: float) -> Load:
            return apart(load, server.host, server.port, list(islice(texts, count)), rate)

        asked(_WARMING, _WARMING)
        for rate in options.rates:
            count = max(1, round(rate * options.seconds))
            loads = [asked(count, rate) for _ in range(options.runs)]
            took = median_latency([one.seconds for one in loads])
            failed = sum(one.failed for one in loads)
            late = 1000 * max(one.late for one in loads)
            rows.append((f"{rate}/s", count, took.p50, took.p95, took.p99, failed, late))
            if failed or took.p95 > 1000 * _HELD:
                break
            held = rate
    notes = [f"Highest rate held with p95 under {1000 * _HELD:.0f} ms: {held}/s.", _NOTE]
    columns = ("rate", "requests a run", "p50", "p95", "p99", "failed", "late")
    title = f"JSON answers over HTTP, {_WORKERS} worker processes (ms)"
    return [Table(title, columns, rows, notes)]
