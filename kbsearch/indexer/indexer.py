"""The index follows the store: built, brought up, mended, gone back to."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kbsearch.engines.base import IndexSnapshot, Pace, SearchEngine, View
from kbsearch.engines.source import Changes
from kbsearch.errors import (
    REBUILDING,
    HistoryDiffers,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexWouldShrink,
    KbsearchError,
    OperatorError,
)
from kbsearch.indexer.differences import differences
from kbsearch.indexer.store_source import StoreSource, check_history
from kbsearch.locks import lock
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.index_state import IndexState
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.store import Store

Answer = TypeVar("Answer")

_REBUILD_AFTER = 10_000
"""Changes from which on the index is rebuilt. The words of tickets that were added to it are
joined at each opening: measured, 25 ms after 5,000 tickets, 160 ms after 20,000."""
_AT_ONCE = 1_000
"""Changes that a person who adds a ticket waits for: some seconds."""
_MOMENT = 1.0
"""Seconds to wait for a process that only looks whether anyone takes changes in."""

_SHRINK = 0.02
"""The part of its tickets that an index may lose in a rebuild without anyone being asked."""


class Indexer:
    """Keeps an index in step with a store; threads may share one."""

    def __init__(self, store: Store, engine: SearchEngine, attendance: Path) -> None:
        """Keep the index of `engine`; nothing is looked at yet.

        attendance  a file that is locked by all processes that take changes in by themselves.
        """
        self._store = store
        self._source = StoreSource(store)
        self._engine = engine
        self._attendance = attendance

    @contextmanager
    def attended(self) -> Iterator[None]:
        """Let it be known, while the block runs, that this process takes in what changes."""
        with lock(self._attendance, shared=True, patience=_MOMENT):
            yield

    def snapshot(self) -> IndexSnapshot:
        """Return the index as it is now, whatever store it belongs to: see `behind`.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        return self.ask(lambda index: index)

    def ask(self, question: Callable[[IndexSnapshot], Answer]) -> Answer:
        """Return what a question to the index answers.

        What a damaged file raises may be anything. So whatever is raised has the files hashed at
        once, unless it is a KbsearchError about something else. If one is damaged, the question is
        put once more, to what is whole; if all are as they were written, the defect is ours.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        index = None
        try:
            index = self._opened()
            return question(index)
        except Exception as error:
            explained = isinstance(error, KbsearchError) and not isinstance(error, IndexDamaged)
            if explained or not self._engine.recheck(View.INTERNAL, index):
                raise
        return question(self._opened())

    def fetch(self, ids: Sequence[int]) -> dict[int, StoredTicket]:
        """Return the tickets of these ids, which the index gave; those that are gone are absent.

        Raises LookupError if the index is damaged and gave ids that no ticket ever had.
        """
        tickets = self._store.fetch(ids)
        if len(tickets) < len(ids):
            never = self._store.never_given(number for number in ids if number not in tickets)
            if never and self._engine.recheck(View.INTERNAL, self.snapshot()):
                raise LookupError("no ticket ever had some of these ids")
        return tickets

    def check(self, pace: Pace) -> bool:
        """Hash every file of the index at a pace; False if another process is at it."""
        return self._engine.check(View.INTERNAL, pace)

    def _opened(self) -> IndexSnapshot:
        try:
            return self._engine.snapshot(View.INTERNAL)
        except (IndexMissing, IndexOutdated) as error:
            raise self._with_next_step(error) from None

    def behind(self, index: IndexSnapshot | None = None) -> int:
        """Return how many changes an index, by default that in use, has not taken in.

        What was found in it counts only after this, for the store may be another one, or may have
        been exchanged while it was asked. Raises HistoryDiffers in that case, and IndexMissing.
        """
        mark = (index or self.snapshot()).state.mark
        standing = self._store.standing(mark.sequence)
        try:
            check_history(mark, standing)
        except HistoryDiffers as error:
            raise self._with_next_step(error) from None
        return standing.last - mark.sequence

    def state(self) -> IndexState:
        """Return what the index is made of. Raises IndexMissing, IndexDamaged or IndexOutdated."""
        index = self.snapshot()
        self.behind(index)
        return index.state

    def other_history(self) -> Message | None:
        """Return why the index is of no use if it belongs to another store than ours, else None."""
        try:
            self.behind()
        except HistoryDiffers as error:
            return Code.INDEX_REBUILT, (_reason(error),)
        except (IndexMissing, IndexDamaged, IndexOutdated):
            pass
        return None

    def reindex(self, progress: Progress = silent, *, allow_shrink: bool = False) -> IndexState:
        """Build the index next to the old one, take in what changed meanwhile, and swap.

        The old one is kept, to go back to. Raises IndexWouldShrink if the new one would have more
        than 2 % fewer tickets, unless that is allowed, and IndexBusy if a person rebuilds already.
        """
        total, least = self._store.count(), 0 if allow_shrink else self._expected()
        if total < least:
            raise IndexWouldShrink(total, least)
        self._engine.rebuild(View.INTERNAL, self._source, least=least, progress=progress)
        return self.catch_up(progress)

    def rollback(self, progress: Progress = silent) -> IndexState:
        """Go back to the index before the last rebuild, with all that changed since.

        Raises OperatorError if there is none, or none that belongs to our store.
        """
        self._engine.rollback(View.INTERNAL, self._source, progress=progress)
        return self.catch_up(progress)

    def catch_up(self, progress: Progress = silent) -> IndexState:
        """Bring the index up to the store's change log; after very many changes it is rebuilt.

        What changes meanwhile may be left: next to a large import this would never end.

        Raises IndexMissing if there is none, and IndexOutdated if it cannot take them in.
        """
        state = self.state()
        start, end = state.watermark, self._store.watermark()
        if end - start > _REBUILD_AFTER:
            return self.reindex(progress)
        while state.watermark < end and (changes := self._source.changes(state.mark)):
            state = self._apply(changes, state.watermark)
            start = min(start, state.watermark)
            progress(Stage.CATCHING_UP, state.watermark - start, max(end, state.watermark) - start)
        return state

    def ensure(self, progress: Progress = silent) -> Message | None:
        """Bring the index up to the store; mend it, or rebuild it, if it needs that.

        Returns why it was mended or rebuilt, None if there was no need.
        Raises IndexBusy if another process builds it.
        """
        try:
            trouble = self._mend(progress)
            if self.catch_up(progress).unmerged > _REBUILD_AFTER:
                self.reindex(progress)
        except (IndexMissing, IndexOutdated, IndexDamaged) as error:
            self.reindex(progress)
            return Code.INDEX_REBUILT, (_reason(error),)
        return trouble

    def _apply(self, changes: Changes, after: int) -> IndexState:
        return self.ask(
            lambda _: self._engine.apply(
                View.INTERNAL, changes.updates, after=after, mark=changes.mark
            )
        )

    def _mend(self, progress: Progress) -> Message | None:
        """Mend a damaged index: with the spare, if that is whole; else it is rebuilt."""
        self._engine.glance(View.INTERNAL)
        state = self.snapshot().state
        if not state.damage and not state.partial:
            return None
        mended = self._engine.mend(View.INTERNAL)
        if mended is None:
            return None  # another process was quicker
        if not mended.partial:
            return Code.INDEX_MENDED, state.damage
        self.reindex(progress, allow_shrink=True)
        return Code.INDEX_REBUILT, state.damage or ((Code.PART_DAMAGED,),)

    def forget_deleted(self, progress: Progress = silent) -> None:
        """Leave no file of the index that holds anything of a deleted ticket, if there is one.

        It is rebuilt and has no spare then. Raises IndexBusy if another process rebuilds it.
        """
        try:
            self.behind()
        except IndexMissing:
            return
        except OperatorError:
            pass  # a rebuild mends what is damaged or outdated
        self.reindex(progress)
        self._engine.drop_spare(View.INTERNAL)

    def lacks_deletions(self, index: IndexSnapshot, behind: int) -> bool:
        """Tell whether a ticket was deleted that this index may still have words of.

        behind  how many changes it lacks.
        """
        return behind > 0 and self._store.deleted_after(index.state.watermark) > 0

    def verify(self) -> list[Message]:
        """Return each thing that is wrong with the index."""
        return self._engine.verify(View.INTERNAL)

    def differences(self) -> list[Message]:
        """Return each way in which the index differs from the store.

        Raises IndexMissing, IndexDamaged or IndexOutdated.
        """

        def compared(index: IndexSnapshot) -> list[Message]:
            self.behind(index)
            return list(differences(self._store, index))

        return self.ask(compared)

    def warnings(self, index: IndexSnapshot, behind: int) -> Iterator[Message]:
        """Yield a note for each thing that the index lacks, of `behind` changes."""
        if index.state.partial:
            yield (Code.INDEX_PARTIAL,)
        if behind > 0:
            yield Code.INDEX_CATCHES_UP if self._is_attended() else Code.INDEX_BEHIND, behind

    def apply_now(self, ids: Sequence[int]) -> OperatorError | None:
        """Let searches see what was just saved of these tickets, or find no more what was deleted.

        The changes before are taken in as well, unless they are so many that no one could wait;
        a small index that is missing is built. Returns why searches see it only later, with
        the next step if a person must take one; None if they see it.
        """
        try:
            self._take_in(ids)
        except OperatorError as error:
            return IndexBusy(REBUILDING) if self._is_rebuilding() else error
        return None

    def _take_in(self, ids: Sequence[int]) -> None:
        try:
            behind = self.behind()
        except IndexMissing:
            if self._is_rebuilding() or self._store.count() > _REBUILD_AFTER:
                raise
            self.reindex()
            return
        if behind <= _AT_ONCE + len(ids):
            self.catch_up()
            return
        updates = self._source.updates(ids)
        self.ask(lambda _: self._engine.apply_ahead(View.INTERNAL, updates))

    def _is_rebuilding(self) -> bool:
        try:
            return self._engine.is_rebuilding(View.INTERNAL)
        except OperatorError:  # then a rebuild could not go on either
            return False

    def _is_attended(self) -> bool:
        """Tell whether a process takes in what changes: a server, an import or a rebuild."""
        if self._is_rebuilding():
            return True
        try:
            with lock(self._attendance, patience=0) as nobody:
                return not nobody
        except OSError:  # who cannot look advises what always helps
            return False

    def _with_next_step(self, error: OperatorError) -> OperatorError:
        """Return the error with another step than a reindex while one is under way."""
        if not self._is_rebuilding():
            return error
        return type(error)(f"{_reason(error)}; it is being built, so try again in a minute")

    def _expected(self) -> int:
        """Return how many tickets a new index must have at least.

        Those that a person deleted since it was brought up to date are expected to be missing.
        """
        try:
            now = self._engine.tickets(View.INTERNAL)
        except (IndexMissing, IndexDamaged, IndexOutdated):  # nothing can be learnt from it
            return 0
        if self.other_history():  # of another store we know only that it should not be empty
            return min(now, 1)
        return math.ceil((now - self._deleted_since()) * (1 - _SHRINK))

    def _deleted_since(self) -> int:
        """Return how many tickets were deleted that the index has yet, 0 if it does not tell."""
        try:
            return self._store.deleted_after(self.snapshot().state.watermark)
        except OperatorError:
            return 0


def _reason(error: OperatorError) -> str:
    """Return why an index cannot be used, without the step that a person would have to take."""
    return str(error).partition(";")[0]
