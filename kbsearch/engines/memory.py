"""The small honest engine: everything in dictionaries, for tests, teaching and small desks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import TokenKind
from kbsearch.engines.base import IndexSnapshot, Pace, View, foreign_spare, no_spare
from kbsearch.engines.indexing.document import (
    NO_TIME,
    filed_form,
    index_fingerprint,
    index_tokens,
    sections,
)
from kbsearch.engines.passing import passing
from kbsearch.engines.plan import Phrase
from kbsearch.engines.scoring.snapshot import Snapshot
from kbsearch.engines.source import Source, Update
from kbsearch.errors import IndexMissing, IndexWouldShrink
from kbsearch.inverted.documents import NO_WORDS, WordCounts
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import encode
from kbsearch.inverted.posting_lists import NOTHING, Chosen, Floats, Mask, Postings
from kbsearch.lexicon.table import table_of
from kbsearch.messages.message import Message
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.filters import Filters
from kbsearch.records.history import Mark
from kbsearch.records.index_state import IndexState
from kbsearch.records.ticket import StoredTicket


class MemoryEngine:
    """A `SearchEngine` that keeps its tickets in memory and rebuilds itself at every change."""

    def __init__(self) -> None:
        """Start without an index."""
        self._indexes: dict[View, _MemoryIndex] = {}

    def rebuild(
        self, view: View, source: Source, *, least: int = 0, progress: Progress = silent
    ) -> IndexState:
        """Make the tickets of the source the only searchable ones; keep those before as spare."""
        mark, total = source.mark(), source.count()
        held: dict[int, StoredTicket] = {}
        for ticket in source.tickets():
            held[ticket.id] = ticket
            progress(Stage.ANALYSING, len(held), total)
        if len(held) < least:
            raise IndexWouldShrink(len(held), least)
        index = _MemoryIndex(held, mark, self._indexes.get(view))
        return self._set(view, index.brought_up(source))

    def rollback(self, view: View, source: Source, *, progress: Progress = silent) -> IndexState:
        """Go back to the index before the last rebuild."""
        del progress  # it is over at once
        index = self._index(view)
        if index.spare is None:
            raise no_spare()
        if not source.holds(index.spare.mark):
            raise foreign_spare()
        spare = replace(index.spare, spare=replace(index, spare=None))
        return self._set(view, spare.brought_up(source))

    def drop_spare(self, view: View) -> IndexState:
        """Forget the index before the last rebuild."""
        return self._set(view, replace(self._index(view), spare=None))

    def mend(self, view: View) -> IndexState | None:
        """Return None: memory is never damaged, or no one can tell."""
        self._index(view)
        return None

    def apply(self, view: View, updates: Sequence[Update], *, after: int, mark: Mark) -> IndexState:
        """Take in what changed since."""
        now = self._index(view).mark
        if not after <= now.sequence < mark.sequence or now.store != mark.store:
            return self.snapshot(view).state
        return self._set(view, self._index(view).taken_in(updates, mark))

    def apply_ahead(self, view: View, updates: Sequence[Update]) -> IndexState:
        """Take in what became of these tickets before their turn; the watermark stays."""
        index = self._index(view)
        return self._set(view, index.taken_in(updates, index.mark))

    def is_rebuilding(self, view: View) -> bool:
        """Return False: a rebuild is over when `rebuild` returns."""
        del view
        return False

    def tickets(self, view: View) -> int:
        """Return how many tickets the index has."""
        return len(self._index(view).tickets)

    def snapshot(self, view: View) -> Snapshot:
        """Return the index as it is now."""
        return self._index(view).snapshot

    def recheck(self, view: View, seen: IndexSnapshot | None) -> bool:
        """Return False: nothing was found."""
        del view, seen
        return False

    def glance(self, view: View) -> None:
        """Do nothing."""

    def check(self, view: View, pace: Pace) -> bool:
        """Return that it is done."""
        del view, pace
        return True

    def verify(self, view: View) -> list[Message]:
        """Return nothing: memory that is wrong cannot tell so."""
        self._index(view)
        return []

    def _index(self, view: View) -> "_MemoryIndex":
        if view not in self._indexes:
            raise IndexMissing("There is no index yet; run: kbsearch reindex")
        return self._indexes[view]

    def _set(self, view: View, index: "_MemoryIndex") -> IndexState:
        self._indexes[view] = index
        return index.snapshot.state


@dataclass(frozen=True)
class _MemoryIndex:
    """Tickets with the mark up to which they are known, and those before the last rebuild."""

    tickets: Mapping[int, StoredTicket]
    mark: Mark
    spare: "_MemoryIndex | None"

    def taken_in(self, updates: Iterable[Update], mark: Mark) -> "_MemoryIndex":
        """Return what the updates make of it."""
        held = dict(self.tickets)
        for update in updates:
            if update.ticket is None:
                held.pop(update.ticket_id, None)
            else:
                held[update.ticket_id] = update.ticket
        return _MemoryIndex(held, mark, self.spare)

    def brought_up(self, source: Source) -> "_MemoryIndex":
        """Return what all that changed since makes of it."""
        index = self
        while changes := source.changes(index.mark):
            index = index.taken_in(*changes)
        return index

    @cached_property
    def snapshot(self) -> Snapshot:
        segment = _MemorySegment(list(self.tickets.values()))
        words = sorted(segment.words)
        counts = np.array([segment.words[word] for word in words], np.uint32)
        state = IndexState(
            len(self.tickets),
            self.mark.sequence,
            index_fingerprint(),
            0,
            spare=self.spare is not None,
            store=self.mark.store,
            change=self.mark.change,
        )
        table = table_of(WordCounts(words, counts))
        return Snapshot([segment], table, NO_WORDS, state)


class _MemorySegment:
    """All tickets as one segment; see `segments.Segment`."""

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
            if form := filed_form(token.kind, token.surface):
                self._count(Field.FORM, form, document, token.weight)
        self.words.update(surfaces)

    def _count(self, field: Field, term: str, document: int, weight: float) -> None:
        held = self._weights[field, term]
        held[document] = held.get(document, 0.0) + weight
        self._lengths[field][document] += weight

    def count(self, field: Field, term: str) -> int:
        return len(self._weights.get((field, term), ()))

    def codes(self, first: str, end: str) -> Iterator[str]:
        return (code for code in self._codes if first <= code < end)

    def codes_ending(self, suffix: str) -> Iterator[str]:
        return (code for code in self._codes if code.endswith(suffix))

    @cached_property
    def _codes(self) -> list[str]:
        return sorted(term for field, term in self._weights if field is Field.CODE)

    def postings(self, field: Field, term: str) -> Postings:
        held = self._weights.get((field, term))
        if held is None:
            return NOTHING
        return Postings(
            np.fromiter(held, np.intp, len(held)),
            np.fromiter(held.values(), np.float32, len(held)),
        )

    def lengths(self, field: Field) -> Floats:
        return self._lengths[field]

    def holding(self, phrase: Phrase) -> Postings:
        first, *others = [self._places.get(term, {}) for term in phrase.terms]
        weights = [self._weights.get((Field.TEXT, term), {}) for term in phrase.terms]
        kept = [
            document
            for document, ends in first.items()
            if _side_by_side([ends, *(places.get(document, set()) for places in others)])
        ]
        lightest = [min(held[document] for held in weights) for document in kept]
        return Postings(np.array(kept, np.intp), np.array(lightest, np.float32))

    def places(self, chosen: Chosen) -> NDArray[np.uint8]:
        codes = [
            encode(sorted(self._places[term][documents[number]]))
            for term, numbers in chosen
            for documents in [list(self._weights.get((Field.TEXT, term), ()))]
            for number in numbers
        ]
        return np.frombuffer(b"".join(codes), np.uint8)

    def revisions(self) -> NDArray[np.int64]:
        return np.array([ticket.revision for ticket in self.tickets], np.int64)

    def created(self) -> NDArray[np.int64]:
        moments = (ticket.created_at for ticket in self.tickets)
        return np.array([int(one.timestamp()) if one else NO_TIME for one in moments], np.int64)

    def solved(self) -> Mask:
        return np.array([bool(ticket.resolution.strip()) for ticket in self.tickets], np.bool_)

    def passing(self, filters: Filters) -> Mask | None:
        if filters == Filters():
            return None
        return np.array(list(map(passing(filters), self.tickets)), np.bool_)


def _side_by_side(places: list[set[int]]) -> bool:
    ends = places[0]
    for following in places[1:]:
        ends = {place + 1 for place in ends} & following
    return bool(ends)
