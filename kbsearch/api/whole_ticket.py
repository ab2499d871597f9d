"""One whole ticket as the API tells it, and how much of it is asked for."""

from typing import cast

from apiflask import Schema, fields

from kbsearch.api.schemas import STORED, TicketByQuery, TicketKey
from kbsearch.api.values import FromAddress, YesNo
from kbsearch.records.raw_text import raw_texts
from kbsearch.records.ticket import FIELDS, StoredTicket


class TicketAsked(FromAddress, TicketKey):
    """Which ticket is read, and how much of it."""

    raw = YesNo(
        load_default=False,
        metadata={"description": "Add its texts as they came; they may hold HTML, so escape them."},
    )


class TicketAskedByQuery(TicketAsked, TicketByQuery):
    """Which ticket is read, if its reference cannot stand in a path."""


class RawTextOut(Schema):
    """A text as it came, such as HTML, where the ticket has another."""

    field = fields.String(metadata={"description": "The field that has what became of it."})
    message = fields.Integer(
        allow_none=True,
        metadata={"description": "Which of `messages`, from 0; null for other fields."},
    )
    text = fields.String()


_RAW = fields.List(
    fields.Nested(RawTextOut),
    metadata={"description": "Only if `raw` is asked for: texts as they came, where they differ."},
)
TicketOut = cast(type[Schema], Schema.from_dict({**STORED, "raw": _RAW}, name="TicketOut"))
"""A ticket with all that is known about it."""


def told(ticket: StoredTicket, *, raw: bool = False) -> dict[str, object]:
    """Return a ticket as `TicketOut` takes it."""
    values = {name: getattr(ticket, name) for name in (*FIELDS, "revision")}
    return {**values, "raw": raw_texts(ticket)} if raw else values
