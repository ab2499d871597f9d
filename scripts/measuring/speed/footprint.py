"""Measure part `process`: the memory of a serving process, and the time to a first answer."""

import time
from statistics import median

from measuring.knowledge_base import command, prepared, serving
from measuring.processes import apart, memory, tree
from measuring.speed.load import load
from measuring.speed.options import SpeedOptions
from measuring.table import Table

_ASKED = 500
_RATE = 20
_MEGA = 1e6


def measure(options: SpeedOptions) -> list[Table]:
    """Return the table of memory and the table of first answers."""
    prepared(options.home, options.collection.file)
    texts = options.collection.texts()
    memories = [_memory(options, texts[:_ASKED], workers) for workers in (1, 2)]
    columns = ("served by", "greatest worker", "all processes", "requests")
    note = "PSS: pages that several processes share count by their share."
    title = "Memory of a server after distinct queries (MB)"
    return [Table(title, columns, memories, [note]), _first_answers(options, texts)]


def _memory(options: SpeedOptions, texts: list[str], workers: int) -> tuple[str, float, float, int]:
    with serving(options.home, workers) as server:
        answered = apart(load, server.host, server.port, texts, _RATE)
        first, *others = [memory(pid) / _MEGA for pid in tree(server.pid)]
    name = f"{workers} worker process" + ("es" if workers > 1 else "")
    return name, max(others), first + sum(others), len(answered.seconds)


def _first_answers(options: SpeedOptions, texts: list[str]) -> Table:
    searches = [_search(options, text) for text in texts[-options.runs :]]
    served = [_serve(options, text) for text in texts[-2 * options.runs : -options.runs]]
    rows = [
        ("search, until it has ended", median(searches), max(searches)),
        ("serve, until the first answer", median(served), max(served)),
    ]
    note = "The files of the index are in the page cache of the system; Python starts again."
    columns = ("process", "median", "most")
    return Table("From the start of a process to its first answer (s)", columns, rows, [note])


def _search(options: SpeedOptions, text: str) -> float:
    start = time.perf_counter()
    with command(options.home, "search", "--", text) as process:
        process.communicate()
    return time.perf_counter() - start


def _serve(options: SpeedOptions, text: str) -> float:
    start = time.perf_counter()
    with serving(options.home, 2) as server:
        load(server.host, server.port, [text], 1000)
        return time.perf_counter() - start
