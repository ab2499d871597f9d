"""Show an answer as plain values, ready to be written as JSON."""

from collections.abc import Callable

from kbsearch.messages.message import shape
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.results import Hit, NearCode, Reason, SearchResult, Signal, Snippet

Shape = dict[str, object]
Summary = Callable[[StoredTicket], Shape]
"""Returns a ticket without its texts."""
SUMMARY = (
    "reference",
    "source",
    "kind",
    "subject",
    "status",
    "resolution_from",
    "product",
    "category",
    "tags",
    "created_at",
    "resolved_at",
)
"""The fields of such a ticket, in their order."""


def result_shape(result: SearchResult, summary: Summary) -> Shape:
    """Return an answer, as `api.schemas.SearchOut` describes it."""
    customer = result.customer
    return {
        "query": result.query,
        "total": result.total,
        "took_ms": round(1000 * result.took, 3),
        "notes": [*map(shape, result.notes)],
        "partial": result.partial,
        "did_you_mean": result.did_you_mean,
        "hits": [_hit(hit, summary) for hit in result.hits],
        "solved": [_hit(hit, summary) for hit in result.solved],
        "older_fixes": [summary(ticket) for ticket in result.older_fixes],
        "near_codes": [_near_code(near, summary) for near in result.near_codes],
        "customer": None if customer is None else _customer(customer, summary),
    }


def _hit(hit: Hit, summary: Summary) -> Shape:
    return {
        "ticket": summary(hit.ticket),
        "score": hit.score,
        "problem": _snippet(hit.problem),
        "resolution": None if hit.resolution is None else _snippet(hit.resolution),
        "reasons": [_reason(reason) for reason in hit.reasons],
        "signals": [_signal(signal) for signal in hit.signals],
    }


def _near_code(near: NearCode, summary: Summary) -> Shape:
    return {
        "typed": near.typed,
        "found": near.found,
        "marks": near.marks,
        "hints": [*map(shape, near.hints)],
        "total": near.total,
        "tickets": [summary(ticket) for ticket in near.tickets],
    }


def _customer(customer: CustomerTickets, summary: Summary) -> Shape:
    return {
        "numbers": customer.numbers,
        "total": customer.total,
        "tickets": [
            {**summary(ticket), "customer_reference": ticket.customer_reference}
            for ticket in customer.tickets
        ],
    }


def _snippet(snippet: Snippet) -> Shape:
    return {"text": snippet.text, "marks": snippet.marks}


def _reason(reason: Reason) -> Shape:
    return {
        **shape(reason.message),
        "kind": reason.kind.value,
        "word": reason.word,
        "found": reason.found,
        "share": reason.share,
        "fields": reason.fields,
    }


def _signal(signal: Signal) -> Shape:
    return {**shape(signal.message), "name": signal.name, "share": signal.share}
