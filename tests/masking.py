"""A stage that masks nothing, for tests of what is around it."""

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from kbsearch.privacy.tickets import TicketMasking
from kbsearch.records.masking import MaskedTicket
from kbsearch.records.ticket import Ticket, TicketFields


class Unmasked(TicketMasking):
    """Lets every text through."""

    def __init__(self) -> None:
        """Have no rules."""
        super().__init__(Masker(Rules()))

    @property
    def version(self) -> str:
        """None: what it lets through was never masked."""
        return ""

    def without_cards(self, given: TicketFields) -> TicketFields:
        """Return the fields as they are."""
        return given

    def mask(self, ticket: Ticket) -> MaskedTicket:
        """Return the ticket as it is."""
        return MaskedTicket(ticket, {})

    def line(self, said: str) -> str:
        """Return the sentence as it is."""
        return said

    def text(self, typed: str) -> str:
        """Return the text as it is."""
        return typed


unmasked = Unmasked()
