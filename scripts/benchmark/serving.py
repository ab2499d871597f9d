"""A server of ours in processes of its own."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmark.desk import command


class Server(NamedTuple):
    """A running server.

    pid      its first process, above its workers.
    started  when it was started, by time.perf_counter().
    """

    host: str
    port: int
    pid: int
    started: float


@contextmanager
def serving(home: Path, workers: int) -> Iterator[Server]:
    """Run `kbsearch serve` on a free port until the block ends."""
    started = time.perf_counter()
    with command(home, "serve", "--port", "0", "--workers", str(workers)) as process:
        try:
            told = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://([^:]+):(\d+)/", told)
            if address is None:
                raise RuntimeError(f"kbsearch serve did not say where it is, but: {told!r}")
            yield Server(address[1], int(address[2]), process.pid, started)
        finally:
            process.terminate()
