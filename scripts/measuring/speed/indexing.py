"""Measure part `index`: how fast an index is built, what that takes, and its size on disk."""

import statistics
import time

from measuring.knowledge_base import command, opened, prepared
from measuring.processes import peak_memory
from measuring.speed.options import SpeedOptions
from measuring.table import Table

_MEGA = 1e6


def measure(options: SpeedOptions) -> list[Table]:
    """Return a table of one row for each figure."""
    prepared(options.home, options.collection.file)
    took, peaks = zip(*(_reindex(options) for _ in range(options.runs)), strict=True)
    with opened(options.home) as kb:
        index = kb.local.figures.stats().index
        tickets, size = (index.tickets, index.size_bytes) if index else (0, 0)
        folder = kb.settings.index_folder
    on_disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    packed = options.collection.file.stat().st_size
    seconds = statistics.median(took)
    rows = [
        ("tickets", tickets),
        ("reindex, from start to end of the process (s)", seconds),
        ("tickets a second", tickets / seconds),
        ("peak memory, PSS of all its processes (MB)", max(peaks) / _MEGA),
        ("index of the view (MB)", size / _MEGA),
        ("gzip of the tickets (MB)", packed / _MEGA),
        ("index / gzip", size / packed),
        ("index folder with the spare generation (MB)", on_disk / _MEGA),
    ]
    note = "Peak memory is the greatest of all runs, sampled ten times a second."
    return [Table("Building the index from the store", ("figure", "value"), rows, [note])]


def _reindex(options: SpeedOptions) -> tuple[float, int]:
    """Return the seconds from start to end of `kbsearch reindex`, and its peak memory."""
    start = time.perf_counter()
    with command(options.home, "reindex") as process:
        peak = peak_memory(process)
        seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"kbsearch reindex ended with {process.returncode}")
    return seconds, peak
