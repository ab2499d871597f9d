"""What the service asks of an index, and the words in which it asks."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.plan import Phrase, Plan, TopDocs
from kbsearch.engines.source import Source, Update
from kbsearch.errors import OperatorError
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.message import Message
from kbsearch.progress import Progress, silent
from kbsearch.records.history import Mark
from kbsearch.records.index_state import IndexState

Pace = Callable[[int], None]
"""Is called with a number of bytes after these were hashed, to wait as long as they are worth."""

CONTEXT_LIMIT = 8
"""Terms of a query that another one may be seen in the context of."""


class View(StrEnum):
    """Which tickets an index holds; each view is an index of its own."""

    INTERNAL = "internal"


class IndexSnapshot(Protocol):
    """An index as it was at one moment: an answer that asks it several things gets one picture."""

    @property
    def state(self) -> IndexState:
        """What the index is made of."""

    @property
    def lexicon(self) -> Lexicon:
        """The words of the index."""

    def revisions(self) -> dict[int, int]:
        """Return the revision of each ticket that the index holds, by its id."""

    def counts(self, phrases: Sequence[Phrase]) -> list[int]:
        """Return how many tickets hold each of these phrases."""

    def lifts(self, terms: Sequence[str], context: Sequence[str]) -> NDArray[np.float64]:
        """Return how much likelier a ticket holds a term of the context if it holds another.

        Of the text both, at most `CONTEXT_LIMIT` in the context. Shape (terms, context), in nats:
        0 where the one tells nothing about the other, or too few tickets hold them to tell.
        """

    def search(
        self,
        plan: Plan,
        *,
        limit: int,
        deadline: float | None = None,
        explain: bool = False,
        solved: int = 0,
    ) -> TopDocs:
        """Return the best tickets first, ties by ticket id, at most `limit`.

        A plan without clauses lists what it lets pass, the newest first.

        deadline  by `time.monotonic`: once it has passed, the words scored by then answer alone.
        explain   also return what each clause and each pair gave to each ticket.
        solved    how many of the tickets that say what solved them to list apart as well, the
                  best first, with the scores that they have in the whole answer.
        """


class SearchEngine(Protocol):
    """What the service asks of an index. `MemoryEngine` is the small honest one.

    Every call names a view and raises IndexMissing if it was never built, IndexOutdated if
    another analysis made it, and IndexDamaged if it cannot be read.
    """

    def rebuild(
        self, view: View, source: Source, *, least: int = 0, progress: Progress = silent
    ) -> IndexState:
        """Make the tickets of the source the only searchable ones, in one swap.

        Searches go on meanwhile. What changed by then is taken in before the swap, so that no
        search misses a ticket that the one before it found.

        least  raise IndexWouldShrink, and swap nothing, if there are fewer tickets.

        Raises HistoryDiffers if the store is exchanged meanwhile.
        """

    def rollback(self, view: View, source: Source, *, progress: Progress = silent) -> IndexState:
        """Go back to the index before the last rebuild; what is left can be gone back to as well.

        What changed since is taken in before the swap, as in `rebuild`. Raises OperatorError if
        there is none, or none that belongs to the source.
        """

    def drop_spare(self, view: View) -> IndexState:
        """Remove the index before the last rebuild, and every file that only it needs.

        Then nothing is left on the disk of what was deleted before the rebuild.
        """

    def mend(self, view: View) -> IndexState | None:
        """Make what can still be read of a damaged index the current one; None if it is sound.

        Its watermark may be older than before; what is partial stays so until it is rebuilt.
        """

    def apply(self, view: View, updates: Sequence[Update], *, after: int, mark: Mark) -> IndexState:
        """Take in what changed after a sequence, up to `mark`; twice does no harm.

        Nothing is taken in if the index has not come as far as `after`, because a person went
        back to an earlier one meanwhile, or if it is that of another store: the state that is
        returned tells how far it has come.
        """

    def apply_ahead(self, view: View, updates: Sequence[Update]) -> IndexState:
        """Take in what became of these tickets before their turn; the watermark stays.

        `apply` takes them in once more when it comes to their changes.
        """

    def is_rebuilding(self, view: View) -> bool:
        """Tell whether a process rebuilds the index now; for a moment also if one merges it."""

    def tickets(self, view: View) -> int:
        """Return how many tickets the index has, even if another analysis made it."""

    def snapshot(self, view: View) -> IndexSnapshot:
        """Return the index as it is now."""

    def recheck(self, view: View, seen: IndexSnapshot | None) -> bool:
        """Look at once whether the index is damaged, since something read of it cannot be.

        seen  the snapshot that it was read of, None if none could be made.

        Returns whether to ask again: another `snapshot` than `seen` will answer. If this process
        has just looked, it is not done again, and the answer is no.
        """

    def glance(self, view: View) -> None:
        """Look whether anyone changed the files of the index; quick enough for every few seconds.

        What is damaged is left out of the next `snapshot`, whose state says so.
        """

    def check(self, view: View, pace: Pace) -> bool:
        """Look at every byte that this process has open, at a pace; else as `glance`.

        What `pace` raises ends it. Returns False if another process is at it, and nothing was done.
        """

    def verify(self, view: View) -> list[Message]:
        """Return each thing that is wrong with the index, nothing if it is sound."""


def no_spare() -> OperatorError:
    """Return what an engine raises if there is no earlier index."""
    return OperatorError("There is no earlier index to go back to; run: kbsearch reindex")


def foreign_spare() -> OperatorError:
    """Return what it raises if that belongs to another history than that of the store."""
    return OperatorError(
        "The spare belongs to another state of the database, so it cannot be gone back to; the"
        " index in use goes on"
    )
