"""What a ticket becomes when some of its fields are given again."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from kbsearch.errors import TicketInvalid, shown
from kbsearch.names import tidy, tidy_all
from kbsearch.records.message import joined
from kbsearch.records.ticket import (
    FIELDS,
    LISTS,
    NAMES,
    TIMES,
    Audience,
    Kind,
    Ticket,
    TicketFields,
    content_of,
)

DEFAULT_SOURCE = str(next(field.default for field in fields(Ticket) if field.name == "source"))
"""The source of a ticket that names none."""
OPEN = "open"
"""The status of a ticket that names none, while no one knows what solves it."""
SOLVED = "solved"
"""The status of a ticket that names none, once it has a resolution."""

_BEGINNING = frozenset({"subject", "problem", "requester", "created_at"})
"""What the beginning of a conversation says of it."""
_PART = frozenset({"reference", "source", "messages", "agents", "attachments", "raw"})
"""What every part of a conversation adds to."""

Key = tuple[str, str]
"""(source, reference): what tells tickets apart."""
Choice = TypeVar("Choice", bound=StrEnum)


def key_of(given: TicketFields) -> Key:
    """Return what tells the ticket with these fields from all others."""
    return given.get("source", DEFAULT_SOURCE), given["reference"]


def tidied(given: TicketFields) -> TicketFields:
    """Return the fields with their short values as they are stored, see `names.tidy`.

    A source that is empty then counts as not given.
    """
    fields: dict[str, Any] = dict(given)
    for name in NAMES:
        if name in fields:
            fields[name] = tidy(fields[name])
    for name in LISTS:
        if name in fields:
            fields[name] = tidy_all(fields[name])
    if "messages" in fields:
        fields["messages"] = tuple(
            replace(one, author=tidy(one.author), at=_utc("messages", one.at))
            for one in fields["messages"]
        )
    if not fields.get("source"):
        fields.pop("source", None)
    return cast("TicketFields", fields)


def merge(held: Ticket | None, given: TicketFields, *, now: datetime) -> Ticket:
    """Return the ticket that results from giving these fields to the one held; none is masked.

    An absent field keeps what is held, and so does a message that is not given again: an export
    may leave old ones out. What is only a likely resolution does not replace one that was written
    as such. No time is made up for what the source leaves open, but a
    ticket that changes here, without a time of its own, was updated `now` (UTC).

    Raises TicketInvalid if the result cannot be stored.
    """
    values: dict[str, Any] = dict(zip(FIELDS, content_of(held), strict=True)) if held else {}
    fields = _with_resolution(held, given)
    values |= {"messages": (), **fields, "raw": _raw(held, fields)}
    values["kind"] = _choice("kind", values.get("kind", Kind.TICKET), Kind)
    values["audience"] = _choice("audience", values.get("audience", Audience.INTERNAL), Audience)
    values["status"] = _status(held, given, values.get("resolution", ""))
    values |= {name: _utc(name, values.get(name)) for name in TIMES}
    for name in ("created_at", "updated_at"):
        values[name] = values[name] or (held and getattr(held, name))
    ticket = Ticket(**values)
    if held and held.messages:
        ticket = replace(ticket, messages=joined(held.messages, ticket.messages))
    if held and not given.get("updated_at") and not same_content(held, ticket):
        return replace(ticket, updated_at=now)
    return ticket


def _raw(held: Ticket | None, given: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the texts as they came: those held of texts that stay the same, and those given."""
    raw, new = {}, given.get("raw", {})
    if held:
        raw = {
            name: text
            for name, text in held.raw.items()
            if name not in given or given[name] == getattr(held, name)
        }
    return raw | {name: text for name, text in new.items() if text and name in given}


def _with_resolution(held: Ticket | None, given: TicketFields) -> dict[str, Any]:
    """Return the fields given, with the origin of a resolution, or without a likely one."""
    fields: dict[str, Any] = dict(given)
    if "resolution" in fields:
        fields.setdefault("resolution_from", "")
    if fields.get("resolution_from") and held and held.resolution and not held.resolution_from:
        del fields["resolution"], fields["resolution_from"]
    return fields


def part_of(held: Ticket | None, given: TicketFields) -> TicketFields:
    """Return the fields of a later or an earlier part of a conversation that fit the one held.

    A mailbox of answers says when and how they begin, which is not how the conversation began:
    that is what the part says that was created first. What was created when the ticket held was
    is no such part, and stays as it is given.
    """
    if not (held and held.messages and given.get("messages")):
        return given
    began, begins = held.created_at, given.get("created_at")
    if began is None or begins is None or began == begins:
        return given
    fields: dict[str, Any] = dict(given)
    for name in ("agents", "attachments"):
        fields[name] = tuple(dict.fromkeys((*getattr(held, name), *fields.get(name, ()))))
    if begins > began:
        fields = {name: fields[name] for name in fields if name not in _BEGINNING}
    if is_older(given, held):
        wanted = _PART if begins > began else {*_PART, *_BEGINNING}
        fields = {name: fields[name] for name in fields if name in wanted}
        fields["updated_at"] = held.updated_at
    return cast("TicketFields", fields)


def is_older(given: TicketFields, held: Ticket) -> bool:
    """Tell whether the source changed these fields before it changed what is held.

    Where either of the two has no time, no one can tell, so they are not.
    """
    at = given.get("updated_at")
    if at is None or at.tzinfo is None or held.updated_at is None:
        return False
    return at < held.updated_at


def same_content(one: Ticket, other: Ticket) -> bool:
    """Tell whether every field of the two is the same, whatever their ids and revisions."""
    return content_of(one) == content_of(other)


def _status(held: Ticket | None, given: TicketFields, resolution: str) -> str:
    """Return the status: the one given, else the one held, else what the resolution tells.

    A ticket that was open is solved when its first resolution arrives without a status.
    """
    status = given.get("status")
    if status:
        return status
    solved_now = bool(held and held.status == OPEN and not held.resolution and resolution)
    if held and status is None and not solved_now:
        return held.status
    return SOLVED if resolution.strip() else OPEN


def _choice(name: str, value: str, choices: type[Choice]) -> Choice:
    try:
        return choices(value)
    except ValueError:
        raise TicketInvalid(name, f"is {shown(value)!r}; it may be {', '.join(choices)}") from None


def _utc(name: str, value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is None:  # Ticket refuses a time without a zone
        return value
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise TicketInvalid(name, f"is {value}, which is beyond the years 1 to 9999") from None
