"""The texts of tickets as they came, in rows of their own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from kbsearch.records.raw_text import RawText
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.rows import portions
from kbsearch.store.tables import RawTextRow

_OF_TICKETS = select(
    RawTextRow.ticket_id, RawTextRow.field, RawTextRow.message, RawTextRow.text
).where(RawTextRow.ticket_id.in_(bindparam("ids", expanding=True)))


def with_raw(connection: Connection, tickets: Sequence[StoredTicket]) -> list[StoredTicket]:
    """Return these tickets, each with its texts as they came."""
    found: dict[int, list[Row[int, str, int, str]]] = {}
    for ids in portions([one.id for one in tickets]):
        for row in connection.execute(_OF_TICKETS, {"ids": ids}):
            found.setdefault(row.ticket_id, []).append(row)
    return [_put_in(one, found[one.id]) if one.id in found else one for one in tickets]


def _put_in(ticket: StoredTicket, rows: Sequence[Row[int, str, int, str]]) -> StoredTicket:
    fields = {one.field: one.text for one in rows if one.field != "messages"}
    said = {one.message: one.text for one in rows if one.field == "messages"}
    messages = (
        replace(one, raw=said[place]) if place in said else one
        for place, one in enumerate(ticket.messages)
    )
    return replace(ticket, raw=fields, messages=tuple(messages))


def write(connection: Connection, texts: Mapping[int, Sequence[RawText]]) -> None:
    """Put these texts in the place of all that these tickets have."""
    remove(connection, texts)
    rows = [
        {"ticket_id": number, "field": field, "message": place or 0, "text": text}
        for number, some in texts.items()
        for field, place, text in some
    ]
    if rows:
        connection.execute(insert(RawTextRow), rows)


def remove(connection: Connection, ids: Collection[int]) -> None:
    """Remove the texts of these tickets for good."""
    for portion in portions(ids):
        connection.execute(delete(RawTextRow).where(RawTextRow.ticket_id.in_(portion)))
