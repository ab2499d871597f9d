"""The snapshot that a process holds of an index, for as long as its files are as they were.

Every byte is hashed when a process opens a file. What happens to a mapped file afterwards shows in
what is read of it, and so it is hashed again: at once when something was read that cannot be, when
the file's time or size has changed, and now and then.
"""

import time
from collections.abc import Callable
from threading import Lock

from kbsearch.engines.base import IndexSnapshot, Pace
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.snapshot import GenerationSnapshot, make_snapshot
from kbsearch.locks import lock

_TRUSTED = 10.0
"""Seconds for which files that were hashed in doubt are trusted: a defect of ours raises doubts at
each search, and must not hash all of them each time."""


class HeldSnapshot:
    """The snapshot of one view. Threads may share it."""

    def __init__(
        self, generations: Generations, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Hold nothing yet; `clock` tells seconds."""
        self._generations = generations
        self._clock = clock
        self._held: GenerationSnapshot | None = None
        self._opening = Lock()
        self._checking = Lock()
        self._found_whole = (b"", 0.0)

    def get(self) -> GenerationSnapshot:
        """Return the current generation, opened; it is opened once.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        held = self._held
        if held is not None and self._is_current(held):
            return held
        with self._opening:
            held = self._held
            if held is None or not self._is_current(held):
                held = self._held = make_snapshot(self._generations.usable(), held)
        return held

    def recheck(self, seen: IndexSnapshot | None) -> bool:
        """Hash at once what is held, since something read of it cannot be.

        seen  the snapshot that it was read of, None if none could be made.

        Returns whether to ask `get` once more: what is held was damaged, or is no longer `seen`.
        """
        with self._checking:  # by one thread: the others then find that it is done
            held = self._held
            if seen is None:
                return self._drop(held)
            if held is not seen or not self._is_current(held):
                return True
            now = self._clock()
            stamp, found = self._found_whole
            if stamp == held.opened.stamp and now - found < _TRUSTED:
                return False
            if self._is_damaged(held):
                return True
            self._found_whole = held.opened.stamp, now
            return False

    def glance(self) -> None:
        """Hash what is held if the size, the time or the place of any file of it has changed."""
        held = self._held
        if held is None or not self._is_current(held):
            return
        if self._generations.touched(held.opened):
            with self._checking:
                self._is_damaged(held)

    def check(self, pace: Pace) -> bool:
        """Hash what is held, slowly; return whether it was done: one process does so at a time."""
        held = self._held
        if held is None:
            return True
        with lock(self._generations.path / "check.lock", patience=0) as ours:
            if ours:
                self._is_damaged(held, pace)
            return ours

    def _is_damaged(self, held: GenerationSnapshot, pace: Pace | None = None) -> bool:
        """Hash every file; tell whether there is something else to be held now."""
        findings = self._generations.check(held.opened, pace)
        if not self._is_current(held):  # then its files may have been removed meanwhile
            return True
        return bool(findings) and self._drop(held)

    def _drop(self, held: GenerationSnapshot | None) -> bool:
        """Open everything afresh next time: nothing that was read of the files is trusted."""
        with self._opening:
            if held is None or self._held is not held:
                return held is not None
            self._held = None
            self._generations.forget()
        return True

    def _is_current(self, held: GenerationSnapshot) -> bool:
        return held.opened.stamp == self._generations.stamp()
