"""Whether an index holds the tickets of its store, in the revisions that they have there."""

from collections.abc import Iterator, Sequence

from kbsearch.engines.base import IndexSnapshot
from kbsearch.store.store import Store

_NAMED = 5
"""References that a sentence names at most."""


def differences(store: Store, index: IndexSnapshot) -> Iterator[str]:
    """Yield a sentence for each way in which they differ.

    What changed after the watermark of the index is left out: it may be taken in or not.
    """
    held = index.revisions()
    with store.reading_together():
        wanted = store.revisions()
        changed = store.changed_after(index.state.watermark)
        settled = wanted.keys() - changed
        yield from _stated(store, "lacks", sorted(settled - held.keys()))
        surplus = sorted(held.keys() - wanted.keys() - changed)
        yield from _stated(store, "still finds, though the database has it no more,", surplus)
        other = sorted(number for number in settled & held.keys() if held[number] != wanted[number])
        yield from _stated(store, "has in another revision than the database", other)


def _stated(store: Store, what: str, ids: Sequence[int]) -> Iterator[str]:
    """Yield the sentence about these tickets, none if there are none."""
    if not ids:
        return
    known = store.references(ids[:_NAMED])
    named = ", ".join(known.get(number, f"number {number}") for number in ids[:_NAMED])
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    tickets = "1 ticket" if len(ids) == 1 else f"{len(ids):,} tickets"
    yield f"The index {what} {tickets}: {named}{more}."
