"""The JSON API, version 1."""

from typing import Any, cast

from apiflask import APIBlueprint
from flask import Response
from marshmallow import RAISE

from kbsearch.api.addresses import ticket_address
from kbsearch.api.answers import json_answer
from kbsearch.api.bodies import want_json
from kbsearch.api.deleting import deleting
from kbsearch.api.failures import failure
from kbsearch.api.outcomes import outcomes
from kbsearch.api.schemas import (
    AddedOut,
    SearchByAddress,
    SearchIn,
    SearchOut,
    StatusOut,
    TicketIn,
)
from kbsearch.api.suggestions import suggestions
from kbsearch.api.whole_ticket import TicketAsked, TicketAskedByQuery, TicketOut, told
from kbsearch.records.ticket import TicketFields
from kbsearch.runtime.per_process import services
from kbsearch.search.results import SearchRequest

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="kbsearch")
api.register_blueprint(deleting)
api.register_blueprint(outcomes)
api.register_blueprint(suggestions)


api.before_request(want_json)


@api.get("/search")
@api.input(SearchByAddress, location="query", arg_name="asked", unknown=RAISE)
@api.output(SearchOut)
@api.doc(operation_id="search", responses=failure(503, "There is no index to search"))
def search(asked: SearchRequest) -> Response:
    """Search by address.

    Addresses stay in histories and logs: search texts that may hold personal data go by POST.
    """
    return json_answer(services().searching.search(asked))


@api.post("/search")
@api.input(SearchIn, location="json", arg_name="asked", unknown=RAISE)
@api.output(SearchOut)
@api.doc(operation_id="searchPrivately", responses=failure(503, "There is no index to search"))
def search_privately(asked: SearchRequest) -> Response:
    """Search without leaving the query in an address."""
    return json_answer(services().searching.search(asked))


@api.get("/tickets/<reference:reference>")
@api.input(TicketAsked, location="query", arg_name="key", unknown=RAISE)
@api.output(TicketOut)
@api.doc(operation_id="ticket", responses=failure(404, "No such ticket"))
def ticket(reference: str, key: dict[str, Any]) -> dict[str, object]:
    """Return one ticket with all its texts."""
    return told(services().tickets.get(reference, key["source"]), raw=key["raw"])


@api.get("/tickets")
@api.input(TicketAskedByQuery, location="query", arg_name="key", unknown=RAISE)
@api.output(TicketOut)
@api.doc(operation_id="ticketByQuery", responses=failure(404, "No such ticket"))
def ticket_by_query(key: dict[str, Any]) -> dict[str, object]:
    """Return one ticket whose reference cannot stand in a path, such as "..": `?reference=..`."""
    return told(services().tickets.get(key["reference"], key["source"]), raw=key["raw"])


@api.post("/tickets")
@api.input(TicketIn, location="json", arg_name="fields", unknown=RAISE)
@api.output(AddedOut, status_code=201)
@api.doc(operation_id="addTicket", responses=failure(409, "There is, or was, such a ticket"))
def add_ticket(fields: dict[str, Any]) -> tuple[dict[str, object], int, dict[str, str]]:
    """Add a ticket; it can be found when the answer arrives.

    If the index cannot take it in at once, it is saved all the same, and a note says so. A
    reference that was used before is refused: nothing is overwritten unseen.
    """
    if "reference" in fields:
        stored, note = services().tickets.add(cast(TicketFields, fields))
    else:
        stored, note = services().tickets.add_new(
            lambda reference: cast(TicketFields, fields | {"reference": reference})
        )
    place = ticket_address("api", stored)
    return told(stored) | ({"note": note} if note else {}), 201, {"Location": place}


@api.get("/status")
@api.output(StatusOut)
@api.doc(operation_id="status")
def status() -> dict[str, int | None]:
    """Return how much there is to search, and whether the index is up to date."""
    stats = services().figures.stats()
    return {
        "tickets": stats.tickets,
        "resolved": stats.resolved,
        "indexed": stats.index.tickets if stats.index else None,
        "behind": stats.behind,
    }
