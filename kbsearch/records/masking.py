"""What the store asks of the stage that masks personal data."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from kbsearch.records.ticket import Ticket, TicketFields


class MaskedTicket(NamedTuple):
    """A ticket without personal data, and what is kept of it in the vault.

    originals  place -> what the text there said, without card numbers.
    withheld   the places of texts that could not be masked, so that nothing of them is shown.
    """

    ticket: Ticket
    originals: Mapping[str, str]
    withheld: tuple[str, ...] = ()


class Masking(Protocol):
    """The one stage that every ticket passes on its way into the store.

    version  changes when the same text might be masked otherwise.
    """

    @property
    def version(self) -> str:
        """What changes when the same text might be masked otherwise."""

    def text(self, typed: str) -> str:
        """Return what a person typed, such as a query, masked."""

    def line(self, said: str) -> str:
        """Return a sentence of ours, which may quote what a person typed, masked."""

    def without_cards(self, given: TicketFields) -> TicketFields:
        """Return the fields with a mark for each card number, which no one keeps."""

    def mask(self, ticket: Ticket) -> MaskedTicket:
        """Return a ticket without cards as others may see it. Raises TicketInvalid."""
