"""Keeps the index of a server fit to be searched, next to the answers that it gives."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

import structlog

from kbsearch.errors import IndexBusy, OperatorError
from kbsearch.messages.message import Message, render
from kbsearch.records.actor import MAINTENANCE
from kbsearch.services.deletion import Deletion
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.store.recent import RecentQueries

PAUSE = 5.0
"""Seconds between two looks at the index: how long partial answers may go unnoticed."""
CHECK_PAUSE = 3_600.0
"""Seconds between two checks of every byte: how long damage that no answer shows may last."""
_RATE = 50_000_000
"""Bytes a second that a check reads at most: the disk and the processor serve searches first."""
_LONGEST_PAUSE = 300.0
"""Seconds, where mending fails: a rebuild that a full disk stops must not be tried all the time."""
_HOUR = 3600.0
"""Seconds between two looks at what was deleted over thirty days ago."""
_LOG = structlog.get_logger()


class MaintenanceThread(Thread):
    """Mends a damaged index, and takes in changes that whoever made them could not.

    It also hashes all files of the index now and then, since a disk may lose bytes that no answer
    shows. It writes down the queries that were answered meanwhile, so that no search waits for
    that, and purges what was deleted long ago.

    Every process of a server has one; the first that sees the damage mends it. All others see then
    that there is another index.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        pause: float = PAUSE,
        check_pause: float = CHECK_PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look after the index of `kb`; `start` begins.

        pause        seconds between two looks.
        check_pause  seconds between two checks of every byte, as `clock` tells them.
        """
        super().__init__(name="maintenance", daemon=True)
        self._kb = kb
        self._services = kb.services(MAINTENANCE)
        self._pause = pause
        self._check_pause = check_pause
        self._clock = clock
        self._next_check = clock() + check_pause
        self._stopped = Event()

    def run(self) -> None:
        """Look again and again until `stop`; when the index was unfit twice as long passes."""
        pause, purges_at = self._pause, 0.0
        with self._services.indexing.attended():
            while not self._stopped.wait(pause):
                fit = _look(self._look)
                pause = self._pause if fit else min(2 * pause, _LONGEST_PAUSE)
                _write_queries(self._kb.parts.recent)
                if time.monotonic() >= purges_at:
                    purges_at = time.monotonic() + _HOUR
                    _purge(self._services.deletion)
        if self._kb.parts.recent.waits:  # else a server that stops waits for no other writer
            _write_queries(self._kb.parts.recent)

    def stop(self) -> None:
        """Stop looking; what is under way is finished first."""
        self._stopped.set()
        self.join()

    def _look(self) -> Message | None:
        """Check the files if it is time, and mend the index; return why, None if it needed none."""
        now = self._clock()
        if now >= self._next_check:
            with suppress(_Stopped):
                if self._services.indexing.check(self._pace):
                    self._next_check = now + self._check_pause
        return self._services.indexing.ensure()

    def _pace(self, size: int) -> None:
        """Wait as long as so many bytes may take at most. Raises _Stopped at once after `stop`."""
        if self._stopped.wait(size / _RATE):
            raise _Stopped


class _Stopped(Exception):
    """The server stops, and no one needs the check any more."""


def _write_queries(recent: RecentQueries) -> None:
    try:
        recent.flush()
    except OperatorError as error:
        _LOG.warning("queries were not kept for trying synonyms on", reason=str(error))


def _purge(deletion: Deletion) -> None:
    try:
        if deletion.is_due():
            _LOG.info("deleted tickets purged", tickets=deletion.purge_due())
    except OperatorError as error:  # as when another process does so now
        _LOG.warning("deleted tickets were not purged; this is tried again", reason=str(error))


def _look(look: Callable[[], Message | None]) -> bool:
    """Return whether the index was fit to be searched, or a person sees to it.

    What was mended counts as unfit, so that two servers that share an index, but not a database,
    do not take turns in rebuilding it all day.
    """
    try:
        if trouble := look():
            _LOG.warning("index mended", trouble=render(trouble))
            return False
    except IndexBusy:
        pass  # another process is at it
    except OperatorError as error:
        _LOG.error("the index cannot be mended", reason=str(error))
        return False
    return True
