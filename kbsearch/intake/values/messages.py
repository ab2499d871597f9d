"""The messages of a row, each an object with author, role, at, public and text."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from kbsearch.errors import TicketInvalid
from kbsearch.intake.values.dates import TimeColumn, read_time
from kbsearch.intake.values.texts import PlainText
from kbsearch.names import tidy
from kbsearch.records.message import Message, Role
from kbsearch.records.ticket import NAME_LIMIT

Plain = Callable[[str], PlainText]
"""Makes a text of whatever a message is written in."""

_ROLES = {role.value: role for role in Role}
_LAST = datetime.max.replace(tzinfo=UTC)


def parts_of(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a list."""
    yield from (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()


def messages_of(field: str, value: object, times: TimeColumn, plain: Plain) -> tuple[Message, ...]:
    """Return the messages that a value holds, by time if all have one.

    Raises TicketInvalid if it is no list of objects with a text.
    """
    if value in (None, "", []):
        return ()
    messages = [_message(one, times, plain) for one in parts_of(value) if "text" in one]
    if not messages:
        raise TicketInvalid(field, 'holds no messages; write [{"author": ..., "text": ...}, ...]')
    if all(one.at for one in messages):
        messages.sort(key=lambda one: one.at or _LAST)
    return tuple(one for one in messages if one.text)


def _message(part: Mapping[str, object], times: TimeColumn, plain: Plain) -> Message:
    text = plain(str(part.get("text") or ""))
    return Message(
        author=tidy(str(part.get("author") or ""))[:NAME_LIMIT],
        role=_ROLES.get(str(part.get("role")), Role.UNKNOWN),
        at=_at(part.get("at"), times),
        public=part.get("public") is not False,
        text=text.text,
        raw=text.raw,
    )


def _at(value: object, times: TimeColumn) -> datetime | None:
    """Return when a message was written, None if that cannot be read: its text is what counts."""
    text = tidy(str(value or ""))
    with suppress(ValueError, OverflowError):
        return read_time(text, times) if text else None
    return None
