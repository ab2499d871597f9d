"""What the commands print as JSON; the names are a promise to the programs that read them."""

import json
from collections.abc import Mapping
from datetime import datetime

from rich.console import Console

from kbsearch.cli.steering import escaped
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.ticket import FIELDS, StoredTicket
from kbsearch.search.results import Hit, NearCode, Reason, SearchResult, Signal, Snippet

Shape = dict[str, object]
SUMMARY = (
    "reference",
    "source",
    "kind",
    "subject",
    "status",
    "product",
    "category",
    "tags",
    "created_at",
    "resolved_at",
)
"""What a hit tells of its ticket; `kbsearch show` tells the rest."""


def print_json(console: Console, shape: Mapping[str, object]) -> None:
    """Print one JSON object, indented, in UTF-8; what steers a terminal is escaped."""
    text = json.dumps(shape, ensure_ascii=False, indent=2)
    console.print(escaped(text), soft_wrap=True)


def ticket_shape(ticket: StoredTicket) -> Shape:
    """Return every field of a ticket; times in ISO 8601, null where there is none."""
    fields = {name: _plain(getattr(ticket, name)) for name in FIELDS}
    return {**fields, "revision": ticket.revision}


def result_shape(result: SearchResult) -> Shape:
    """Return an answer; marks are [start, end) offsets in characters."""
    return {
        "query": result.query,
        "total": result.total,
        "took_ms": round(1000 * result.took, 3),
        "notes": list(result.notes),
        "partial": result.partial,
        "meant": result.meant,
        "hits": [_hit(rank, hit) for rank, hit in enumerate(result.hits, start=1)],
        "near_codes": [_near_code(near) for near in result.near_codes],
        "customer": None if result.customer is None else _customer(result.customer),
    }


def _hit(rank: int, hit: Hit) -> Shape:
    return {
        "rank": rank,
        "score": hit.score,
        "resolution": None if hit.resolution is None else _snippet(hit.resolution),
        "problem": _snippet(hit.problem),
        "reasons": [_reason(reason) for reason in hit.reasons],
        "signals": [_signal(signal) for signal in hit.signals],
        "ticket": _summary(hit.ticket),
    }


def _near_code(near: NearCode) -> Shape:
    return {
        "typed": near.typed,
        "found": near.found,
        "marks": [list(mark) for mark in near.marks],
        "hint": near.hint,
        "total": near.total,
        "tickets": [_summary(ticket) for ticket in near.tickets],
    }


def _customer(customer: CustomerTickets) -> Shape:
    return {
        "numbers": list(customer.numbers),
        "total": customer.total,
        "tickets": [
            {**_summary(ticket), "customer_reference": ticket.customer_reference}
            for ticket in customer.tickets
        ],
    }


def _summary(ticket: StoredTicket) -> Shape:
    return {name: _plain(getattr(ticket, name)) for name in SUMMARY}


def _snippet(snippet: Snippet) -> Shape:
    return {"text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}


def _reason(reason: Reason) -> Shape:
    return {
        "kind": reason.kind.value,
        "word": reason.word,
        "found": reason.found,
        "sentence": reason.sentence,
        "share": reason.share,
        "fields": list(reason.fields),
    }


def _signal(signal: Signal) -> Shape:
    return {"name": signal.name, "sentence": signal.sentence, "share": signal.share}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return list(value) if isinstance(value, tuple) else value
