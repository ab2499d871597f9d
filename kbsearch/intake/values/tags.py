"""Tags in the forms in which exports write them."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable

from kbsearch.errors import TicketInvalid
from kbsearch.names import tidy_all

SEPARATORS = ("\n", "|", ";", ",", " / ")
"""What stands between tags, the surest first."""
LIST_LIMIT = 100_000
"""Characters of a list that is written as Python writes it."""
_HASHES = re.compile(r"#[^\s#]+(?:[\s,;]+#[^\s#]+)*[\s,;]*")
_NAMES = (
    *("name", "display_value", "displayName", "display_name", "title", "label", "value"),
    *("tag", "text", "login", "username", "filename", "file_name"),
)
"""The keys under which an object holds its name."""


def tags_of(field: str, value: object, separators: Iterable[str] = SEPARATORS) -> tuple[str, ...]:
    """Return tags from a list, from texts with a separator, or from hashtags.

    separators  those that the column uses.

    >>> tags_of("tags", "vpn; mac os"), tags_of("tags", "#vpn #outage")
    (('vpn', 'mac os'), ('vpn', 'outage'))
    >>> tags_of("tags", [{"id": 1, "name": "vpn"}]), tags_of("tags", "['vpn', 'mac os']")
    (('vpn',), ('vpn', 'mac os'))

    Raises TicketInvalid if a value is no tag.
    """
    if isinstance(value, str):
        listed = _list(value)
        value = _split(value, separators) if listed is None else listed
    if value is None:
        return ()
    return tidy_all(_name(field, tag) for tag in (value if isinstance(value, list) else [value]))


def _split(text: str, separators: Iterable[str]) -> list[object]:
    if _HASHES.fullmatch(text.strip()):
        return [tag.strip(",;") for tag in text.replace("#", " ").split()]
    mark = separator_of(text)
    return list(text.split(mark)) if mark and mark in separators else [text]


def separator_of(text: str) -> str:
    """Return the surest separator that is in a text, "" if there is none.

    >>> separator_of("a, b; c")
    ';'
    """
    return next((mark for mark in SEPARATORS if mark in text), "")


def used_separators(field: str, seen: Counter[str]) -> tuple[str, ...]:
    """Return the separators of a column: the most frequent one, and those that are surer.

    field  tags may be separated by anything; a comma is part of the name of a person or file.
    seen   separator -> values in which it is the surest.
    """
    if field != "tags":
        return SEPARATORS[: SEPARATORS.index(",")]
    if not seen:
        return SEPARATORS
    most = max(SEPARATORS, key=lambda mark: seen[mark])
    return SEPARATORS[: SEPARATORS.index(most) + 1]


def _list(text: str) -> list[object] | None:
    """Return the list that a text is, as JSON or Python write it; None if it is none."""
    text = text.strip()
    if not (text[:1] == "[" and text[-1:] == "]" and len(text) <= LIST_LIMIT):
        return None
    for parse in (json.loads, ast.literal_eval):
        try:
            value = parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, list) else None
    return None


def named(value: object) -> object:
    """Return the name of an object of JSON that has one, any other value as it is.

    >>> named({"id": 7, "name": "vpn"}), named("vpn")
    ('vpn', 'vpn')
    """
    if isinstance(value, dict):
        return next((value[key] for key in _NAMES if isinstance(value.get(key), str)), value)
    return value


def _name(field: str, tag: object) -> str:
    if isinstance(tag, str):
        return tag
    match named(tag):
        case None:
            return ""
        case str(name):
            return name
        case bool() | int() | float() as number:
            return json.dumps(number)
    raise TicketInvalid(field, "holds lists or objects without a name; write texts")
