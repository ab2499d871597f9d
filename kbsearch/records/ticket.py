"""The ticket: the one record that everything else is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import NotRequired, TypedDict

from kbsearch.errors import TicketInvalid
from kbsearch.records.message import Message

TEXT_LIMIT = 1_000_000
"""Characters in one text field: ten times the longest real ticket that was seen."""
NAME_LIMIT = 200
"""Characters in a reference, a product, a tag and the like."""

LIST_LIMIT = 100
"""Tags, agents or attachments of one ticket: more tell no one what it is about."""
MESSAGES_LIMIT = 2_000
"""Messages of one ticket."""
THREAD_LIMIT = 8 * TEXT_LIMIT
"""Characters in all messages of one ticket."""


class Kind(StrEnum):
    """What a record is: a person's problem, or a text written to be found."""

    TICKET = "ticket"
    ARTICLE = "article"


class Audience(StrEnum):
    """Who may see a record: our own people, or partners too."""

    INTERNAL = "internal"
    PARTNER = "partner"


class Shape(StrEnum):
    """What the value of a field is like."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    TIME = "time"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """What forms, pages, the terminal and the index need to know of a field.

    label   its heading.
    help    what belongs in it, in a sentence or two; "" if its name says so.
    rows    the lines of its box in a form; 0 where no form asks for it.
    weight  how much an occurrence of a term in it counts; 0 where no search looks.
    """

    shape: Shape
    label: str
    help: str = ""
    rows: int = 0
    weight: float = 0.0


def _about(
    shape: Shape, label: str, help_: str = "", *, rows: int = 0, weight: float = 0.0
) -> dict[str, FieldInfo]:
    return {"info": FieldInfo(shape, label, help_, rows, weight)}


class TicketFields(TypedDict):
    """Some fields of one ticket, as a form or a row of a file gives them.

    A field that is absent keeps what the store has; a field that is empty empties it.

    raw  the texts of the fields as they came, where these differ, by the name of the field.
    """

    reference: str
    source: NotRequired[str]
    kind: NotRequired[Kind]
    subject: NotRequired[str]
    problem: NotRequired[str]
    environment: NotRequired[str]
    cause: NotRequired[str]
    resolution: NotRequired[str]
    resolution_from: NotRequired[str]
    status: NotRequired[str]
    close_reason: NotRequired[str]
    product: NotRequired[str]
    category: NotRequired[str]
    tags: NotRequired[tuple[str, ...]]
    language: NotRequired[str]
    audience: NotRequired[Audience]
    customer_reference: NotRequired[str]
    requester: NotRequired[str]
    agents: NotRequired[tuple[str, ...]]
    channel: NotRequired[str]
    created_at: NotRequired[datetime | None]
    updated_at: NotRequired[datetime | None]
    resolved_at: NotRequired[datetime | None]
    attachments: NotRequired[tuple[str, ...]]
    messages: NotRequired[tuple[Message, ...]]
    raw: NotRequired[Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A past call or a help article, and how it was resolved.

    reference    what the source calls it; unique within its source.
    source       where it came from: the name of a system or of a person's desk.
    problem      what the caller said; `environment` what they use; `cause` what was wrong.
    resolution   what solved it; empty while no one knows.
    resolution_from  where a likely resolution was taken from, such as "the last reply"; empty if
                 someone wrote it as the resolution.
    close_reason  why it was closed, in the word of its source, such as "Fixed".
    customer_reference  the customer's reference in the source, never a name.
    requester, agents  who asked and who answered: no search looks there, and no hit has them.
    attachments  the names of files.
    *_at         UTC, or None where the source does not say.
    raw          the texts of fields as they came, where these differ; messages have their own. It
                 is kept to be shown, and two tickets are equal whatever it is.

    Raises TicketInvalid, naming the field, if a value cannot be stored.
    """

    reference: str = field(metadata=_about(Shape.LINE, "Reference", weight=1.0))
    source: str = field(
        default="desk", metadata=_about(Shape.LINE, "Source", "The system or desk it comes from.")
    )
    kind: Kind = field(default=Kind.TICKET, metadata=_about(Shape.CHOICE, "Kind"))
    subject: str = field(
        default="",
        metadata=_about(
            Shape.TEXT, "Subject", "What it is about, in one line.", rows=1, weight=1.3
        ),
    )
    problem: str = field(
        default="",
        metadata=_about(
            Shape.TEXT,
            "Problem",
            "What the caller says, in their words. Leave names and numbers of people out.",
            rows=5,
            weight=1.0,
        ),
    )
    resolution: str = field(
        default="",
        metadata=_about(
            Shape.TEXT,
            "Resolution",
            "What solved it, step by step. Leave it empty while it is unknown.",
            rows=6,
            weight=0.2,
        ),
    )
    resolution_from: str = field(
        default="",
        metadata=_about(
            Shape.LINE,
            "Resolution from",
            "Where a likely resolution was taken from; empty if it was written as one.",
        ),
    )
    cause: str = field(
        default="", metadata=_about(Shape.TEXT, "Cause", "What was wrong.", rows=2, weight=0.8)
    )
    environment: str = field(
        default="",
        metadata=_about(
            Shape.TEXT,
            "Environment",
            "Device, version, network: what the next caller may share.",
            rows=2,
            weight=0.8,
        ),
    )
    product: str = field(
        default="",
        metadata=_about(Shape.LINE, "Product", "The product that it is about.", rows=1, weight=0.5),
    )
    category: str = field(
        default="",
        metadata=_about(
            Shape.LINE, "Category", "Its category, as your desk names them.", rows=1, weight=0.2
        ),
    )
    tags: tuple[str, ...] = field(
        default=(), metadata=_about(Shape.LIST, "Tags", "Separated by commas.", rows=1, weight=0.2)
    )
    status: str = field(
        default="open",
        metadata=_about(
            Shape.LINE, "Status", "Left empty, it follows from the resolution.", rows=1
        ),
    )
    close_reason: str = field(
        default="",
        metadata=_about(Shape.LINE, "Closed as", "Why it was closed, such as Fixed."),
    )
    language: str = field(default="", metadata=_about(Shape.LINE, "Language"))
    audience: Audience = field(default=Audience.INTERNAL, metadata=_about(Shape.CHOICE, "Audience"))
    customer_reference: str = field(
        default="", metadata=_about(Shape.LINE, "Customer", "A reference, never a name.")
    )
    requester: str = field(
        default="", metadata=_about(Shape.LINE, "Requester", "Who asked, by name.")
    )
    agents: tuple[str, ...] = field(
        default=(), metadata=_about(Shape.LIST, "Agents", "Who answered, by name.")
    )
    channel: str = field(default="", metadata=_about(Shape.LINE, "Channel"))
    created_at: datetime | None = field(default=None, metadata=_about(Shape.TIME, "Created"))
    updated_at: datetime | None = field(default=None, metadata=_about(Shape.TIME, "Updated"))
    resolved_at: datetime | None = field(default=None, metadata=_about(Shape.TIME, "Resolved"))
    attachments: tuple[str, ...] = field(
        default=(), metadata=_about(Shape.LIST, "Attachments", "The names of files.")
    )
    messages: tuple[Message, ...] = field(
        default=(),
        metadata=_about(Shape.THREAD, "Messages", "The conversation, by time.", weight=0.2),
    )
    raw: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what no table, index or page could hold."""
        for name, value in zip(NAMES, _names_in(self), strict=True):
            _check_text(name, value, NAME_LIMIT)
        for name, value in zip(TEXTS, _texts_in(self), strict=True):
            _check_text(name, value, TEXT_LIMIT)
        for name in LISTS:
            _check_list(name, getattr(self, name))
        _check_thread(self.messages)
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


FIELD_TABLE: dict[str, FieldInfo] = {
    one.name: one.metadata["info"] for one in fields(Ticket) if one.metadata
}
"""Every field, in the order in which a person reads them. A new field is a line in `Ticket` and in
`TicketFields`, a column in `store/tables.py`, a migration, and names in `index/columns.tsv`."""
FIELDS = tuple(FIELD_TABLE)


def fields_of(*shapes: Shape) -> tuple[str, ...]:
    """Return the names of the fields of some shapes.

    >>> fields_of(Shape.TIME)
    ('created_at', 'updated_at', 'resolved_at')
    """
    return tuple(name for name, info in FIELD_TABLE.items() if info.shape in shapes)


TEXTS = fields_of(Shape.TEXT)
"""The fields that a person reads and the search looks in."""
NAMES = fields_of(Shape.LINE)
"""The fields that hold one short value."""
LISTS = fields_of(Shape.LIST)
"""The fields that hold several short values."""
ONLY_ON_ITS_PAGE = ("requester", "agents", "attachments", "messages")
"""The fields that are read with the ticket itself, and with no list of tickets."""
CHOICES = {
    one.name: type(one.default) for one in fields(Ticket) if isinstance(one.default, StrEnum)
}
"""The fields that hold one of some values, each with the type of these."""
TIMES = fields_of(Shape.TIME)
"""The fields that hold a time."""
_names_in, _texts_in = attrgetter(*NAMES), attrgetter(*TEXTS)
content_of: Callable[["Ticket"], tuple[object, ...]] = attrgetter(*FIELDS)
"""Returns the values of all fields."""
FORM = {name: info for name, info in FIELD_TABLE.items() if info.rows}
"""The fields that a form asks for."""

IMPORTED = tuple(name for name in FIELDS if name != "messages")
"""The fields that a column of a file may be taken for."""


def _check_text(name: str, value: str, limit: int) -> None:
    if not value:
        return
    if len(value) > limit:
        raise TicketInvalid(
            name, f"has {len(value):,} characters, the limit is {limit:,}; shorten it"
        )
    if "\x00" in value:
        raise TicketInvalid(name, "holds a NUL character, which no text has; remove it")
    if value.isascii():
        return
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise TicketInvalid(name, "holds half a character; save the file as UTF-8") from None


def check_texts(given: TicketFields) -> None:
    """Raise TicketInvalid if a text is too long, or is none that could be stored."""
    for name in TEXTS:
        _check_text(name, str(given.get(name, "")), TEXT_LIMIT)


def _check_list(name: str, values: tuple[str, ...]) -> None:
    if len(values) > LIST_LIMIT:
        raise TicketInvalid(name, too_many_values(name, len(values), LIST_LIMIT))
    for value in values:
        _check_text(name, value, NAME_LIMIT)


def too_many_values(name: str, number: int, limit: int) -> str:
    """Return what is said of a ticket with so many values in a field."""
    return f"has {number:,} {name}, the limit is {limit:,}; leave some out"


def _check_thread(messages: tuple[Message, ...]) -> None:
    if len(messages) > MESSAGES_LIMIT:
        too_many = too_many_values("messages", len(messages), MESSAGES_LIMIT)
        raise TicketInvalid("messages", too_many)
    for one in messages:
        _check_text("messages", one.author, NAME_LIMIT)
        _check_text("messages", one.text, TEXT_LIMIT)
        _check_time("messages", one.at)
    if (size := sum(len(one.text) for one in messages)) > THREAD_LIMIT:
        raise TicketInvalid(
            "messages",
            f"have {size:,} characters, the limit is {THREAD_LIMIT:,}; leave some out",
        )


def _check_time(name: str, value: datetime | None) -> None:
    if value is not None and value.tzinfo is None:
        raise TicketInvalid(name, "has no time zone; write it as UTC, such as 2026-03-01T09:30:00Z")
