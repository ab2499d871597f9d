"""Part a text of dated entries into messages: the journals of ServiceNow and TOPdesk."""

import re
from collections.abc import Iterable

from kbsearch.intake.vendors.message import RawMessage, Values, raw_message, role_of
from kbsearch.intake.vendors.paths import value_at
from kbsearch.records.message import Role

_SERVICENOW = re.compile(
    r"^(?P<at>\d[\d/.-]{7,9} \d\d:\d\d:\d\d(?: [AP]M)?) - (?P<author>.+?) \((?P<kind>[^()\n]+)\)$",
    re.MULTILINE,
)
_TOPDESK = re.compile(
    r"^(?P<at>\d{1,2}-\d{1,2}-\d{4} \d{1,2}:\d\d) (?P<author>[^:\n]+):[ \t]*$", re.MULTILINE
)
_INTERNAL = re.compile("work|internal", re.IGNORECASE)
"""What a note among agents is called."""


def servicenow_messages(row: Values, value: object, column: str) -> Iterable[RawMessage]:
    """Yield the entries of comments and work notes, oldest first."""
    caller = value_at(row, "caller_id", "Caller")
    for found, text in _entries(_SERVICENOW, str(value)):
        kind = found["kind"] if found else column
        internal = bool(_INTERNAL.search(kind))
        author = found["author"] if found else ""
        role = Role.AGENT if internal else role_of(author, [caller])
        yield raw_message(author, role, found and found["at"], text, public=not internal)


def topdesk_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the entries of a memo such as Action, oldest first."""
    for found, text in _entries(_TOPDESK, str(value)):
        author = found["author"] if found else ""
        role = role_of(author, [value_at(row, "Caller")])
        yield raw_message(author, role, found and found["at"], text)


def internal_note(_row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the notes among agents that a report has as one text."""
    yield raw_message("", Role.AGENT, None, value, public=False)


def memo_text(value: object) -> object:
    """Return a memo of TOPdesk without who wrote its only entry, and when."""
    entries = list(_entries(_TOPDESK, value)) if isinstance(value, str) else []
    return entries[0][1] if len(entries) == 1 else value


def _entries(head: re.Pattern[str], text: str) -> list[tuple[re.Match[str] | None, str]]:
    """Return the heading and the text of each entry; the newest comes first in these fields."""
    heads = list(head.finditer(text))
    if not heads:
        return [(None, text.strip())] if text.strip() else []
    ends = [*(found.start() for found in heads[1:]), len(text)]
    entries = [
        (found, text[found.end() : end].strip()) for found, end in zip(heads, ends, strict=True)
    ]
    return [entry for entry in reversed(entries) if entry[1]]
