"""Rebuilding the index, checking it, and bringing it up to the store."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from kbsearch.engines.base import Pace
from kbsearch.errors import IndexBusy, IndexOutdated, OperatorError
from kbsearch.messages.message import Message
from kbsearch.progress import Progress, silent
from kbsearch.records.audit import AuditAction
from kbsearch.records.index_state import IndexState
from kbsearch.services.service import Service

WAIT = 600.0
"""Seconds for which saved rows wait for another process that rebuilds the index."""
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An index that is up to the store now.

    why  why it had to be mended or rebuilt, None if it had not.
    """

    state: IndexState
    why: Message | None


class Indexing(Service):
    """Looks after the index."""

    def attended(self) -> AbstractContextManager[None]:
        """Make known, while the block runs, that this process takes in what changes."""
        return self._parts.index.attended()

    def behind(self) -> int:
        """Return how many changes the index has not taken in.

        Raises HistoryDiffers, IndexMissing, IndexOutdated or IndexDamaged.
        """
        return self._parts.index.behind()

    def rebuild(self, progress: Progress = silent, *, allow_shrink: bool = False) -> Prepared:
        """Build the index again from every ticket, and swap.

        Raises IndexWouldShrink, IndexBusy or KeysUnusable.
        """
        self._record(AuditAction.REINDEX, allow_shrink=allow_shrink)
        why = self._parts.index.other_history()
        return Prepared(self._parts.index.reindex(progress, allow_shrink=allow_shrink), why)

    def roll_back(self, progress: Progress = silent) -> IndexState:
        """Return to the index before the last rebuild, with all changes since.

        Raises OperatorError if there is none.
        """
        self._record(AuditAction.ROLLBACK)
        return self._parts.index.rollback(progress)

    def refresh(self, progress: Progress = silent) -> Prepared:
        """Take in what changed; an index of another version is rebuilt.

        Raises IndexMissing or IndexBusy.
        """
        try:
            return Prepared(self._parts.index.catch_up(progress), None)
        except IndexOutdated:
            why = self._parts.index.ensure(progress)
            return Prepared(self._parts.index.state(), why)

    def ensure(self, progress: Progress = silent) -> Message | None:
        """Mend or rebuild the index if it needs that; return why, None if it needed nothing.

        Raises IndexBusy if another process is at it.
        """
        return self._parts.index.ensure(progress)

    def when_free(self, work: Callable[[], Done], waiting: Callable[[], None]) -> Done:
        """Return what the work returns, once no other process is at the index.

        waiting  called once, if another process is.

        Raises IndexBusy if that goes on for `WAIT`: the next change takes in what the work would.
        """
        deadline = time.monotonic() + WAIT
        is_told = False
        while True:
            try:
                return work()
            except IndexBusy:
                if time.monotonic() > deadline:
                    raise
                if not is_told:
                    waiting()
                is_told = True

    def verify(self) -> list[Message]:
        """Return each thing that is wrong with the index.

        Its files are compared with their hashes, and if they are whole, its tickets with the store.
        """
        problems = self._parts.index.verify()
        try:
            state = self._parts.index.state()
        except OperatorError:
            return problems
        if state.damage or state.partial:
            return problems
        return problems + self._parts.index.differences()

    def check(self, pace: Pace) -> bool:
        """Hash every file of the index at a pace; False if another process is at it."""
        return self._parts.index.check(pace)
