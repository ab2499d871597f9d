"""Which solved tickets are like this one, or like the note about a call?"""

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.tokens import Token, TokenKind, tokens
from kbsearch.engines.base import IndexSnapshot
from kbsearch.engines.indexing.document import Section
from kbsearch.engines.plan import Clause, Plan, Reading, TopDocs
from kbsearch.engines.scoring.bm25 import idf
from kbsearch.errors import QueryInvalid
from kbsearch.inverted.field import Field
from kbsearch.lexicon.lexicon import Lexicon
from kbsearch.messages.catalogue import Code
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.query.parse import LONGEST_QUERY
from kbsearch.search.results import SearchResult, SimilarRequest
from kbsearch.search.searcher import Searcher

LONGEST_NOTE = 10_000
"""Characters of a text that are read: far more than anyone types while a person talks."""
_TERMS = 20
"""The words that a text is known by. Tuned on tickets that people linked to each other."""
_SUBJECT = 3.0
"""How many words of the problem one of the subject counts for; tuned alike."""
_REACH = 1_000
"""The nearest tickets, among which solved ones are scored by every word."""


class _Telling(NamedTuple):
    """A term of a text, as the text spells it; `times` counts how often, the subject for more."""

    field: Field
    term: str
    word: str
    times: float


class SimilarFinder:
    """Finds tickets by what tells a text from others."""

    def __init__(self, searcher: Searcher, *, patience: float = 1.0) -> None:
        """Let `searcher` explain the hits.

        patience  seconds after which no further word is looked at.
        """
        self._searcher = searcher
        self._patience = patience

    def find(
        self, request: SimilarRequest, ticket: StoredTicket | None, index: IndexSnapshot
    ) -> SearchResult:
        """Return the tickets most like one, or like the text of the request.

        ticket  that of the reference, None for a text; it is not among the hits.

        Raises QueryInvalid for a text of which no word tells it from others.
        """
        started = time.monotonic()
        plan = like(_texts(request.text, ticket), index, held=0 if ticket is None else 1)
        if ticket is None and not plan.clauses:
            raise QueryInvalid(
                "No word of the text tells one problem from another; write what the caller sees."
            )
        found = self._found(request, plan, index, started + self._patience)
        listed = found.scored if request.unsolved else found.solved
        others = [one for one in listed if ticket is None or one.ticket_id != ticket.id]
        hits = self._searcher.hits(plan, others[: request.limit], index)
        return SearchResult(
            query=request.text[:LONGEST_QUERY] if ticket is None else ticket.reference,
            hits=hits,
            total=len(hits),
            took=time.monotonic() - started,
            notes=((Code.LATE,),) if found.partial else (),
            partial=found.partial,
        )

    def _found(
        self, request: SimilarRequest, plan: Plan, index: IndexSnapshot, deadline: float
    ) -> TopDocs:
        if not plan.clauses:  # which would find everything
            return TopDocs((), 0)
        most = request.limit + 1  # the ticket itself may be among them
        reach = most if request.unsolved else _REACH
        return index.search(plan, limit=reach, deadline=deadline, explain=True, solved=most)


def like(texts: Iterable[Section], index: IndexSnapshot, *, held: int) -> Plan:
    """Return a plan that finds tickets like some texts: their most telling words, as they stand.

    A word tells the more the fewer tickets have it, and the oftener the texts say it; the engine
    weighs the former, the weight of its reading the latter.

    texts  how much a word of each counts is its `weight`.
    held   the tickets with these texts that the index has itself: words of no other are left out.
    """
    lexicon, tickets = index.lexicon, index.state.tickets
    telling: list[tuple[float, _Telling]] = []
    for one in _counted(texts, lexicon):
        holding = lexicon.count_term(one.term)
        if holding > held:
            telling.append((_loudness(one) * idf(tickets, holding), one))
    best = [one for _, one in nlargest(_TERMS, telling, key=lambda pair: pair[0])]
    loudest = max(map(_loudness, best), default=1.0)
    return Plan(tuple(_clause(one, _loudness(one) / loudest) for one in best))


def _texts(text: str, ticket: StoredTicket | None) -> list[Section]:
    """Return what to compare by: of a ticket what the caller said, and not what was answered."""
    if ticket is None:
        return [Section(text, 1.0)]
    told = (ticket.problem, ticket.environment, ticket.cause)
    return [Section(ticket.subject, _SUBJECT), *(Section(one, 1.0) for one in told)]


def _counted(texts: Iterable[Section], lexicon: Lexicon) -> Iterator[_Telling]:
    """Yield the terms of some texts, each once."""
    times: dict[tuple[Field, str], float] = defaultdict(float)
    spelt: dict[tuple[Field, str], str] = {}
    for text, weight in texts:
        for token in tokens(text[:LONGEST_NOTE]):
            if token.surface not in stop_words():
                key = _filed(token, lexicon)
                times[key] += weight
                spelt.setdefault(key, token.surface)
    for (field, term), number in times.items():
        yield _Telling(field, term, spelt[field, term], number)


def _filed(token: Token, lexicon: Lexicon) -> tuple[Field, str]:
    if token.kind is TokenKind.CODE:
        return Field.CODE, token.surface
    return Field.TEXT, lexicon.term(token.surface)


def _loudness(one: _Telling) -> float:
    """Return how much a word counts for being said so often: twice is not twice as much."""
    return 1 + math.log(one.times)


def _clause(one: _Telling, weight: float) -> Clause:
    exact = Reading(ReadingKind.EXACT, (one.term,), weight, one.word, field=one.field)
    return Clause(one.word, (exact,))
