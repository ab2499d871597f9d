"""Reading, adding, deleting and restoring tickets."""

import secrets
from collections.abc import Callable
from typing import NamedTuple

from kbsearch.errors import ReferenceTaken, TicketInvalid, shown
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.services.service import Service

_STATUSES = ("open", "pending", "solved", "closed")
"""Statuses that a ticket may get although none has them yet."""
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

    def check_status(self, status: str) -> None:
        """Raise TicketInvalid for a status that no ticket has, and that no desk is known to use."""
        known = dict.fromkeys(
            (*_STATUSES, *(value for value, _ in self._parts.store.values("status")))
        )
        if status and status.casefold() not in map(str.casefold, known):
            named = ", ".join(map(shown, known))
            raise TicketInvalid("status", f'"{shown(status)}" is none of: {named}; choose one')

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
