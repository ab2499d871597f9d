"""The shapes of the JSON API; the OpenAPI document is made from them."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, cast

from apiflask import Schema, fields
from apiflask.validators import Length, Range
from marshmallow import ValidationError, post_load, pre_load

from kbsearch.api.values import FromAddress, Time, Values, Whole, YesNo
from kbsearch.messages.message import Message, is_message, parameters, render
from kbsearch.records.filters import FILTER_LIMIT, Filters
from kbsearch.records.filters import too_many_values as too_many_filters
from kbsearch.records.message import Message as ThreadPart
from kbsearch.records.message import Role
from kbsearch.records.outcome import CALL_LIMIT
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import (
    CHOICES,
    FIELD_TABLE,
    FIELDS,
    LIST_LIMIT,
    LISTS,
    MESSAGES_LIMIT,
    FieldInfo,
    Kind,
    Shape,
    too_many_values,
)
from kbsearch.search.results import RESULTS_LIMIT, SearchRequest
from kbsearch.services.shapes import SUMMARY

_MOST_FIELDS = 100
"""Fields of one body: several times as many as any has."""


def _says(text: str) -> dict[str, str]:
    return {"description": text}


def _values(text: str, inner: fields.Field[Any] | None = None) -> Values:
    inner = inner or fields.String()
    metadata = _says(text)
    return Values(inner, FILTER_LIMIT, too_many_filters, load_default=list, metadata=metadata)


class Body(Schema):
    """What a caller of the API sends; what it does not know is refused, not ignored."""

    error_messages = {
        "unknown": "is not known here; /api/v1/openapi.json lists what is.",
        "type": "Send one JSON object, with its fields by name.",
    }

    @pre_load
    def few_fields(self, data: Any, **_: object) -> Any:
        """Refuse more fields than any body has, before each of them is found to be unknown."""
        if isinstance(data, Mapping) and len(data) > _MOST_FIELDS:
            raise ValidationError(
                f"There are {len(data):,} fields; /api/v1/openapi.json lists what can be sent."
            )
        return data


class SearchIn(Body):
    """A search; only `q` must be there."""

    q = fields.String(
        required=True,
        error_messages={"required": "is missing; send what to search for."},
        metadata=_says("What the caller says, as you would type it.") | {"pattern": r"\S"},
    )
    product = _values("Only these products; repeat it for several.")
    status = _values("Only these statuses; repeat it for several.")
    category = _values("Only these categories; repeat it for several.")
    kind = _values("Only these kinds.", fields.Enum(Kind, by_value=True))
    tag = _values("Only tickets that have all of these tags.")
    created_from = Time(load_default=None, metadata=_says("Created then or later."))
    created_before = Time(load_default=None, metadata=_says("Created earlier than that."))
    limit = Whole(
        load_default=10,
        validate=Range(1, RESULTS_LIMIT, error="must be from {min} to {max}."),
        metadata=_says("The most hits to send."),
    )
    tolerant = YesNo(
        load_default=True, metadata=_says("Read words in other ways than they are typed.")
    )
    exact = YesNo(
        load_default=False,
        metadata=_says("Find no other form of a word, nor another spelling: not team for Teams."),
    )
    typing = YesNo(load_default=False, metadata=_says("The last word may be unfinished."))
    call = fields.String(
        load_default="",
        validate=Length(max=CALL_LIMIT, error="has more than {max} characters; send the id alone."),
        metadata=_says(
            "Which call it is for, by an id that names no person: what did not help in it is lower."
        ),
    )

    @post_load
    def as_request(self, data: dict[str, Any], **_: object) -> SearchRequest:
        """Return what the knowledge base is asked."""
        return SearchRequest(
            text=data["q"],
            filters=Filters(
                products=tuple(data["product"]),
                statuses=tuple(data["status"]),
                categories=tuple(data["category"]),
                tags=tuple(data["tag"]),
                kinds=tuple(kind.value for kind in data["kind"]),
                created_from=data["created_from"],
                created_before=data["created_before"],
            ),
            limit=data["limit"],
            tolerant=data["tolerant"],
            exact=data["exact"],
            typing=data["typing"],
            call=data["call"],
        )


class SearchByAddress(FromAddress, SearchIn):
    """A search that stands in an address."""


class SnippetOut(Schema):
    """A piece of a ticket's text."""

    text = fields.String()
    marks = fields.List(
        fields.List(fields.Integer()),
        metadata=_says("What matched: [start, end) in Unicode code points, not UTF-16 units."),
    )


