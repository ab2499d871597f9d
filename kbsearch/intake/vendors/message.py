"""Put what a help desk holds of a message into one form."""

from collections.abc import Callable, Iterable, Mapping

from kbsearch.records.message import Role

RawMessage = dict[str, object]
"""A message as a row gives it: author, role, at (as the file has it), public, text."""
Values = Mapping[str, object]
"""The values of a row."""
Conversation = Callable[[Values, object, str], Iterable[RawMessage]]
"""Makes messages of a row, of what its column of messages holds, and of the column's name."""


def raw_message(
    author: object, role: Role, at: object, text: object, *, public: bool = True
) -> RawMessage:
    """Return a message in the form that the values of a row have."""
    return {
        "author": str(author or ""),
        "role": role.value,
        "at": at,
        "public": public,
        "text": text,
    }


def role_of(author: object, requesters: Iterable[object]) -> Role:
    """Return who wrote a message, if whoever did not ask is an agent."""
    if author in ("", None):
        return Role.UNKNOWN
    return Role.REQUESTER if author in requesters else Role.AGENT


def objects(value: object) -> list[Mapping[str, object]]:
    """Return the objects of a list; a count in its place has none."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
