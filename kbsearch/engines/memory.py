"""The small honest engine: everything in dictionaries, for tests, teaching and small desks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kbsearch.analysis.sounds import sounds
from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.base import (
    Field,
    Filters,
    Found,
    IndexState,
    Lexicon,
    Phrase,
    Plan,
    Update,
    View,
)
from kbsearch.engines.document import (
    NO_TIME,
    filed_sound,
    index_fingerprint,
    index_tokens,
    sections,
)
from kbsearch.engines.scoring import NOTHING, Documents, Floats, Mask, Postings
from kbsearch.engines.searching import Collection
from kbsearch.engines.words import IndexLexicon, WordRow, WordTable
from kbsearch.errors import IndexMissing
from kbsearch.progress import Progress, Stage, silent
from kbsearch.tickets import StoredTicket


class MemoryEngine:
    """A `SearchEngine` that keeps its tickets in memory and rebuilds itself at every change."""

    def __init__(self) -> None:
        """Start without an index."""
        self._tickets: dict[View, dict[int, StoredTicket]] = {}
        self._watermarks: dict[View, int] = {}
        self._built: dict[View, tuple[Collection, IndexLexicon]] = {}

    def rebuild(
        self,
        view: View,
        tickets: Iterable[StoredTicket],
        *,
        watermark: int,
        total: int | None = None,
        progress: Progress = silent,
    ) -> IndexState:
        """Make these the only searchable tickets."""
        held: dict[int, StoredTicket] = {}
        for ticket in tickets:
            held[ticket.id] = ticket
            progress(Stage.ANALYSING, len(held), total)
        self._tickets[view] = held
        return self._finish(view, watermark)

    def apply(self, view: View, updates: Sequence[Update], *, watermark: int) -> IndexState:
        """Take in what changed since."""
        held = self._held(view)
        if watermark <= self._watermarks[view]:
            return self.state(view)
        for update in updates:
            if update.ticket is None:
                held.pop(update.ticket_id, None)
            else:
                held[update.ticket_id] = update.ticket
        return self._finish(view, watermark)

    def search(self, view: View, plan: Plan, *, limit: int) -> Found:
        """Return the best tickets first."""
        self._held(view)
        return self._built[view][0].search(plan, limit)

    def shares(self, view: View, plan: Plan, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """Return what each clause of the plan gave to the score of each of these tickets."""
        self._held(view)
        return self._built[view][0].shares(plan, ids)

    def lexicon(self, view: View) -> Lexicon:
        """Return the words of the index as it is now."""
        self._held(view)
        return self._built[view][1]

    def state(self, view: View) -> IndexState:
        """Return what the index is made of."""
        held = self._held(view)
        return IndexState(len(held), self._watermarks[view], index_fingerprint(), 0)

    def verify(self, view: View) -> list[str]:
        """Return nothing: memory that is wrong cannot tell so."""
        self._held(view)
        return []

    def _held(self, view: View) -> dict[int, StoredTicket]:
        if view not in self._tickets:
            raise IndexMissing("There is no index yet; run: kbsearch reindex")
        return self._tickets[view]

    def _finish(self, view: View, watermark: int) -> IndexState:
        segment = _MemorySegment(list(self._tickets[view].values()))
        collection = Collection([segment])
        rows = (WordRow(word, count, sounds(word)) for word, count in segment.words.items())
        words = IndexLexicon(
            WordTable(rows), WordTable(()), lambda term: collection.matching(Field.TEXT, term)
        )
        self._built[view] = (collection, words)
        self._watermarks[view] = watermark
        return self.state(view)


class _MemorySegment:
    """All tickets as one segment; see `searching.Segment`."""

    def __init__(self, tickets: list[StoredTicket]) -> None:
        self.tickets = tickets
        self.ids: NDArray[np.int64] = np.array([ticket.id for ticket in tickets], np.int64)
        self.alive: Mask = np.ones(len(tickets), np.bool_)
        self.words: Counter[str] = Counter()
        self._weights: dict[tuple[Field, str], dict[int, float]] = defaultdict(dict)
        self._places: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._lengths = {field: np.zeros(len(tickets), np.float32) for field in Field}
        for document, ticket in enumerate(tickets):
            self._add(document, ticket)

    def _add(self, document: int, ticket: StoredTicket) -> None:
        surfaces = set()
        for token in index_tokens(sections(ticket)):
            term = term_of(token.kind, token.surface)
            self._count(Field.TEXT, term, document, token.weight)
            self._places[term][document].add(token.position)
            if token.kind is TokenKind.CODE:
                self._count(Field.CODE, term, document, token.weight)
                continue
            surfaces.add(token.surface)
            if heard := filed_sound(token.surface):
                self._count(Field.SOUND, heard, document, token.weight)
        self.words.update(surfaces)

    def _count(self, field: Field, term: str, document: int, weight: float) -> None:
        held = self._weights[field, term]
        held[document] = held.get(document, 0.0) + weight
        self._lengths[field][document] += weight

    def postings(self, field: Field, term: str) -> Postings:
        held = self._weights.get((field, term))
        if held is None:
            return NOTHING
        return Postings(
            np.fromiter(held, np.int32, len(held)),
            np.fromiter(held.values(), np.float32, len(held)),
        )

    def lengths(self, field: Field) -> Floats:
        return self._lengths[field]

    def holding(self, phrase: Phrase) -> Documents:
        held = [self._places.get(term, {}) for term in phrase.terms]
        together = set.intersection(*map(set, held)) if held else set()
        kept = [
            document
            for document in sorted(together)
            if _side_by_side([places[document] for places in held])
        ]
        return np.array(kept, np.int32)

    def created(self) -> NDArray[np.int64]:
        moments = (ticket.created_at for ticket in self.tickets)
        return np.array([int(one.timestamp()) if one else NO_TIME for one in moments], np.int64)

    def passing(self, filters: Filters) -> Mask | None:
        if filters == Filters():
            return None
        return np.array([_passes(ticket, filters) for ticket in self.tickets], np.bool_)


def _side_by_side(places: list[set[int]]) -> bool:
    ends = places[0]
    for following in places[1:]:
        ends = {place + 1 for place in ends} & following
    return bool(ends)


def _passes(ticket: StoredTicket, filters: Filters) -> bool:
    for value, allowed in (
        (ticket.product, filters.products),
        (ticket.status, filters.statuses),
        (ticket.category, filters.categories),
        (ticket.kind, filters.kinds),
    ):
        if allowed and value.casefold() not in {name.casefold() for name in allowed}:
            return False
    tags = {tag.casefold() for tag in ticket.tags}
    if not {tag.casefold() for tag in filters.tags} <= tags:
        return False
    return _in_time(ticket, filters)


def _in_time(ticket: StoredTicket, filters: Filters) -> bool:
    created = ticket.created_at
    if filters.created_from is None and filters.created_before is None:
        return True
    if created is None:
        return False
    late_enough = filters.created_from is None or created >= filters.created_from
    early_enough = filters.created_before is None or created < filters.created_before
    return late_enough and early_enough
