"""The pages: search, a ticket, and adding one."""

import structlog
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kbsearch.api.addresses import ticket_address
from kbsearch.errors import KbsearchError, TicketInvalid
from kbsearch.records.customer import may_be_number
from kbsearch.records.raw_text import distinct, raw_texts
from kbsearch.records.ticket import FIELD_TABLE, FORM, StoredTicket
from kbsearch.runtime.per_process import services
from kbsearch.search.results import SimilarRequest
from kbsearch.web.forms import MORE_HITS, Asked, Draft

COMPLETIONS = 5
"""Ends of the last word that are offered."""
LONGEST_WORD = 20
"""Letters of a word that is offered: a longer one is a tag of several words, written as one."""
SIMILAR = 4
"""Similar tickets below a ticket."""

pages = Blueprint("pages", __name__)
log = structlog.get_logger("kbsearch.web")


@pages.get("/")
def search() -> str:
    """The search page.

    Without JavaScript the form comes here by GET: such a search can be bookmarked, sent to a
    colleague and gone back to. Search texts may hold personal data, so what the page asks by
    itself while a person types goes to `hits` by POST and stays out of addresses and histories.
    This server writes no address into a log, and it answers this computer only.
    """
    asked = Asked.read(request.args)
    return render_template(
        "search.html",
        asked=asked,
        result=services().searching.search(asked.request) if asked.says_something else None,
        more=MORE_HITS,
        choices=services().figures.choices(),
        stats=services().figures.stats(),
        examples=services().searching.examples(),
    )


@pages.post("/hits")
def hits() -> str:
    """The answer alone, which the search page puts in place while a rep types."""
    asked = Asked.read(request.form)
    result = services().searching.search(asked.request)
    offered = asked.typing and result.customer is None
    words = services().searching.completions(asked.q) if offered else ()
    words = tuple(word for word in words if len(word) <= LONGEST_WORD)[:COMPLETIONS]
    return render_template(
        "_answer.html", asked=asked, result=result, more=MORE_HITS, completions=words
    )


@pages.get("/tickets/<path:reference>")
def ticket(reference: str) -> str:
    """One ticket, its resolution first."""
    return _ticket_page(services().tickets.get(reference, request.args.get("source")))


@pages.get("/tickets")
def ticket_by_query() -> str:
    """One ticket whose reference cannot stand in a path, such as "..": `?reference=..`."""
    reference = request.args.get("reference", "")
    return _ticket_page(services().tickets.get(reference, request.args.get("source")))


@pages.get("/add")
def add() -> str:
    """The form for a new ticket; fields may stand in the address, such as `?subject=...`."""
    return _add_page(Draft.read(request.args))


@pages.post("/add")
def save() -> ResponseReturnValue:
    """Add the ticket and show it, or show the form again as it was typed."""
    draft = Draft.read(request.form)
    try:
        services().tickets.check_status(draft["status"].strip())
        stored, note = services().tickets.add_new(draft.fields)
    except TicketInvalid as problem:
        return _add_page(draft, problem), problem.http_status
    place = url_for(
        "pages.ticket",
        reference=stored.reference,
        source=stored.source,
        saved="later" if note else "1",
    )
    return redirect(place, 303)


def _add_page(draft: Draft, problem: TicketInvalid | None = None) -> str:
    choices = services().figures.choices()
    known = {
        "product": choices.products,
        "category": choices.categories,
        "status": choices.statuses,
    }
    return render_template("add.html", draft=draft, problem=problem, form=FORM, known=known)


def _ticket_page(stored: StoredTicket) -> str:
    return render_template(
        "ticket.html",
        ticket=stored,
        table=FIELD_TABLE,
        saved=request.args.get("saved", ""),
        address=ticket_address("pages", stored),
        record=services().outcomes.track_record(stored),
        raw=distinct(raw_texts(stored)),
        similar=_similar(stored),
        by_number=may_be_number(stored.customer_reference),
    )


def _similar(stored: StoredTicket) -> list[StoredTicket]:
    """Return the solved tickets most like one, none if they cannot be looked for."""
    asked = SimilarRequest(stored.reference, source=stored.source, limit=SIMILAR)
    try:
        return [hit.ticket for hit in services().searching.similar(asked).hits]
    except Exception as error:  # noqa: BLE001 - the ticket is what was asked for
        expected = str(error) if isinstance(error, KbsearchError) else type(error).__qualname__
        log.warning("no similar tickets are shown", reason=expected)
        return []
