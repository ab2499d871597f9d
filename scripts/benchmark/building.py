"""Part `index`: how fast an index is built, what that takes, and what it leaves on disk."""

import statistics
import time
from typing import NamedTuple

from benchmark.desk import command, opened, prepared
from benchmark.figures import Table
from benchmark.options import Options
from benchmark.processes import MemoryWatch

_MEGA = 1e6


class Build(NamedTuple):
    """One `kbsearch reindex`: seconds from start to end of the process, PSS of all processes."""

    seconds: float
    peak: int


def measure(options: Options) -> list[Table]:
    """Return a table of one row for each figure."""
    prepared(options.home, options.collection.file)
    builds = [_reindex(options) for _ in range(options.runs)]
    with opened(options.home) as kb:
        index = kb.local.figures.stats().index
        tickets, size = (index.tickets, index.size_bytes) if index else (0, 0)
        folder = kb.settings.index_folder
    on_disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    packed = options.collection.file.stat().st_size
    seconds = statistics.median(build.seconds for build in builds)
    rows = [
        ("tickets", tickets),
        ("reindex, from start to end of the process (s)", seconds),
        ("tickets a second", tickets / seconds),
        ("peak memory, PSS of all its processes (MB)", max(one.peak for one in builds) / _MEGA),
        ("index of the view (MB)", size / _MEGA),
        ("gzip of the tickets (MB)", packed / _MEGA),
        ("index / gzip", size / packed),
        ("index folder with the spare generation (MB)", on_disk / _MEGA),
    ]
    note = "Peak memory is the greatest of all runs, sampled ten times a second."
    return [Table("Building the index from the store", ("figure", "value"), rows, [note])]


def _reindex(options: Options) -> Build:
    start = time.perf_counter()
    with command(options.home, "reindex") as process:
        with MemoryWatch(process.pid) as watch:
            process.communicate()
        seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"kbsearch reindex ended with {process.returncode}")
    return Build(seconds, watch.peak)
