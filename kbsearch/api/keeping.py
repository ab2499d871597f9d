"""Keeps the index of a server fit to be searched, beside the answers that it gives."""

import time
from collections.abc import Callable
from threading import Event, Thread

import structlog

from kbsearch.deletion import Deletion
from kbsearch.errors import IndexBusy, OperatorError
from kbsearch.service import KnowledgeBase
from kbsearch.store.recent import RecentQueries

PAUSE = 5.0
"""Seconds between two looks at the index: how long partial answers may go unnoticed."""
_LONGEST_PAUSE = 300.0
"""Seconds, where mending fails: a rebuild that a full disk stops must not be tried all the time."""
_HOUR = 3600.0
"""Seconds between two looks at what was deleted over thirty days ago."""
_LOG = structlog.get_logger()


class Keeper(Thread):
    """Mends a damaged index, and takes in changes that whoever made them could not.

    It also writes down the queries that were answered meanwhile, so that no search waits for that,
    and purges what was deleted long ago.

    Every process of a server has one; the first that sees the damage mends it.
    """

    def __init__(self, kb: KnowledgeBase, pause: float = PAUSE) -> None:
        """Look after the index of `kb`; `start` begins."""
        super().__init__(name="index-keeper", daemon=True)
        self._kb = kb
        self._pause = pause
        self._stopped = Event()

    def run(self) -> None:
        """Look again and again until `stop`; when the index was unfit twice as long passes."""
        pause, purges_at = self._pause, 0.0
        with self._kb.index.attended():
            while not self._stopped.wait(pause):
                fit = _look(self._kb.index.ensure)
                pause = self._pause if fit else min(2 * pause, _LONGEST_PAUSE)
                _write_queries(self._kb.recent)
                if time.monotonic() >= purges_at:
                    purges_at = time.monotonic() + _HOUR
                    _purge(self._kb.deletion)
        if self._kb.recent.waits:  # else a server that stops waits for no other writer
            _write_queries(self._kb.recent)

    def stop(self) -> None:
        """Stop looking; what is under way is finished first."""
        self._stopped.set()
        self.join()


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


def _look(ensure_index: Callable[[], str]) -> bool:
    """Return whether the index was fit to be searched, or somebody sees to it.

    What was mended counts as unfit, so that two servers that share an index, but not a database,
    do not take turns in rebuilding it all day.
    """
    try:
        if trouble := ensure_index():
            _LOG.warning("index mended", trouble=trouble)
            return False
    except IndexBusy:
        pass  # another process is at it
    except OperatorError as error:
        _LOG.error("the index cannot be mended", reason=str(error))
        return False
    return True
