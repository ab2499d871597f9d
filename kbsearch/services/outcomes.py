"""What calls say of tickets: solved it, or did not help."""

from dataclasses import replace

from kbsearch.records.outcome import UNTRIED, Call, OutcomeReport, TrackRecord
from kbsearch.records.ticket import StoredTicket
from kbsearch.services.service import Service


class Outcomes(Service):
    """Records what calls say of tickets."""

    def record(self, reference: str, said: OutcomeReport, source: str | None = None) -> TrackRecord:
        """Take down what a call says of a ticket; return what is known of the ticket then.

        Raises TicketNotFound, or InputError if several sources have it.
        """
        ticket = self._parts.store.get(reference, source)
        # Whose ticket it was is no query that led to it.
        by_number = self._parts.store.customer_tickets(said.query, limit=1) is not None
        said = replace(said, query="" if by_number else self._parts.masking.text(said.query))
        return self._parts.store.record_outcome(ticket.id, said)

    def take_back(self, reference: str, call: str, source: str | None = None) -> TrackRecord:
        """Take back what a call said of a ticket; return what is known of the ticket then.

        Raises CallNotFound, TicketNotFound, or InputError if several sources have the ticket.
        """
        return self._parts.store.take_back_outcome(self._parts.store.get(reference, source), call)

    def call(self, call: str) -> Call:
        """Return what a call tried; raises CallNotFound if it never said anything."""
        return self._parts.store.call(call)

    def track_record(self, ticket: StoredTicket) -> TrackRecord:
        """Return how often a ticket solved the problem."""
        known = self._parts.store.facts([ticket.id]).get(ticket.id)
        return known.record if known else UNTRIED
