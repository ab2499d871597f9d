"""What the commands print as JSON; the names are a promise to the programs that read them."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import cast

from rich.console import Console

from kbsearch.cli.steering import escaped
from kbsearch.records.message import Message
from kbsearch.records.ticket import FIELDS, StoredTicket
from kbsearch.search.results import SearchResult
from kbsearch.services.shapes import SUMMARY, Shape, result_shape


def print_json(console: Console, shape: Mapping[str, object]) -> None:
    """Print one JSON object, indented, in UTF-8; what steers a terminal is escaped."""
    text = json.dumps(shape, ensure_ascii=False, indent=2)
    console.print(escaped(text), soft_wrap=True)


def ticket_shape(ticket: StoredTicket) -> Shape:
    """Return every field of a ticket; times in ISO 8601, null where there is none."""
    values = {name: _plain(getattr(ticket, name)) for name in FIELDS}
    return {**values, "revision": ticket.revision}


def answer_shape(result: SearchResult) -> Shape:
    """Return an answer whose hits have a rank; marks are [start, end) offsets in characters."""
    shape = result_shape(result, _summary)
    hits = cast(list[Shape], shape["hits"])
    return {**shape, "hits": [{"rank": rank, **hit} for rank, hit in enumerate(hits, start=1)]}


def _summary(ticket: StoredTicket) -> Shape:
    return {name: _plain(getattr(ticket, name)) for name in SUMMARY}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Message):
        named = (one.name for one in fields(value) if one.name != "raw")
        return {name: _plain(getattr(value, name)) for name in named}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
