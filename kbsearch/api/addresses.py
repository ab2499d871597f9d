"""Where a ticket is found, on its page and by the API."""

from flask import url_for
from werkzeug.routing import PathConverter

from kbsearch.records.outcome import Tried
from kbsearch.records.ticket import StoredTicket


class ReferenceInPath(PathConverter):
    """A reference in a path, unless it ends as the address of an outcome or of undeleting does."""

    regex = r"(?!.*/(?:outcome|undelete)$)[^/].*?"


def ticket_address(face: str, ticket: StoredTicket | Tried) -> str:
    """Return the address of a ticket.

    Browsers and programs mend paths: they drop "." and resolve "..", and some drop empty parts. So
    a reference with such a part stands in the query string instead, as does one that would be read
    as the address of something else.

    face  whose address: "pages" or "api".
    """
    reference, source = ticket.reference, ticket.source
    parts = reference.split("/")
    is_mended = bool({"", ".", ".."} & set(parts)) or not reference.isprintable()
    if is_mended or parts[-1] in {"outcome", "undelete"}:
        return url_for(f"{face}.ticket_by_query", reference=reference, source=source)
    return url_for(f"{face}.ticket", reference=reference, source=source)
