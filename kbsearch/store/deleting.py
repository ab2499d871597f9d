"""Which tickets are meant by references that are to be deleted or brought back."""

from collections.abc import Sequence

from kbsearch.errors import TicketNotDeleted, TicketNotFound
from kbsearch.names import spellings
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.batch import Batch
from kbsearch.store.deleted import Gone
from kbsearch.store.lookup import Lookup, each, not_found


def absent(
    gone: Lookup[Gone], reference: str, source: str | None, near: Sequence[str] = ()
) -> TicketNotFound:
    """Return the error for a ticket that is not there: it may have been deleted, or spelt so."""
    one = gone.the_one(reference, source)
    return one.error() if one else not_found(reference, source, near)


def to_delete(
    batch: Batch, references: Sequence[str], source: str | None, *, again: bool
) -> list[StoredTicket | Gone]:
    """Return the tickets that these references mean.

    again  also if they are deleted already, unless they are purged.

    Raises TicketNotFound, or TicketDeleted, and InputError if several sources have one.
    """
    live, gone = _loaded(batch, references)

    def find(reference: str) -> StoredTicket | Gone:
        if ticket := live.the_one(reference, source):
            return ticket
        one = gone.the_one(reference, source)
        if one is None or one.purged_at is not None or not again:
            raise absent(gone, reference, source)
        return one

    return each(references, find)


def to_bring_back(batch: Batch, references: Sequence[str], source: str | None) -> list[Gone]:
    """Return the deleted tickets that these references mean.

    Raises TicketNotFound, TicketDeleted if one is purged, TicketNotDeleted if one is there, and
    InputError if several sources have one.
    """
    live, gone = _loaded(batch, references)

    def find(reference: str) -> Gone:
        one = gone.the_one(reference, source)
        if one is not None and one.purged_at is not None:
            raise one.error()
        if one is not None:
            return one
        if ticket := live.the_one(reference, source):
            raise TicketNotDeleted(
                f'The ticket "{ticket.reference}" from "{ticket.source}" is there: it was not'
                " deleted, or it is back already."
            )
        raise not_found(reference, source)

    return each(references, find)


def _loaded(batch: Batch, references: Sequence[str]) -> tuple[Lookup[StoredTicket], Lookup[Gone]]:
    batch.load(spelling for reference in references for spelling in spellings(reference))
    return Lookup(batch.live()), Lookup(batch.gone())
