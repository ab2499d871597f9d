"""Processes: a fresh one for each run, and how much memory one takes with its children."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

_PROC = Path("/proc")
_PERIOD = 0.1
"""Seconds between two looks at the memory of a process."""

Result = TypeVar("Result")


def apart(function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function of a module in a process of its own, so that nothing is warm in it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def tree(pid: int) -> list[int]:
    """Return a process and everything under it that is alive."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        try:
            tasks = list((_PROC / str(one) / "task").iterdir())
            children = [(task / "children").read_text().split() for task in tasks]
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.append(one)
        waiting += [int(child) for listed in children for child in listed]
    return found


def memory(pid: int) -> int:
    """Return the PSS of a process in bytes: shared pages count by their share. 0 if it is gone."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


class MemoryWatch:
    """Looks at a process and its children until the block ends; `peak` is the most they took."""

    def __init__(self, pid: int) -> None:
        """Watch this process."""
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_PERIOD):
            self.peak = max(self.peak, sum(map(memory, tree(self._pid))))
