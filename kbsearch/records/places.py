"""Every text of a ticket by its place: what is masked, and what an original is kept under."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kbsearch.records.message import Message
from kbsearch.records.ticket import LISTS, NAMES, TEXTS, Ticket

PLAIN = (*NAMES, *TEXTS)
"""The fields whose name is their place; a tag is tags/0, an author messages/0/author."""
OF_MESSAGE = ("author", "text", "raw")
"""The texts of a message."""
AnyTicket = TypeVar("AnyTicket", bound=Ticket)


def places(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Yield the place of each text that says something, and the text.

    >>> list(places(Ticket(reference="A-1", subject="Jam", tags=("hall", "paper"), source="")))
    ... # doctest: +NORMALIZE_WHITESPACE
    [('reference', 'A-1'), ('status', 'open'), ('subject', 'Jam'),
     ('tags/0', 'hall'), ('tags/1', 'paper')]
    """
    for name in PLAIN:
        if text := getattr(ticket, name):
            yield name, text
    for name in LISTS:
        for number, text in enumerate(getattr(ticket, name)):
            yield f"{name}/{number}", text
    for number, message in enumerate(ticket.messages):
        for part in OF_MESSAGE:
            if text := getattr(message, part):
                yield f"messages/{number}/{part}", text
    for name, text in ticket.raw.items():
        yield f"raw/{name}", text


def with_texts(ticket: AnyTicket, texts: Mapping[str, str]) -> AnyTicket:
    """Return a ticket with these texts at their places; a raw text that is "" is left out.

    >>> with_texts(Ticket(reference="A-1", tags=("a", "b"), subject="Jam"), {"tags/1": "c"}).tags
    ('a', 'c')
    """
    if not texts:
        return ticket
    changes: dict[str, Any] = {}
    deeper: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for place, text in texts.items():
        name, _, rest = place.partition("/")
        if rest:
            deeper[name][rest] = text
        else:
            changes[name] = text
    for name, inner in deeper.items():
        held = getattr(ticket, name)
        if name == "messages":
            changes[name] = _with_messages(held, inner)
        elif name == "raw":
            changes[name] = {key: text for key, text in {**held, **inner}.items() if text}
        else:
            changes[name] = tuple(inner.get(str(n), text) for n, text in enumerate(held))
    return replace(ticket, **changes)


def _with_messages(held: tuple[Message, ...], texts: Mapping[str, str]) -> tuple[Message, ...]:
    of_each: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for place, text in texts.items():
        number, _, part = place.partition("/")
        of_each[int(number)][part] = text
    return tuple(
        replace(message, **of_each[number]) if number in of_each else message
        for number, message in enumerate(held)
    )
