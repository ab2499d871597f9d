"""A small help desk in memory, and what its search makes of queries."""

from kbsearch.engines.base import IndexSnapshot, View
from kbsearch.engines.memory import MemoryEngine
from kbsearch.engines.plan import Clause, Plan
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.query.parse import read_query
from kbsearch.search.results import Hit, SearchRequest, SearchResult
from kbsearch.search.searcher import Searcher
from kbsearch.search.understand.plan import Understanding
from tests.engines.desk import Listed

NO_FILTERS = Filters()
SUBJECTS = (
    "Outlook asks for the password again and again",
    "Outlook crashes at start",
    "Outlook will not open the calendar",
    "The printer jams on every second page",
    "No resolution of the screen fits",
    "Color of the screen is wrong",
    "The colour cartridge of the printer is empty",
    "The colour chart prints grey",
    "Wifi drops in the meeting room",
    "The wi-fi is slow",
    "The wi fi signal is weak",
    "Wifi asks for a voucher",
    "Reset the password of a colleague",
    "Password reset loops",
    "A check was booked twice",
    "A cheque was lost in the post",
    "Error 0x80070005 at the update",
    "Error 0x80070057 at the update",
    "PAY-4417 at the till",
    "PAY-4471 at the till",
    "Windows 10 will not start",
    "Win 10 is slow",
)
"""One ticket each; the ticket of the first has id 1."""


def ticket(
    number: int, subject: str, *, problem: str = "", environment: str = "", resolution: str = ""
) -> StoredTicket:
    """Return a ticket as the store would."""
    return StoredTicket(
        id=number,
        revision=1,
        reference=f"T-{number}",
        subject=subject,
        problem=problem,
        environment=environment,
        resolution=resolution,
    )


def engine(*tickets: StoredTicket) -> MemoryEngine:
    """Return an engine that has these tickets, those of SUBJECTS if none are given."""
    made = MemoryEngine()
    held = tickets or tuple(ticket(*pair) for pair in enumerate(SUBJECTS, start=1))
    made.rebuild(View.INTERNAL, Listed(held, 1))
    return made


_INDEX = engine().snapshot(View.INTERNAL)


def plan(
    text: str, *, tolerant: bool = True, typing: bool = False, index: IndexSnapshot = _INDEX
) -> Plan:
    """Return what a query asks of the engine."""
    understanding = Understanding(index, tolerant, typing)
    return understanding.plan(understanding.loosened(read_query(text, NO_FILTERS)))


def clause(text: str, *, tolerant: bool = True, typing: bool = False) -> Clause:
    """Return what a query of one word asks of the engine."""
    (only,) = plan(text, tolerant=tolerant, typing=typing).clauses
    return only


def search(
    text: str, *tickets: StoredTicket, limit: int = 50, typing: bool = False, exact: bool = False
) -> SearchResult:
    """Search these tickets, those of SUBJECTS if none are given."""
    held = tickets or tuple(ticket(*pair) for pair in enumerate(SUBJECTS, start=1))
    by_id = {one.id: one for one in held}
    searcher = Searcher(lambda ids: {one: by_id[one] for one in ids})
    index = engine(*held).snapshot(View.INTERNAL)
    return searcher.search(SearchRequest(text, limit=limit, typing=typing, exact=exact), index)


def subjects(text: str, *tickets: StoredTicket) -> list[str]:
    """Return the subjects of what a query finds, the best first."""
    return [hit.ticket.subject for hit in search(text, *tickets).hits]


def only_hit(text: str, *tickets: StoredTicket) -> Hit:
    """Return the one ticket that a query finds."""
    (hit,) = search(text, *tickets).hits
    return hit
