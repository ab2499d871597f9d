"""The ticket: the one record that everything else is about."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import NotRequired, TypedDict

from kbsearch.errors import TicketInvalid

TEXT_LIMIT = 1_000_000
"""Characters in one text field: ten times the longest real ticket that was seen."""
NAME_LIMIT = 200
"""Characters in a reference, a product, a tag and the like."""

TAGS_LIMIT = 100
"""Tags of one ticket: more tell nobody what it is about."""


class Kind(StrEnum):
    """What a record is: somebody's problem, or a text written to be found."""

    TICKET = "ticket"
    ARTICLE = "article"


class Audience(StrEnum):
    """Who may see a record: our own people, or partners too."""

    INTERNAL = "internal"
    PARTNER = "partner"


class TicketFields(TypedDict):
    """Some fields of one ticket, as a form or a row of a file gives them.

    A field that is absent keeps what the store has; a field that is empty empties it.
    """

    reference: str
    source: NotRequired[str]
    kind: NotRequired[Kind]
    subject: NotRequired[str]
    problem: NotRequired[str]
    environment: NotRequired[str]
    cause: NotRequired[str]
    resolution: NotRequired[str]
    status: NotRequired[str]
    product: NotRequired[str]
    category: NotRequired[str]
    tags: NotRequired[tuple[str, ...]]
    language: NotRequired[str]
    audience: NotRequired[Audience]
    customer_reference: NotRequired[str]
    channel: NotRequired[str]
    created_at: NotRequired[datetime | None]
    updated_at: NotRequired[datetime | None]
    resolved_at: NotRequired[datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A past call or a help article, and how it was resolved.

    reference    what the source calls it; unique within its source.
    source       where it came from: the name of a system or of a person's desk.
    problem      what the caller said; `environment` what they use; `cause` what was wrong.
    resolution   what solved it; empty while nobody knows.
    customer_reference  the customer's reference in the source, never a name.
    *_at         UTC, or None where the source does not say.

    Raises TicketInvalid, naming the field, if a value cannot be stored.
    """

    reference: str
    source: str = "desk"
    kind: Kind = Kind.TICKET
    subject: str = ""
    problem: str = ""
    environment: str = ""
    cause: str = ""
    resolution: str = ""
    status: str = "open"
    product: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    audience: Audience = Audience.INTERNAL
    customer_reference: str = ""
    channel: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    resolved_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what no table, index or page could hold."""
        for name in NAMES:
            _check_text(name, getattr(self, name), NAME_LIMIT)
        for name in TEXTS:
            _check_text(name, getattr(self, name), TEXT_LIMIT)
        _check_number(self.tags)
        for tag in self.tags:
            _check_text("tags", tag, NAME_LIMIT)
        for name in TIMES:
            _check_time(name, getattr(self, name))
        if not self.reference.strip():
            raise TicketInvalid("reference", "is empty; every ticket needs one of its own")
        if not any(getattr(self, name).strip() for name in ("subject", "problem", "resolution")):
            raise TicketInvalid("subject", "write a subject, a problem or a resolution")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTicket(Ticket):
    """A ticket as the store holds it.

    id        ours, never given twice.
    revision  1 when it was first saved, one more for each change.
    """

    id: int
    revision: int

    def __post_init__(self) -> None:
        """Check nothing: what is stored was checked before, and every hit is made this way."""


TEXTS = ("subject", "problem", "environment", "cause", "resolution")
"""The fields that a person reads and the search looks in."""
NAMES = (
    "reference",
    "source",
    "status",
    "product",
    "category",
    "language",
    "customer_reference",
    "channel",
)
"""The fields that hold one short value."""
TIMES = ("created_at", "updated_at", "resolved_at")
"""The fields that hold a time."""
FIELDS = tuple(field.name for field in fields(Ticket))
"""Every field, in the order in which a person would read them."""

Redact = Callable[[Ticket], Ticket]
"""The one stage that every ticket passes on its way into the store."""


def _check_text(name: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise TicketInvalid(
            name, f"has {len(value):,} characters, the limit is {limit:,}; shorten it"
        )
    if "\x00" in value:
        raise TicketInvalid(name, "holds a NUL character, which no text has; remove it")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise TicketInvalid(name, "holds half a character; save the file as UTF-8") from None


def _check_number(tags: tuple[str, ...]) -> None:
    if len(tags) > TAGS_LIMIT:
        raise TicketInvalid("tags", too_many_tags(len(tags)))


def too_many_tags(number: int) -> str:
    """Return what is said of a ticket with so many tags."""
    return f"has {number:,} tags, the limit is {TAGS_LIMIT}; leave some out"


def _check_time(name: str, value: datetime | None) -> None:
    if value is not None and value.tzinfo is None:
        raise TicketInvalid(name, "has no time zone; write it as UTC, such as 2026-03-01T09:30:00Z")