def _message(one: Any) -> Message:
    found: Message = one if is_message(one) else one.message
    return found


class MessageOut(Schema):
    """A message for a person, by itself or of what has it."""

    code = fields.Function(
        lambda one: _message(one)[0].code,
        metadata={"type": "string", "description": "What it is, such as quote_loosened."},
    )
    parameters = fields.Function(
        lambda one: parameters(_message(one)),
        metadata={"type": "object", "description": "What fills its sentence, by name."},
    )
    sentence = fields.Function(
        lambda one: render(_message(one)),
        metadata={"type": "string", "description": "The same in English."},
    )


class ReasonOut(MessageOut):
    """Why a hit is there: one word of the query and what the ticket has for it."""

    kind = fields.Enum(ReadingKind, by_value=True)
    word = fields.String(metadata=_says("The word of the query."))
    found = fields.String(metadata=_says("The word of the ticket."))
    share = fields.Float(metadata=_says("What the word gave to the score."))
    held_in = fields.List(  # a schema has `fields` of its own
        fields.String(),
        attribute="fields",
        data_key="fields",
        metadata=_says("Which texts of the ticket hold it, such as subject."),
    )


class SignalOut(MessageOut):
    """What something other than the words gave to a score."""

    name = fields.String(metadata=_says("Such as outcome."))
    share = fields.Float(metadata=_says("Below 0 if it took something away."))


class ThreadMessage(Body):
    """A message of the conversation that a ticket is about."""

    author = fields.String(load_default="", metadata=_says("As its source names them."))
    role = fields.Enum(Role, by_value=True, load_default=Role.UNKNOWN)
    at = Time(load_default=None, allow_none=True, metadata=_says("When it was written."))
    public = fields.Boolean(
        load_default=True, metadata=_says("false for a note that the requester does not see.")
    )
    text = fields.String(required=True, error_messages={"required": "is missing; send a text."})

    @post_load
    def as_message(self, data: dict[str, Any], **_: object) -> ThreadPart:
        """Return the message."""
        return ThreadPart(**data)


def _ticket_fields(names: Iterable[str]) -> dict[str, fields.Field[Any]]:
    """Return these fields of a ticket, each as the table of all fields has it."""
    return {name: _ticket_field(name, FIELD_TABLE[name]) for name in names}


def _ticket_field(name: str, info: FieldInfo) -> fields.Field[Any]:
    metadata = _says(info.help) if info.help else {}
    match info.shape:
        case Shape.TIME:
            return Time(allow_none=True, metadata=metadata)
        case Shape.LIST:
            too_many = partial(_too_many, name, limit=LIST_LIMIT)
            return Values(fields.String(), LIST_LIMIT, too_many, metadata=metadata)
        case Shape.THREAD:
            too_many = partial(_too_many, name, limit=MESSAGES_LIMIT)
            return Values(fields.Nested(ThreadMessage), MESSAGES_LIMIT, too_many, metadata=metadata)
        case Shape.CHOICE:
            return fields.Enum(CHOICES[name], by_value=True, metadata=metadata)
    return fields.String(metadata=metadata)


def _too_many(name: str, number: int, limit: int) -> str:
    return f"{too_many_values(name, number, limit)}."


def _made(
    name: str, own: Mapping[str, fields.Field[Any]], base: type[Schema] = Schema
) -> type[Schema]:
    return cast(type[Schema], base.from_dict(dict(own), name=name))


TicketSummary = _made("TicketSummary", _ticket_fields(SUMMARY))
"""A ticket without its texts."""


class HitOut(Schema):
    """A ticket that fits the query."""

    ticket = fields.Nested(TicketSummary)
    score = fields.Float(metadata=_says("The sum of the shares of its reasons and its signals."))
    problem = fields.Nested(SnippetOut)
    resolution = fields.Nested(
        SnippetOut, allow_none=True, metadata=_says("null while it is unknown.")
    )
    reasons = fields.List(fields.Nested(ReasonOut))
    signals = fields.List(
        fields.Nested(SignalOut), metadata=_says("What moved it besides its words.")
    )


class NearCodeOut(Schema):
    """A code that is nearly what was typed, and is something else."""

    typed = fields.String(metadata=_says("The code of the query."))
    found = fields.String(metadata=_says("A code that tickets have."))
    marks = fields.List(
        fields.List(fields.Integer()),
        metadata=_says("What differs in `found`: [start, end) in Unicode code points."),
    )
    hints = fields.List(
        fields.Nested(MessageOut),
        metadata=_says('Why one may be taken for the other, such as "0 and O look alike".'),
    )
    total = fields.Integer(metadata=_says("How many tickets have it."))
    tickets = fields.List(fields.Nested(TicketSummary), metadata=_says("The newest of them."))


