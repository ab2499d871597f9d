"""Part `process`: the memory of a serving process, and the time to a first answer."""

import statistics
import time

from benchmark.desk import command, prepared
from benchmark.figures import Table
from benchmark.load import load
from benchmark.options import Options
from benchmark.processes import apart, memory, tree
from benchmark.serving import Server, serving

_ASKED = 500
_RATE = 20
_MEGA = 1e6


def measure(options: Options) -> list[Table]:
    """Return the table of memory and the table of first answers."""
    prepared(options.home, options.collection.file)
    texts = options.collection.all_queries()
    memories = [_memory(options, texts[:_ASKED], workers) for workers in (1, 2)]
    columns = ("served by", "greatest worker", "all processes", "requests")
    note = "PSS: pages that several processes share count by their share."
    title = "Memory of a server after distinct queries (MB)"
    return [Table(title, columns, memories, [note]), _first_answers(options, texts)]


def _memory(options: Options, texts: list[str], workers: int) -> tuple[str, float, float, int]:
    with serving(options.home, workers) as server:
        answered = apart(load, server.host, server.port, texts, _RATE)
        first, *others = tree(server.pid)
        sizes = [memory(pid) / _MEGA for pid in others]
        total = sum(sizes) + memory(first) / _MEGA
    named = f"{workers} worker process" + ("es" if workers > 1 else "")
    return named, max(sizes), total, len(answered.seconds)


def _first_answers(options: Options, texts: list[str]) -> Table:
    searches = [_search(options, text) for text in texts[-options.runs :]]
    served = [_serve(options, text) for text in texts[-2 * options.runs : -options.runs]]
    rows = [
        ("search, until it has ended", statistics.median(searches), max(searches)),
        ("serve, until the first answer", statistics.median(served), max(served)),
    ]
    note = "The files of the index are in the page cache of the system; Python starts again."
    columns = ("process", "median", "most")
    return Table("From the start of a process to its first answer (s)", columns, rows, [note])


def _search(options: Options, text: str) -> float:
    start = time.perf_counter()
    with command(options.home, "search", "--", text) as process:
        process.communicate()
    return time.perf_counter() - start


def _serve(options: Options, text: str) -> float:
    with serving(options.home, 2) as server:
        return _until_answered(server, text)


def _until_answered(server: Server, text: str) -> float:
    load(server.host, server.port, [text], 1000)
    return time.perf_counter() - server.started
