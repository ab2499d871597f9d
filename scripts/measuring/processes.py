"""Run each measurement in a fresh process, and read how much memory processes take."""

import multiprocessing
import subprocess
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

_PROC = Path("/proc")
_PERIOD = 0.1
"""Seconds between two looks at the memory of a process."""

Result = TypeVar("Result")


def fresh(count: int = 1) -> ProcessPoolExecutor:
    """Return processes that share nothing with this one."""
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def apart(function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function of a module in a process of its own, so that nothing is warm in it."""
    with fresh() as pool:
        return pool.submit(function, *arguments).result()


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants that are alive."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        with suppress(FileNotFoundError, ProcessLookupError):
            tasks = list((_PROC / str(one) / "task").iterdir())
            waiting += [
                int(child) for task in tasks for child in (task / "children").read_text().split()
            ]
            found.append(one)
    return found


def memory(pid: int) -> int:
    """Return the PSS of a process in bytes: shared pages count by their share. 0 if it is gone."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def peak_memory(process: "subprocess.Popen[str]") -> int:
    """Wait until a process has ended; return the most that it and its descendants took."""
    peak = 0
    while True:
        try:
            process.communicate(timeout=_PERIOD)
        except subprocess.TimeoutExpired:
            peak = max(peak, sum(map(memory, tree(process.pid))))
        else:
            return peak
