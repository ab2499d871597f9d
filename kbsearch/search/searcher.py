"""From a query to hits that explain themselves."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.passing import passing
from kbsearch.engines.plan import Clause, PinnedHits, Plan, ScoredDoc, TopDocs
from kbsearch.errors import QueryInvalid
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.near import find_near_codes, missing_codes
from kbsearch.search.matches.explain import HeldClauses, HeldReadings, pair_signals, reasons
from kbsearch.search.matches.match_finder import FoundWords, WordFinder
from kbsearch.search.query.did_you_mean import did_you_mean
from kbsearch.search.query.expert.query import ExpertQuery
from kbsearch.search.query.expert.read import read
from kbsearch.search.query.parse import Query, few
from kbsearch.search.query.typed_filters import typed_filters
from kbsearch.search.results import RESULTS_LIMIT, Hit, NearCode, SearchRequest, SearchResult
from kbsearch.search.signals import RankedHit, ranked
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.search.understand.plan import NO_SYNONYMS, Understanding
from kbsearch.store.customers import Keep
from kbsearch.store.facts import TicketFeatures

RESOLUTION_LENGTH = 600
"""Characters of a resolution on a card: what can be read aloud before the caller gets restless."""
_TELLING = ("problem", "environment", "cause")
"""Texts that tell what happened: the first of them that a ticket has is on its card."""
_RANKED = 30
"""Tickets that signals may move: none moves one further."""
_SURE = 3
"""Of the best tickets for the words as they were typed, how many are in every answer."""

Fetch = Callable[[Sequence[int]], Mapping[int, StoredTicket]]
AskFacts = Callable[[Sequence[int], str], Mapping[int, TicketFeatures]]
AskCustomer = Callable[[str, int, Keep | None], CustomerTickets | None]


class Searcher:
    """Understands, plans, asks the index, ranks, and explains."""

    def __init__(
        self,
        fetch: Fetch,
        *,
        facts: AskFacts | None = None,
        customer: AskCustomer | None = None,
        patience: float = 1.0,
    ) -> None:
        """Ask `fetch` what tickets say.

        facts     asked what became of tickets, and in which call; None ranks by words alone.
        customer  asked for the newest tickets of the customer whose number is typed, how many and
                  which; None where no query is such a number.
        patience  seconds after which no further word of a query is looked at.
        """
        self._fetch = fetch
        self._facts = facts
        self._ask_customer = customer
        self._patience = patience

    def search(
        self, request: SearchRequest, index: IndexSnapshot, synonyms: PhraseTable = NO_SYNONYMS
    ) -> SearchResult:
        """Answer a request from one snapshot of the index.

        synonyms  what this desk calls by other names.

        Raises QueryInvalid for a query that cannot be read.
        """
        started = time.monotonic()
        _check_limit(request.limit)
        understanding = Understanding(index, request.tolerant, request.typing, synonyms)
        typed = read(request.text, request.filters)
        query = understanding.loosened(typed)
        plan = understanding.plan(query)
        found = index.search(
            plan,
            limit=max(request.limit, _RANKED) if self._moves(request) else request.limit,
            deadline=started + self._patience,
            explain=True,
            keep=_kept(query, plan, index, request) if request.tolerant else None,
        )
        first = _first(self._ranked(found, request), request.limit, found.kept)
        customer = self._customer(request)
        near = () if customer else find_near_codes(query, plan, index, self._fetch)
        notes = () if customer else _notes(request, query, plan, index, near)
        mends = not customer and _may_be_corrected(request, query)
        return SearchResult(
            query=request.text,
            hits=self._hits(plan, first, index),
            total=found.total,
            notes=(*notes, *_shortcomings(query, found)),
            filters=query.all_filters,
            partial=found.partial,
            did_you_mean=did_you_mean(plan, typed, index.lexicon.count_term) if mends else "",
            near_codes=near,
            typed=() if isinstance(query, ExpertQuery) else typed_filters(request.text),
            customer=customer,
            took=time.monotonic() - started,  # last: all of the above is waited for
        )

    def hits(
        self, plan: Plan, scored: Sequence[ScoredDoc], index: IndexSnapshot
    ) -> tuple[Hit, ...]:
        """Return what an index found by a plan as people read it, without what was deleted."""
        return self._hits(plan, ranked(scored, {}, datetime.now(UTC)), index)

    def _customer(self, request: SearchRequest) -> CustomerTickets | None:
        """Return the tickets of the customer whose number the query is, those that pass filters."""
        if self._ask_customer is None:
            return None
        keep = passing(request.filters) if request.filters != Filters() else None
        return self._ask_customer(request.text, request.limit, keep)

    def _moves(self, request: SearchRequest) -> bool:
        """Tell whether anything but words ranks the answer to a request."""
        return self._facts is not None and request.tolerant

    def _ranked(self, found: TopDocs, request: SearchRequest) -> list[RankedHit]:
        ids = [one.ticket_id for one in found.scored]
        facts = self._facts(ids, request.call) if self._facts and self._moves(request) else {}
        return ranked(found.scored, facts, datetime.now(UTC))

    def _hits(
        self, plan: Plan, first: Sequence[RankedHit], index: IndexSnapshot
    ) -> tuple[Hit, ...]:
        tickets = self._fetch([one.scored.ticket_id for one in first])
        held = [one for one in first if one.scored.ticket_id in tickets]
        finder = WordFinder(plan.clauses, index.lexicon.term)
        readings = HeldReadings(plan.clauses)
        words = finder.words_of(tickets[one.scored.ticket_id] for one in held)
        return tuple(
            _hit(tickets[one.scored.ticket_id], one, plan, readings.of(found), found)
            for one, found in zip(held, words, strict=True)
        )


def _is_unfinished(request: SearchRequest, query: Query) -> bool:
    """Tell whether the last word may go on."""
    return request.typing and query.open_end


def _may_be_corrected(request: SearchRequest, query: Query) -> bool:
    expert = isinstance(query, ExpertQuery)
    return request.tolerant and not (expert or _is_unfinished(request, query))


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= RESULTS_LIMIT:
        raise QueryInvalid(f"limit must be from 1 to {RESULTS_LIMIT}, it is {limit}")


def _notes(
    request: SearchRequest,
    query: Query,
    plan: Plan,
    index: IndexSnapshot,
    near: Sequence[NearCode],
) -> tuple[Message, ...]:
    """Return what was not read as it was typed, and which codes no ticket has."""
    if _is_unfinished(request, query):
        return query.notes
    return few((*query.notes, *missing_codes(query, plan, index, near)))


def _shortcomings(query: Query, found: TopDocs) -> tuple[Message, ...]:
    """Return a note if not everything was looked at, or nothing fulfils the operators."""
    if found.partial:
        return ((Code.LATE,),)
    return ((Code.UNFULFILLED,),) if isinstance(query, ExpertQuery) and not found.total else ()


def _kept(
    query: Query, plan: Plan, index: IndexSnapshot, request: SearchRequest
) -> PinnedHits | None:
    """Return the query as it stands, if it may have been read otherwise.

    Tolerance may add to an answer, but what was typed must not fall out of it.
    """
    if all(_is_as_typed(clause) for clause in plan.clauses):
        return None
    if not all(_is_held(clause, index.lexicon) for clause in plan.clauses):
        return None
    as_typed = Understanding(index, tolerant=False).plan(query)
    return PinnedHits(as_typed, min(_SURE, request.limit))


def _is_as_typed(clause: Clause) -> bool:
    return len(clause.all_readings) == 1 and clause.readings[0].kind is ReadingKind.EXACT


def _is_held(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell whether the index has a word as it was typed: then it may well be meant so.

    A code is always meant as it is; what was spelt out, "s l o w", may be meant letter by letter.
    """
    first = clause.readings[0]
    return first.field is Field.CODE or all(map(lexicon.count, clause.word.split()))


def _first(best: Sequence[RankedHit], limit: int, sure: Sequence[int]) -> list[RankedHit]:
    """Return the first of the best; what must not be missing takes the place of the last."""
    missing = [one for one in best[limit:] if one.scored.ticket_id in sure]
    if not missing:
        return list(best[:limit])
    replaceable = [one for one in best[:limit] if one.scored.ticket_id not in sure]
    gone = {one.scored.ticket_id for one in replaceable[-len(missing) :]}
    return [*(one for one in best[:limit] if one.scored.ticket_id not in gone), *missing]


def _hit(
    ticket: StoredTicket, one: RankedHit, plan: Plan, held: HeldClauses, words: FoundWords
) -> Hit:
    clauses, highlighter = held
    telling = next((name for name in _TELLING if name in words.texts), "problem")
    resolved = "resolution" in words.texts
    return Hit(
        ticket=ticket,
        score=one.total,
        problem=highlighter.snippet(words, telling),
        resolution=highlighter.opening(words, "resolution", RESOLUTION_LENGTH)
        if resolved
        else None,
        reasons=reasons(clauses, words, one.scored.shares),
        signals=(*pair_signals(plan.pairs, words, one.scored.together), *one.signals),
    )
