"""Tickets as rows of their table, and back."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, func

from kbsearch.records.ticket import FIELDS, Audience, Kind, StoredTicket
from kbsearch.store.tables import TicketRow

_NAMES = ("id", "revision", *FIELDS)
COLUMNS = tuple(TicketRow.__table__.c[name] for name in (*_NAMES, "deleted_at", "purged_at"))
"""What to select for `ticket_of`."""
_BLANK = " \t\n\v\f\r\u00a0"
"""What a text may be made of that says nothing."""
RESOLVED = func.ltrim(TicketRow.resolution, _BLANK) != ""
"""Whether a ticket says what solved the problem."""
IN_LIMIT = 5_000
"""Values in one IN: well below what SQLite (32,766) and PostgreSQL (65,535) take."""
Value = TypeVar("Value")


def ticket_of(row: Row[Any]) -> StoredTicket:
    """Make a ticket of a row that was selected by COLUMNS."""
    values = dict(zip(_NAMES, row, strict=False))
    values["kind"] = Kind(values["kind"])
    values["audience"] = Audience(values["audience"])
    values["tags"] = tuple(values["tags"])
    return StoredTicket(**values)


def values_of(ticket: StoredTicket) -> dict[str, Any]:
    """Make a row of a ticket that is not deleted."""
    values = {name: getattr(ticket, name) for name in _NAMES}
    values["kind"] = ticket.kind.value
    values["audience"] = ticket.audience.value
    values["tags"] = list(ticket.tags)
    return values | {"deleted_at": None}


def portions(values: Collection[Value]) -> Iterator[Sequence[Value]]:
    """Cut the values into lists of at most IN_LIMIT."""
    rest = list(values)
    for start in range(0, len(rest), IN_LIMIT):
        yield rest[start : start + IN_LIMIT]
