"""One message of the conversation that a ticket is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


class Role(StrEnum):
    """Who wrote a message; ATTACHMENT says that it is the text of a file, by whose name it goes."""

    REQUESTER = "requester"
    AGENT = "agent"
    SYSTEM = "system"
    ATTACHMENT = "attachment"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """What one person wrote to a ticket, or a system of its own accord.

    author  as the source names it, "" where it does not.
    at      UTC, or None where the source does not say.
    public  whether the requester sees it; False for a note among agents.
    raw     the text as it came, "" if that is the text; two messages are equal whatever it is.
    """

    author: str
    role: Role
    at: datetime | None
    public: bool
    text: str
    raw: str = field(default="", compare=False, repr=False)


def joined(held: Sequence[Message], given: Sequence[Message]) -> tuple[Message, ...]:
    """Return the messages given, with those held that are not among them, by time.

    Messages are the same if author, time and text are: then the one given stays. Where one has no
    time, those that only are held come first, and no other order changes.

    >>> first = Message("Ann", Role.REQUESTER, None, True, "No paper")
    >>> [one.text for one in joined([first], [Message("Bo", Role.AGENT, None, True, "Fill it")])]
    ['No paper', 'Fill it']
    """
    known = {(one.author, one.at, one.text) for one in given}
    every = (*(one for one in held if (one.author, one.at, one.text) not in known), *given)
    if all(one.at for one in every):
        return tuple(sorted(every, key=lambda one: one.at or _NEVER))
    return every


_NEVER = datetime.max.replace(tzinfo=UTC)
