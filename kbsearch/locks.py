"""Locks between processes: who dies lets go, and nothing is left to clear away.

A lock file holds nothing. It is made when it is not there, and stays.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.002
"""Seconds between two tries."""
_held: set[int] = set()


@contextmanager
def lock(path: Path, *, shared: bool = False, patience: float) -> Iterator[bool]:
    """Hold a lock while the block runs, and tell it whether it was to be had.

    shared    others may share it; else it is held alone.
    patience  seconds to wait for whoever holds it; 0 tries once.

    Raises OSError, FileNotFoundError among them if the folder is not there.
    """
    handle = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    _held.add(handle)
    try:
        yield _taken(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, patience)
    finally:
        if handle in _held:
            _held.remove(handle)
            fcntl.flock(handle, fcntl.LOCK_UN)  # at once, even if a child has it open yet
            os.close(handle)


def _taken(handle: int, kind: int, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        else:
            return True


def _let_go_in_child() -> None:
    # A forked child shares the locks of its parent, and would keep them if it outlived it.
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go_in_child)
