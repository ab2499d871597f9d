"""From a query to hits that explain themselves."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.passing import passing
from kbsearch.engines.plan import Plan, ScoredDoc, TopDocs
from kbsearch.errors import QueryInvalid
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.records.customer import CustomerTickets
from kbsearch.records.filters import Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.codes.near import find_near_codes, missing_codes
from kbsearch.search.fixes import WEIGHED_FIXES, Fixes, best_fixes
from kbsearch.search.matches.explain import HeldClauses, HeldReadings, pair_signals, reasons
from kbsearch.search.matches.match_finder import FoundWords, WordFinder
from kbsearch.search.query.did_you_mean import DidYouMean, did_you_mean
from kbsearch.search.query.expert.query import ExpertQuery
from kbsearch.search.query.expert.read import read
from kbsearch.search.query.leave_out import leave_out
from kbsearch.search.query.parse import LONGEST_TYPED, Query, few
from kbsearch.search.query.typed_filters import typed_filters
from kbsearch.search.results import RESULTS_LIMIT, Hit, NearCode, SearchRequest, SearchResult
from kbsearch.search.signals import RankedHit, ranked
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.search.understand.code_clauses import cut_beginnings
from kbsearch.search.understand.missing_words import missing_words
from kbsearch.search.understand.plan import NO_SYNONYMS, Understanding
from kbsearch.store.customers import Keep
from kbsearch.store.facts import TicketFeatures

RESOLUTION_LENGTH = 600
"""Characters of a resolution on a card: what can be read aloud before the caller gets restless."""
_TELLING = ("problem", "environment", "cause")
"""Texts that tell what happened: the first of them that a ticket has is on its card."""
_RANKED = 100
"""Tickets that are ranked for every answer, so that a shorter one is the beginning of a longer."""

Fetch = Callable[[Sequence[int]], Mapping[int, StoredTicket]]
AskFacts = Callable[[Sequence[int], str], Mapping[int, TicketFeatures]]
AskCustomer = Callable[[str, int, Keep | None], CustomerTickets | None]


class Searcher:
    """Understands, plans, asks the index, ranks, and explains."""

    def __init__(
        self,
        fetch: Fetch,
        *,
        whole: Fetch | None = None,
        facts: AskFacts | None = None,
        customer: AskCustomer | None = None,
        patience: float = 1.0,
    ) -> None:
        """Ask `fetch` what tickets say.

        whole     gives tickets with their messages, which few hits need; None if `fetch` does.
        facts     asked what became of tickets, and in which call; None ranks by words alone.
        customer  asked for the newest tickets of the customer whose number is typed, how many and
                  which; None where no query is such a number.
        patience  seconds after which no further word of a query is looked at.
        """
        self._fetch = fetch
        self._whole = whole or fetch
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
        understanding = Understanding(
            index, request.is_tolerant, request.typing, synonyms, request.exact
        )
        typed = read(request.text, request.filters)
        query = understanding.loosened(typed)
        plan = understanding.plan(query)
        asks = plan.clauses or query.all_filters != Filters()
        found = self._found(request, plan, index, started) if asks else TopDocs((), 0)
        ranking, fixes = self._ranked(found, request)
        first = ranking[: request.limit]
        shown = {one.scored.ticket_id: one for one in (*first, *fixes.first)}
        older = [one for one in _ids(fixes.older) if one not in shown]
        tickets = self._fetch([*shown, *older])
        hits = self._hits(plan, [*shown.values()], tickets, index)
        customer = self._customer(request)
        near = () if customer else find_near_codes(query, plan, index, self._whole)
        notes = () if customer else _notes(request, query, plan, index, near)
        meant = DidYouMean() if customer else _meant(request, typed, plan, index)
        return SearchResult(
            query=request.text,
            hits=tuple(hits[number] for number in _ids(first) if number in hits),
            solved=tuple(hits[number] for number in _ids(fixes.first) if number in hits),
            older_fixes=tuple(tickets[one] for one in older if one in tickets),
            total=found.total,
            notes=few(
                (
                    *notes,
                    *_offers(request, query, hits.values()),
                    *_shortcomings(query, plan, found),
                )
            ),
            filters=query.all_filters,
            partial=found.partial,
            did_you_mean=meant.text,
            corrections=meant.corrections,
            near_codes=near,
            typed=() if isinstance(query, ExpertQuery) else typed_filters(request.text),
            customer=customer,
            took=time.monotonic() - started,  # last: all of the above is waited for
        )

    def _found(
        self, request: SearchRequest, plan: Plan, index: IndexSnapshot, started: float
    ) -> TopDocs:
        return index.search(
            plan,
            limit=max(request.limit, _RANKED),
            deadline=started + self._patience,
            explain=True,
            solved=WEIGHED_FIXES,
        )

    def hits(
        self, plan: Plan, scored: Sequence[ScoredDoc], index: IndexSnapshot
    ) -> tuple[Hit, ...]:
        """Return what an index found by a plan as people read it, without what was deleted."""
        listed = ranked(scored, None, datetime.now(UTC))
        return tuple(self._hits(plan, listed, self._fetch(_ids(listed)), index).values())

    def _hits(
        self,
        plan: Plan,
        first: Sequence[RankedHit],
        tickets: Mapping[int, StoredTicket],
        index: IndexSnapshot,
    ) -> dict[int, Hit]:
        """Return hits by ticket id, without what was deleted."""
        held = {one.scored.ticket_id: one for one in first if one.scored.ticket_id in tickets}
        finder = WordFinder(plan.clauses, index.lexicon.term)
        readings = HeldReadings(plan.clauses)
        words = _words(finder, held, tickets)
        if lacking := [one for one in held if _lacks(readings.of(words[one]), held[one])]:
            whole = self._whole(lacking)
            words |= _words(finder, [one for one in lacking if one in whole], whole)
        return {
            number: _hit(tickets[number], one, plan, readings.of(words[number]), words[number])
            for number, one in held.items()
        }

    def _customer(self, request: SearchRequest) -> CustomerTickets | None:
        """Return the tickets of the customer whose number the query is, those that pass filters."""
        if self._ask_customer is None:
            return None
        keep = passing(request.filters) if request.filters != Filters() else None
        return self._ask_customer(request.text, request.limit, keep)

    def _ranked(self, found: TopDocs, request: SearchRequest) -> tuple[list[RankedHit], Fixes]:
        """Return the ranking, and which solved tickets are shown before it."""
        scored = {one.ticket_id: one for one in (*found.scored, *found.solved)}
        facts = None
        if self._facts and request.is_tolerant:
            facts = self._facts([*scored], request.call)
        listed = ranked([*scored.values()], facts, datetime.now(UTC))
        held, solved = ({one.ticket_id for one in each} for each in (found.scored, found.solved))
        ranking = [one for one in listed if one.scored.ticket_id in held]
        return ranking, best_fixes(
            ranking, [one for one in listed if one.scored.ticket_id in solved]
        )


def _words(
    finder: WordFinder, ids: Iterable[int], tickets: Mapping[int, StoredTicket]
) -> dict[int, FoundWords]:
    asked = list(ids)
    return dict(zip(asked, finder.words_of(tickets[one] for one in asked), strict=True))


def _lacks(held: HeldClauses, one: RankedHit) -> bool:
    """Tell whether a word that gave to the score must be in a text that was not looked at."""
    pairs = zip(held.clauses, one.scored.shares, strict=True)
    return any(share and not clause.readings for clause, share in pairs)


def _ids(ranked: Sequence[RankedHit]) -> list[int]:
    return [one.scored.ticket_id for one in ranked]


def _is_unfinished(request: SearchRequest, query: Query) -> bool:
    """Tell whether the last word may go on."""
    return request.typing and query.open_end


def _unfinished(request: SearchRequest, query: Query) -> set[str]:
    """Return the last word, and what it is made of, if it may go on."""
    if not (query.tokens and _is_unfinished(request, query)):
        return set()
    last = query.tokens[-1]
    return {last.text, *(part.surface for part in last.parts)}


def _meant(request: SearchRequest, query: Query, plan: Plan, index: IndexSnapshot) -> DidYouMean:
    pasted = len(query.text) > LONGEST_TYPED  # no one corrects a log
    if isinstance(query, ExpertQuery) or pasted or not request.is_tolerant:
        return DidYouMean()
    return did_you_mean(plan, query, index.lexicon.count_term, _unfinished(request, query))


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
    small = ((Code.ADD_WORD,),) if query.tokens and not plan.clauses else ()
    unfinished = _unfinished(request, query)
    is_read = not isinstance(query, ExpertQuery)
    words = missing_words(plan, query, index.lexicon, unfinished) if is_read else ()
    if _is_unfinished(request, query):
        return few((*query.notes, *small, *words))
    codes = *cut_beginnings(plan.clauses), *missing_codes(query, plan, index, near)
    return few((*small, *query.notes, *codes, *words))


def _offers(request: SearchRequest, query: Query, hits: Iterable[Hit]) -> Iterator[Message]:
    """Return an offer to leave out words, if any of the hits has them."""
    if _is_unfinished(request, query) or isinstance(query, ExpertQuery):
        return iter(())
    return leave_out(query, (reason.word for hit in hits for reason in hit.reasons))


def _shortcomings(query: Query, plan: Plan, found: TopDocs) -> tuple[Message, ...]:
    """Return a note if not everything was looked at, or nothing fulfils the operators."""
    if found.partial:
        return ((Code.LATE,),)
    unfulfilled = isinstance(query, ExpertQuery) and plan.clauses and not found.total
    return ((Code.UNFULFILLED,),) if unfulfilled else ()


def _hit(
    ticket: StoredTicket, one: RankedHit, plan: Plan, held: HeldClauses, words: FoundWords
) -> Hit:
    clauses, highlighter = held
    telling = next((name for name in _TELLING if name in words.texts), "problem")
    problem = highlighter.snippet(words, telling)
    if not problem.marks and "messages" in words.texts:
        said = highlighter.snippet(words, "messages")
        problem = said if said.marks else problem
    resolved = "resolution" in words.texts
    return Hit(
        ticket=ticket,
        score=one.total,
        problem=problem,
        resolution=highlighter.fix(words, RESOLUTION_LENGTH) if resolved else None,
        reasons=reasons(clauses, words, one.scored.shares),
        signals=(*pair_signals(plan.pairs, words, one.scored.together), *one.signals),
    )
