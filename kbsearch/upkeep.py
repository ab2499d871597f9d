"""The index follows the store: built, brought up, mended, gone back to."""

import math
from collections.abc import Iterator, Sequence

from kbsearch.engines.base import IndexSnapshot, IndexState, SearchEngine, Update, View
from kbsearch.errors import (
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexWouldShrink,
    OperatorError,
)
from kbsearch.progress import Progress, Stage, silent
from kbsearch.store.store import Store

_BATCH = 500
"""Changes that the index takes in at a time."""
_BUILT_ANEW = 10_000
"""Changes from which on the index is built anew. The words of tickets that were added to it are
joined at each opening: measured, 25 ms after 5,000 tickets, 160 ms after 20,000."""
_AT_ONCE = 1_000
"""Changes that somebody who adds a ticket waits for: some seconds."""
REBUILDING = "The index is being rebuilt, which takes in all that is saved"
"""Why something cannot be found yet, and why nobody needs to do anything about it."""

DAMAGED = (
    "A part of the index is damaged and left out, so that tickets may be missing;"
    " run: kbsearch reindex"
)
_SHRINK = 0.02
"""The part of its tickets that an index may lose in a rebuild without anybody being asked."""


class IndexUpkeep:
    """Keeps an index in step with a store; threads may share one."""

    def __init__(self, store: Store, engine: SearchEngine) -> None:
        """Keep the index of `engine`; nothing is looked at yet."""
        self._store = store
        self._engine = engine

    def snapshot(self) -> IndexSnapshot:
        """Return the index as it is now. Raises IndexMissing, IndexOutdated or IndexDamaged."""
        return self._engine.snapshot(View.INTERNAL)

    def state(self) -> IndexState:
        """Return what the index is made of. Raises IndexMissing, IndexDamaged or IndexOutdated."""
        state = self.snapshot().state
        if state.watermark > self._store.watermark():
            raise IndexOutdated(
                "The index is newer than the database, as after restoring an older one;"
                " run: kbsearch reindex"
            )
        return state

    def reindex(self, progress: Progress = silent, *, allow_shrink: bool = False) -> IndexState:
        """Build the index anew beside the old one, swap, and take in what changed meanwhile.

        The old one is kept, to go back to. Raises IndexWouldShrink if the new one would have more
        than 2 % fewer tickets, unless that is allowed, and IndexBusy if somebody rebuilds already.
        """
        watermark = self._store.watermark()
        total, least = self._store.count(), 0 if allow_shrink else self._expected()
        if total < least:
            raise IndexWouldShrink(total, least)
        self._engine.rebuild(
            View.INTERNAL,
            self._store.tickets(),
            watermark=watermark,
            total=total,
            least=least,
            progress=progress,
        )
        return self.catch_up(progress)

    def rollback(self, progress: Progress = silent) -> IndexState:
        """Go back to the index before the last rebuild, and take in what changed since.

        Raises OperatorError if there is none.
        """
        self._engine.rollback(View.INTERNAL)
        return self.catch_up(progress)

    def catch_up(self, progress: Progress = silent) -> IndexState:
        """Bring the index up to the store's change log; after very many changes it is built anew.

        Raises IndexMissing if there is none, and IndexOutdated if it cannot take them in.
        """
        state = self.state()
        start = state.watermark
        if self._store.watermark() - start > _BUILT_ANEW:
            return self.reindex(progress, allow_shrink=True)
        while changes := self._store.changes(state.watermark, _BATCH):
            tickets = self._store.fetch([change.ticket_id for change in changes])
            state = self._engine.apply(
                View.INTERNAL,
                [Update(one.ticket_id, tickets.get(one.ticket_id)) for one in changes],
                after=state.watermark,
                watermark=changes[-1].sequence,
            )
            start = min(start, state.watermark)
            end = max(self._store.watermark(), state.watermark)
            progress(Stage.CATCHING_UP, state.watermark - start, end - start)
        return state

    def behind(self) -> int:
        """Return how many changes the index has not taken in. Raises IndexMissing."""
        return self._store.watermark() - self.snapshot().state.watermark

    def ensure(self, progress: Progress = silent) -> str:
        """Bring the index up to the store; mend it, or build it anew, if it needs that.

        Returns a sentence about why it was mended or built anew, "" if there was no need.
        Raises IndexBusy if another process builds it.
        """
        try:
            trouble = self._mend(progress)
            if self.catch_up(progress).loose > _BUILT_ANEW:
                self.reindex(progress)
        except (IndexMissing, IndexOutdated, IndexDamaged) as error:
            self.reindex(progress)
            return f"{str(error).partition(';')[0]}. It was built anew."
        return trouble

    def _mend(self, progress: Progress) -> str:
        """Mend a damaged index: with the spare, if that is whole; else it is built anew."""
        state = self.snapshot().state
        if not state.damage and not state.partial:
            return ""
        mended = self._engine.mend(View.INTERNAL)
        if mended is None:
            return ""  # another process was quicker
        if not mended.partial:
            return f"{state.damage}. What is whole took its place."
        self.reindex(progress, allow_shrink=True)
        return f"{state.damage or 'A part of the index was damaged'}. It was built anew."

    def verify(self) -> list[str]:
        """Return a sentence for each thing that is wrong with the index."""
        return self._engine.verify(View.INTERNAL)

    def shortcomings(self, index: IndexSnapshot) -> Iterator[str]:
        """Yield a sentence for each thing that the index lacks."""
        if index.state.partial:
            yield DAMAGED
        if (behind := self._store.watermark() - index.state.watermark) > 0:
            changes = "last change" if behind == 1 else f"last {behind:,} changes"
            yield f"The index lacks the {changes}; run: kbsearch reindex"

    def take_in_at_once(self, ids: Sequence[int]) -> str:
        """Let searches see what was just saved of these tickets, or find no more what was deleted.

        The changes before are taken in as well, unless they are so many that nobody could wait;
        a small index that is missing is built. Returns "", or why searches see it only later: a
        sentence without its full stop, with the next step if somebody must take one.
        """
        try:
            self._take_in(ids)
        except OperatorError as error:
            return REBUILDING if self._is_rebuilding() else str(error)
        return ""

    def _take_in(self, ids: Sequence[int]) -> None:
        try:
            behind = self.behind()
        except IndexMissing:
            if self._is_rebuilding() or self._store.count() > _BUILT_ANEW:
                raise
            self.reindex()
            return
        if behind <= _AT_ONCE + len(ids):
            self.catch_up()
            return
        tickets = self._store.fetch(ids)
        updates = [Update(number, tickets.get(number)) for number in ids]
        self._engine.apply_ahead(View.INTERNAL, updates)

    def _is_rebuilding(self) -> bool:
        try:
            return self._engine.is_rebuilding(View.INTERNAL)
        except OperatorError:  # then a rebuild could not go on either
            return False

    def _expected(self) -> int:
        """Return how many tickets a new index must have at least."""
        try:
            now = self._engine.tickets(View.INTERNAL)
        except (IndexMissing, IndexDamaged):  # nothing can be learnt from it
            return 0
        return math.ceil(now * (1 - _SHRINK))
