"""Tickets as rows of their table, and back."""

from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func

from kbsearch.records.message import Message
from kbsearch.records.ticket import (
    FIELDS,
    LISTS,
    ONLY_ON_ITS_PAGE,
    Audience,
    Kind,
    StoredTicket,
)
from kbsearch.store.tables import TicketRow

KEPT_IN_ROW = tuple(name for name in FIELDS if name != "messages")
"""The fields that the row of a ticket has; its messages have rows of their own."""
_LISTED = ("id", "revision", *(name for name in FIELDS if name not in ONLY_ON_ITS_PAGE))
_NAMES = (*_LISTED, *(name for name in KEPT_IN_ROW if name in ONLY_ON_ITS_PAGE))
_values = attrgetter(*_NAMES)
_STATE = ("deleted_at", "purged_at", "rules")
COLUMNS = tuple(TicketRow.__table__.c[name] for name in (*_NAMES, *_STATE))
"""What to select for `ticket_of`."""
LIST_COLUMNS = COLUMNS[: len(_LISTED)]
"""The same for a list of tickets."""
_BLANK = " \t\n\v\f\r\u00a0"
"""What a text may be made of that says nothing."""
RESOLVED = func.ltrim(TicketRow.resolution, _BLANK) != ""
"""Whether a ticket says what solved the problem."""
IN_LIMIT = 5_000
"""Values in one IN: well below what SQLite (32,766) and PostgreSQL (65,535) take."""
Value = TypeVar("Value")


def ticket_of(row: Row[Any], messages: Sequence[Message] = ()) -> StoredTicket:
    """Make a ticket of a row that was selected by COLUMNS or LIST_COLUMNS, and its messages."""
    values = dict(zip(_NAMES, row, strict=False))
    values["kind"] = Kind(values["kind"])
    values["audience"] = Audience(values["audience"])
    for name in LISTS:
        values[name] = tuple(values.get(name, ()))
    return StoredTicket(**values, messages=tuple(messages))


def values_of(ticket: StoredTicket) -> dict[str, Any]:
    """Make a row of a ticket that is not deleted."""
    values: dict[str, Any] = dict(zip(_NAMES, _values(ticket), strict=True))
    values["kind"] = ticket.kind.value
    values["audience"] = ticket.audience.value
    for name in LISTS:
        values[name] = list(values[name])
    return values | {"deleted_at": None}


def portions(values: Collection[Value]) -> Iterator[Sequence[Value]]:
    """Cut the values into lists of at most IN_LIMIT."""
    rest = list(values)
    for start in range(0, len(rest), IN_LIMIT):
        yield rest[start : start + IN_LIMIT]


def rows_of(connection: Connection, query: Select[Any], ids: Collection[int]) -> list[Row[Any]]:
    """Return the rows of a query whose parameter `ids` takes many values."""
    return [row for some in portions(ids) for row in connection.execute(query, {"ids": some})]
