"""A customer, as the tickets name one."""

from typing import NamedTuple

from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.names import is_storable
from kbsearch.records.ticket import StoredTicket

LONGEST_NUMBER = 40
"""Characters of what may be a customer number."""
_MOST_PIECES = 3
"""Pieces that a customer number may be typed in, such as `C 20806`."""


class CustomerTickets(NamedTuple):
    """The tickets of a customer.

    numbers  the number as the tickets show it; several where only marks and blanks tell them apart.
    total    how many tickets there are.
    tickets  the newest of them.
    """

    numbers: tuple[str, ...]
    total: int
    tickets: tuple[StoredTicket, ...]

    @property
    def message(self) -> Message:
        """The heading above them."""
        return Code.CUSTOMER if self.total else Code.CUSTOMER_FILTERED_OUT, self.numbers


def may_be_number(text: str) -> bool:
    """Tell whether a query may be a customer number: it is short and has a digit.

    No other query asks the database. A number without a digit would be a word, such as "home", and
    every search for that word would list the tickets of a customer.

    >>> may_be_number("C-20806"), may_be_number("c 20806"), may_be_number("outlook is slow")
    (True, True, False)
    """
    return (
        len(text) <= LONGEST_NUMBER
        and any(letter.isdigit() for letter in text)
        and len(text.split()) <= _MOST_PIECES
        and is_storable(text)
    )
