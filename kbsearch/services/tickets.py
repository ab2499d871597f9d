"""Reading, adding, deleting and restoring tickets."""

import secrets
from collections.abc import Callable
from typing import NamedTuple

from kbsearch.errors import ReferenceTaken
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.services.service import Service

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a digit."""


class Added(NamedTuple):
    """A ticket that was saved.

    note  why it cannot be found yet, in sentences; "" if it can.
    """

    ticket: StoredTicket
    note: str


class Tickets(Service):
    """Reads and adds tickets."""

    def get(self, reference: str, source: str | None = None) -> StoredTicket:
        """Return a ticket. Raises TicketNotFound, or InputError if several sources have it."""
        return self._parts.store.get(reference, source)

    def add(self, fields: TicketFields) -> Added:
        """Save a new ticket and make it searchable before returning.

        Unless the fields say otherwise it was created now, and resolved now if it says how.

        Raises TicketInvalid or ReferenceTaken. If only the index fails, the ticket is saved all the
        same: the note says so, and the next `index.catch_up` takes it in.
        """
        return self._found_at_once(self._parts.store.create(fields))

    def add_new(self, fields: Callable[[str], TicketFields]) -> Added:
        """Do as `add`, with a new reference, short enough to be read over the phone.

        fields  returns the fields of the ticket with the reference that it is given.
        """
        while True:
            reference = "KB-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))
            try:
                ticket = self._parts.store.create(fields(reference), in_any_source=True)
            except ReferenceTaken:  # one time in thousands, at most
                continue
            return self._found_at_once(ticket)

    def _found_at_once(self, ticket: StoredTicket) -> Added:
        wait = self._parts.index.apply_now([ticket.id])
        return Added(ticket, f"It is saved and cannot be found yet. {wait}." if wait else "")
