"""The messages of tickets, in rows of their own."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import inf
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.rows import portions, ticket_of
from kbsearch.store.tables import MessageRow

_ALL = select(*MessageRow.__table__.c).order_by(MessageRow.ticket_id, MessageRow.position)
_OF_TICKETS = _ALL.where(MessageRow.ticket_id.in_(bindparam("ids", expanding=True)))
_NONE_LEFT: tuple[float, Iterable[Row[Any]]] = inf, ()


def read(connection: Connection, ids: Collection[int]) -> dict[int, list[Message]]:
    """Return the messages of these tickets, in order; tickets that have none are absent."""
    found: dict[int, list[Message]] = {}
    for portion in portions(ids):
        for row in connection.execute(_OF_TICKETS, {"ids": portion}):
            found.setdefault(row.ticket_id, []).append(_message_of(row))
    return found


def with_messages(connection: Connection, rows: Iterable[Row[Any]]) -> Iterator[StoredTicket]:
    """Yield the tickets of rows that are sorted by id, each with its messages.

    The messages are read next to the rows, as many ahead as the connection says.
    """
    groups = groupby(connection.execute(_ALL), key=attrgetter("ticket_id"))
    number, messages = next(groups, _NONE_LEFT)
    for row in rows:
        while number < row.id:
            number, messages = next(groups, _NONE_LEFT)
        yield ticket_of(row, [*map(_message_of, messages)] if number == row.id else ())


def write(connection: Connection, threads: Mapping[int, Sequence[Message]]) -> None:
    """Put these messages in the place of all that these tickets have."""
    remove(connection, threads)
    rows = [
        _row(number, position, message)
        for number, messages in threads.items()
        for position, message in enumerate(messages)
    ]
    if rows:
        connection.execute(insert(MessageRow), rows)


def remove(connection: Connection, ids: Collection[int]) -> None:
    """Remove the messages of these tickets for good."""
    for portion in portions(ids):
        connection.execute(delete(MessageRow).where(MessageRow.ticket_id.in_(portion)))


def _message_of(row: Row[Any]) -> Message:
    return Message(row.author, Role(row.role), row.at, row.public, row.text)


def _row(number: int, position: int, message: Message) -> dict[str, Any]:
    return {
        "ticket_id": number,
        "position": position,
        "role": message.role.value,
        "author": message.author,
        "at": message.at,
        "public": message.public,
        "text": message.text,
    }
