"""From a query to hits that explain themselves."""

import time
from collections.abc import Callable, Mapping, Sequence

from kbsearch.engines.base import Plan, SearchEngine, View
from kbsearch.errors import QueryInvalid
from kbsearch.search.explain import held_by, reasons, words_of
from kbsearch.search.query import read_query
from kbsearch.search.results import RESULTS_LIMIT, Hit, SearchRequest, SearchResult
from kbsearch.search.snippet import Highlighter
from kbsearch.search.understand import Understanding
from kbsearch.tickets import StoredTicket

RESOLUTION_LENGTH = 600
"""Characters of a resolution on a card: what can be read aloud before the caller gets restless."""

Fetch = Callable[[Sequence[int]], Mapping[int, StoredTicket]]


class Searcher:
    """Understands, plans, asks the engine, and explains."""

    def __init__(self, engine: SearchEngine, fetch: Fetch) -> None:
        """Ask `engine` which tickets fit, and `fetch` what they say."""
        self._engine = engine
        self._fetch = fetch

    def search(self, request: SearchRequest, view: View) -> SearchResult:
        """Answer a request.

        Raises QueryInvalid for a query that cannot be read, and what the engine raises.
        """
        started = time.perf_counter()
        if not 1 <= request.limit <= RESULTS_LIMIT:
            raise QueryInvalid(f"limit must be from 1 to {RESULTS_LIMIT}, it is {request.limit}")
        query = read_query(request.text, request.filters)
        understanding = Understanding(
            self._engine.lexicon(view), tolerant=request.tolerant, typing=request.typing
        )
        plan = understanding.plan(query)
        found = self._engine.search(view, plan, limit=request.limit)
        hits = self._hits(plan, {one.ticket_id: one.score for one in found.scored}, view)
        took = time.perf_counter() - started
        return SearchResult(request.text, hits, found.total, took, query.notes, query.filters)

    def _hits(self, plan: Plan, scores: Mapping[int, float], view: View) -> tuple[Hit, ...]:
        ids = list(scores)
        shares = self._engine.shares(view, plan, ids)
        tickets = self._fetch(ids)
        return tuple(
            _hit(tickets[ticket_id], scores[ticket_id], plan, shares[ticket_id])
            for ticket_id in ids
            if ticket_id in tickets
        )


def _hit(ticket: StoredTicket, score: float, plan: Plan, shares: Sequence[float]) -> Hit:
    words = words_of(ticket)
    clauses = held_by(words, plan.clauses)
    highlighter = Highlighter(clauses)
    resolution = ticket.resolution.strip()
    told = (ticket.problem.strip(), ticket.environment.strip(), ticket.cause.strip())
    return Hit(
        ticket=ticket,
        score=score,
        problem=highlighter.snippet(next(filter(None, told), "")),
        resolution=highlighter.opening(resolution, RESOLUTION_LENGTH) if resolution else None,
        reasons=reasons(clauses, words, shares),
    )
