"""Whether an index holds the tickets of its store, in the revisions that they have there."""

from collections.abc import Collection, Iterator

from kbsearch.engines.base import IndexSnapshot
from kbsearch.messages.catalogue import Code, first_of
from kbsearch.messages.message import Message
from kbsearch.store.store import Store

_NAMED = 5
"""References that a message names at most."""


def differences(store: Store, index: IndexSnapshot) -> Iterator[Message]:
    """Yield each way in which they differ.

    What changed after the watermark of the index is left out: it may be taken in or not.
    """
    held = index.revisions()
    with store.reading_together():
        wanted = store.revisions()
        changed = store.changed_after(index.state.watermark)
        settled = wanted.keys() - changed
        if missing := settled - held.keys():
            yield Code.INDEX_LACKS, _named(store, missing)
        if surplus := held.keys() - wanted.keys() - changed:
            yield Code.INDEX_SURPLUS, _named(store, surplus)
        if other := {one for one in settled & held.keys() if held[one] != wanted[one]}:
            yield Code.INDEX_OTHER_REVISION, _named(store, other)


def _named(store: Store, ids: Collection[int]) -> Message:
    """Return how many tickets these are, and the references of the first."""
    first = sorted(ids)[:_NAMED]
    known = store.references(first)
    named = [known.get(number, (Code.TICKET_NUMBER, number)) for number in first]
    return Code.TICKETS, len(ids), first_of(named, len(ids))
