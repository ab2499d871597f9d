"""Texts as they came, before HTML and the like became plain text."""

from collections.abc import Iterable
from typing import NamedTuple

from kbsearch.names import is_storable
from kbsearch.records.ticket import FIELDS, TEXT_LIMIT, Ticket


class RawText(NamedTuple):
    """A text of a ticket as it came, which is not what the ticket has.

    field    the field that has what became of it.
    message  which of the messages has it, from 0; None for other fields.
    """

    field: str
    message: int | None
    text: str


def raw_texts(ticket: Ticket) -> tuple[RawText, ...]:
    """Return the texts as they came, in the order in which a person reads the fields."""
    said = (
        RawText("messages", place, one.raw) for place, one in enumerate(ticket.messages) if one.raw
    )
    given = (RawText(name, None, ticket.raw[name]) for name in FIELDS if name in ticket.raw)
    return (*given, *said)


def distinct(texts: Iterable[RawText]) -> tuple[RawText, ...]:
    """Return these texts without those that are the same again, as a first message is."""
    by_text: dict[str, RawText] = {}
    for one in texts:
        by_text.setdefault(one.text, one)
    return tuple(by_text.values())


def raw_text(came: str, became: str) -> str:
    """Return what is kept of a text as it came: "" if it differs in white space alone.

    >>> raw_text("<b>No</b> paper", "No paper"), raw_text("No  paper ", "No paper")
    ('<b>No</b> paper', '')
    """
    if came is became or came.split() == became.split():
        return ""
    kept = came[:TEXT_LIMIT]
    return kept if is_storable(kept) else _storable(kept)


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
