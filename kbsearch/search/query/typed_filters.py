"""The filters in the text of a query: where they stand, and what it is without them."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kbsearch.search.query.parse import filter_names, filter_spans, spaced_filters

Values = Callable[[str], Iterable[str]]
"""The values of a filter that tickets have, by the name of the field in `Filters`."""

_FIRST = re.compile(r"[^\s\",;]+")


class TypedFilter(NamedTuple):
    """A filter in the text of a query.

    text  the whole text; `rest` is what it is without this filter.
    """

    name: str
    value: str
    text: str
    rest: str


def typed_filters(text: str) -> tuple[TypedFilter, ...]:
    """Return the filters in a text, in their order.

    >>> typed_filters("status:pending vpn")
    (TypedFilter(name='status', value='pending', text='status:pending vpn', rest='vpn'),)
    """
    return tuple(
        TypedFilter(span.name, span.value, text, _cut(text, [(span.start, span.end)]))
        for span in filter_spans(text)
    )


def without_filters(text: str) -> str:
    """Return a text without the filters in it.

    >>> without_filters('modem product:"Modem 3" red status:open')
    'modem red'
    """
    return _cut(text, [(span.start, span.end) for span in filter_spans(text)])


def attach_values(text: str, values: Values) -> str:
    """Join a filter to its value where a space was typed between the two.

    Only a value that some ticket has counts; the longest one wins. A tag is the word that follows.

    >>> attach_values("product: modem 3 red", lambda field: ["Modem", "Modem 3"])
    'product:"modem 3" red'
    >>> attach_values("status: printer", lambda field: ["open"])
    'status: printer'
    """
    joined, at = [], 0
    for start, end in spaced_filters(text):
        name, behind = text[start : end - 1], text[end:].lstrip()
        value = _value(filter_names()[name.lower()], behind, values)
        if value and start >= at:
            joined += [text[at:start], f'{name}:"{value}"']
            at = len(text) - len(behind) + len(value)
    return "".join([*joined, text[at:]])


def _value(field: str, behind: str, values: Values) -> str:
    """Return as much of a text as is the value of a filter, "" if none begins it."""
    first = _FIRST.match(behind)
    if field == "tags":
        return first[0] if first else ""
    if field in ("created_from", "created_before"):
        return first[0] if first and first[0][0].isdigit() else ""
    return max(_begun(behind, values(field)), key=len, default="")


def _begun(text: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        begun, behind = text[: len(value)], text[len(value) : len(value) + 1]
        if value and begun.casefold() == value.casefold() and not behind.isalnum():
            yield begun


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return " ".join(f"{' '.join(kept)} {text[at:]}".split())
