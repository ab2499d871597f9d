"""From a query to hits that explain themselves."""

import time
from collections.abc import Callable, Mapping, Sequence

from kbsearch.engines.base import Clause, IndexSnapshot, Plan, Scored
from kbsearch.errors import QueryInvalid
from kbsearch.search.explain import HeldReadings, reasons
from kbsearch.search.found_words import FoundWords, WordFinder
from kbsearch.search.query import read_query
from kbsearch.search.results import RESULTS_LIMIT, Hit, SearchRequest, SearchResult
from kbsearch.search.snippet import Highlighter
from kbsearch.search.understand import Understanding
from kbsearch.tickets import StoredTicket

LATE = "Not every word could be looked at in time; the most telling ones were."
RESOLUTION_LENGTH = 600
"""Characters of a resolution on a card: what can be read aloud before the caller gets restless."""

Fetch = Callable[[Sequence[int]], Mapping[int, StoredTicket]]


class Searcher:
    """Understands, plans, asks the index, and explains."""

    def __init__(self, fetch: Fetch, *, patience: float = 1.0) -> None:
        """Ask `fetch` what tickets say.

        patience  seconds after which no further word of a query is looked at.
        """
        self._fetch = fetch
        self._patience = patience

    def search(self, request: SearchRequest, index: IndexSnapshot) -> SearchResult:
        """Answer a request from one snapshot of the index.

        Raises QueryInvalid for a query that cannot be read.
        """
        started = time.monotonic()
        if not 1 <= request.limit <= RESULTS_LIMIT:
            raise QueryInvalid(f"limit must be from 1 to {RESULTS_LIMIT}, it is {request.limit}")
        query = read_query(request.text, request.filters)
        understanding = Understanding(
            index.lexicon, tolerant=request.tolerant, typing=request.typing
        )
        plan = understanding.plan(query)
        found = index.search(
            plan, limit=request.limit, deadline=started + self._patience, explain=True
        )
        return SearchResult(
            query=request.text,
            hits=self._hits(plan, found.scored, index),
            total=found.total,
            took=time.monotonic() - started,
            notes=(*query.notes, LATE) if found.partial else query.notes,
            filters=query.filters,
            partial=found.partial,
        )

    def _hits(self, plan: Plan, scored: Sequence[Scored], index: IndexSnapshot) -> tuple[Hit, ...]:
        tickets = self._fetch([one.ticket_id for one in scored])
        held = [one for one in scored if one.ticket_id in tickets]
        finder = WordFinder(plan.clauses, index.lexicon.term)
        readings = HeldReadings(plan.clauses)
        words = finder.words_of(tickets[one.ticket_id] for one in held)
        return tuple(
            _hit(tickets[one.ticket_id], one, readings.of(found), found)
            for one, found in zip(held, words, strict=True)
        )


def _hit(
    ticket: StoredTicket, scored: Scored, clauses: tuple[Clause, ...], words: FoundWords
) -> Hit:
    highlighter = Highlighter(clauses, words)
    resolution = ticket.resolution.strip()
    told = (ticket.problem.strip(), ticket.environment.strip(), ticket.cause.strip())
    return Hit(
        ticket=ticket,
        score=scored.score,
        problem=highlighter.snippet(next(filter(None, told), "")),
        resolution=highlighter.opening(resolution, RESOLUTION_LENGTH) if resolution else None,
        reasons=reasons(clauses, words, scored.shares),
    )
