"""What calls say of tickets."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from kbsearch.errors import InputError
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.names import is_storable

CALL_LIMIT = 64
"""Characters in the id of a call: twice as many as a UUID has."""
QUERY_LIMIT = 256
"""Characters in the query that led to a ticket: as many as a search takes."""


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """What a person says of a ticket: that it solved the problem, or that it did not help.

    call   the id of the call, "" for none; an opaque one, never a name, a number or an address
           of a person. One call says one thing of a ticket: what it says last.
    query  what was searched for, "" if no one says.

    Raises InputError, naming the field, if a text cannot be stored.
    """

    solved: bool
    call: str = ""
    query: str = ""

    def __post_init__(self) -> None:
        """Refuse what no table could hold."""
        _check("call", self.call, CALL_LIMIT, "send the id of the call alone")
        _check("query", self.query, QUERY_LIMIT, "shorten it or leave it out")


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How often a ticket solved the problem, of how many calls that tried what it says."""

    solved: int
    tried: int

    @property
    def message(self) -> Message:
        """The message for a person.

        >>> TrackRecord(3, 4).message, TrackRecord(0, 0).message
        ((<worked>, 3, 4), (<untried>,))
        """
        return (Code.WORKED, self.solved, self.tried) if self.tried else (Code.UNTRIED,)


UNTRIED = TrackRecord(solved=0, tried=0)
"""Of a ticket that no call has said anything of."""


class Tried(NamedTuple):
    """A ticket that a call tried, and whether it solved the problem."""

    ticket_id: int
    reference: str
    source: str
    subject: str
    solved: bool


@dataclass(frozen=True, slots=True)
class Call:
    """What one call tried.

    tickets  what solved the problem first, then what was said last; no deleted ones.
    """

    id: str
    started_at: datetime
    last_at: datetime
    tickets: tuple[Tried, ...]

    @property
    def tried(self) -> int:
        """How many tickets it tried."""
        return len(self.tickets)

    @property
    def solved(self) -> int:
        """How many of them solved the problem."""
        return sum(one.solved for one in self.tickets)

    @property
    def failed(self) -> int:
        """How many of them did not help."""
        return self.tried - self.solved

    @property
    def message(self) -> Message:
        """The message for a person, such as `2 tried, 1 did not help`."""
        if self.failed:
            return Code.TRIED_AND_FAILED, self.tried, self.failed
        return Code.TRIED, self.tried


def _check(name: str, text: str, limit: int, next_step: str) -> None:
    if len(text) > limit:
        raise InputError(
            f"{name}: has {len(text):,} characters, the limit is {limit}; {next_step}."
        )
    if not is_storable(text):
        raise InputError(f"{name}: holds a NUL or half a character; send plain text.")
