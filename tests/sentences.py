"""What a person reads of messages."""

from collections.abc import Iterable

from kbsearch.messages.message import Message, render


def sentences(messages: Iterable[Message]) -> tuple[str, ...]:
    """Return the sentence of each message."""
    return tuple(map(render, messages))


def told(message: Message | None) -> str:
    """Return the sentence of what may be a message, "" if it is none."""
    return render(message) if message else ""