CustomerTicketOut = _made("CustomerTicketOut", _ticket_fields([*SUMMARY, "customer_reference"]))
"""A ticket of a customer; the number is as this ticket shows it."""


class CustomerOut(Schema):
    """The tickets of the customer whose number was searched for."""

    numbers = fields.List(
        fields.String(),
        metadata=_says(
            "The number as tickets show it; several where only marks and blanks tell them apart."
        ),
    )
    total = fields.Integer(metadata=_says("How many tickets pass the filters."))
    tickets = fields.List(fields.Nested(CustomerTicketOut), metadata=_says("The newest of them."))


class SearchOut(Schema):
    """The answer to a search, the best hits first."""

    query = fields.String()
    total = fields.Integer(metadata=_says("How many tickets matched at all."))
    took_ms = fields.Function(
        lambda result: round(result.took * 1000, 3),
        metadata={"type": "number", "description": "Milliseconds that the search took."},
    )
    notes = fields.List(
        fields.Nested(MessageOut),
        metadata=_says("What could not be read as it was typed, or not be done."),
    )
    is_partial = fields.Boolean(  # a schema has a `partial` of its own
        attribute="partial",
        data_key="partial",
        metadata=_says("Whether there may be tickets that fit as well; a note says why."),
    )
    did_you_mean = fields.String(
        metadata=_says("The query with its likeliest corrections, empty if it needs none.")
    )
    hits = fields.List(fields.Nested(HitOut))
    solved = fields.List(
        fields.Nested(HitOut),
        metadata=_says("At most three tickets with a fix that answer the query: show them first."),
    )
    older_fixes = fields.List(
        fields.Nested(TicketSummary),
        metadata=_says("More tickets with a fix that may fit, the best first."),
    )
    near_codes = fields.List(
        fields.Nested(NearCodeOut),
        metadata=_says("Not what was typed: show them apart, never as hits."),
    )
    customer = fields.Nested(
        CustomerOut,
        allow_none=True,
        metadata=_says("null unless the whole query is a customer number that a ticket shows."),
    )


class _TicketBody(Body):
    @post_load
    def as_fields(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Return the fields that the knowledge base takes."""
        return data | {name: tuple(data[name]) for name in (*LISTS, "messages") if name in data}


_REFERENCE = fields.String(
    metadata=_says("One that no ticket has; without it we make one.") | {"pattern": r"\S"}
)
TicketIn = _made("TicketIn", {**_ticket_fields(FIELDS), "reference": _REFERENCE}, _TicketBody)
"""A new ticket; it needs a subject, a problem or a resolution."""

STORED = {
    **_ticket_fields(FIELDS),
    "revision": fields.Integer(metadata=_says("1 when first saved, one more for each change.")),
}
"""The fields of a ticket that an answer has."""

_NOTE = fields.String(
    metadata=_says("Only if it cannot be found yet: why, in sentences. It is saved.")
)
AddedOut = _made("AddedOut", {**STORED, "note": _NOTE})
"""A ticket that was saved."""


class TicketKey(Body):
    """Which of several tickets with one reference is meant."""

    source = fields.String(
        load_default=None, metadata=_says("Needed only where several sources have the reference.")
    )


class TicketByQuery(FromAddress, TicketKey):
    """A ticket whose reference cannot stand in a path."""

    reference = fields.String(
        required=True,
        error_messages={"required": "is missing; send the reference of a ticket."},
        metadata=_says('The reference of the ticket, such as ".." or "/etc/passwd".'),
    )


class StatusOut(Schema):
    """How much there is to search."""

    tickets = fields.Integer()
    resolved = fields.Integer(metadata=_says("Tickets that have a resolution."))
    indexed = fields.Integer(allow_none=True, metadata=_says("null while there is no index."))
    behind = fields.Integer(metadata=_says("Changes that the index has not taken in yet."))


class ErrorDetail(Schema):
    """What went wrong."""

    message = fields.String(metadata=_says("One sentence, with the next step."))
    field = fields.String(metadata=_says("The field it is about, if it is about one."))


class ErrorOut(Schema):
    """Every answer of the API that is not a success."""

    error = fields.Nested(ErrorDetail)
