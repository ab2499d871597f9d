"""The knowledge base: the one place that wires store, engine, search and intake together."""

import math
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

from kbsearch.engines.base import Filters, IndexSnapshot, IndexState, SearchEngine, Update, View
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import (
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexWouldShrink,
    OperatorError,
    TicketNotFound,
)
from kbsearch.intake.importer import Importer, ImportReport
from kbsearch.privacy.redact import redact, redact_text
from kbsearch.progress import Progress, Stage, silent
from kbsearch.search.alternatives import PhraseTable
from kbsearch.search.query import shown
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.search.searcher import Searcher
from kbsearch.search.signals import WEIGHTS as SIGNAL_WEIGHTS
from kbsearch.search.similar import SimilarFinder, SimilarRequest
from kbsearch.search.suggest import Suggestions, suggest
from kbsearch.search.synonyms import Synonyms
from kbsearch.settings import Settings, prepare_home
from kbsearch.store.facts import UNTRIED, Statement, TrackRecord
from kbsearch.store.merge import DEFAULT_SOURCE
from kbsearch.store.store import Store
from kbsearch.tickets import StoredTicket, TicketFields

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a digit."""
_BATCH = 500
"""Changes that the index takes in at a time."""
_LISTED = 6
"""Values that a sentence names at most."""
_BUILT_ANEW = 10_000
"""Changes from which on the index is built anew. The words of tickets that were added to it are
joined at each opening: measured, 25 ms after 5,000 tickets, 160 ms after 20,000."""
_AT_ONCE = 1_000
"""Changes that somebody who adds a ticket waits for: some seconds."""

DAMAGED = (
    "A part of the index is damaged and left out, so that tickets may be missing;"
    " run: kbsearch reindex"
)
_SHRINK = 0.02
"""The part of its tickets that an index may lose in a rebuild without anybody being asked."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that can be filtered by, each with the tickets that have it."""

    products: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a knowledge base.

    resolved  tickets with a resolution.
    index     None while there is none that can be searched; then `trouble` says why.
    behind    changes in the store that the index has not taken in.
    """

    tickets: int
    resolved: int
    products: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    index: IndexState | None
    behind: int
    trouble: str


class KnowledgeBase:
    """Everything that a face asks for. Threads may share one; a forked process opens its own."""

    def __init__(self, settings: Settings, store: Store, engine: SearchEngine) -> None:
        """Wire the parts; `open` does so from settings."""
        self.settings = settings
        self.store = store
        self.recent = store.recent_queries(limit=settings.recent_queries, redact=redact_text)
        self._engine = engine
        patience = settings.query_deadline_ms / 1000
        self.synonyms = Synonyms(settings.synonyms_file)
        dated = partial(store.facts, dated=SIGNAL_WEIGHTS.recent > 0)
        facts = dated if settings.ranking_signals else None
        self._searcher = Searcher(store.fetch, facts=facts, patience=patience)
        self._similar = SimilarFinder(self._searcher, store.facts, patience=patience)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the knowledge base in the data folder, making what is not there.

        Raises SettingInvalid, StoreUnavailable or EngineUnusable.
        """
        engine = WhooshEngine(settings.index_folder)
        prepare_home(settings)
        return cls(settings, Store.open(settings.store_url, redact=redact), engine)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def search(
        self, request: SearchRequest, *, synonyms: PhraseTable | None = None
    ) -> SearchResult:
        """Answer a query.

        synonyms  to be used instead of those of the admin.

        Raises QueryInvalid, IndexMissing, IndexOutdated or IndexDamaged.
        """
        index = self._engine.snapshot(View.INTERNAL)
        table = self.synonyms.table() if synonyms is None else synonyms
        with self.store.reading_together():
            found = self._searcher.search(request, index, table)
            notes = list(found.notes)
            if note := self.synonyms.note():
                notes.append(note)
            if not found.total:
                notes += self._unknown_values(found.filters)
            notes += self._shortcomings(index)
        if not request.typing:  # what is typed half says nothing yet
            self.recent.remember(request.text)
        return replace(found, notes=tuple(notes), partial=found.partial or index.state.partial)

    def suggest(self, text: str) -> Suggestions:
        """Return how a query that somebody types may go on.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        return suggest(text, self._engine.snapshot(View.INTERNAL), self.store.fetch)

    def similar(self, request: SimilarRequest) -> SearchResult:
        """Return the tickets that are like one, or like a text.

        Raises QueryInvalid for a text that tells nothing, TicketNotFound, or InputError if several
        sources have the ticket; and IndexMissing, IndexOutdated or IndexDamaged.
        """
        reference = request.reference.strip()
        ticket = self.ticket(reference, request.source) if reference else None
        index = self._engine.snapshot(View.INTERNAL)
        found = self._similar.find(request, ticket, index)
        notes = (*found.notes, *self._shortcomings(index))
        return replace(found, notes=notes, partial=found.partial or index.state.partial)

    def ticket(self, reference: str, source: str | None = None) -> StoredTicket:
        """Return a ticket; a reference may be typed in small letters.

        Raises TicketNotFound, or InputError if several sources have it.
        """
        try:
            return self.store.get(reference, source)
        except TicketNotFound:
            if reference == reference.upper():
                raise
            return self._in_capitals(reference, source)

    def _in_capitals(self, reference: str, source: str | None) -> StoredTicket:
        try:
            return self.store.get(reference.upper(), source)
        except TicketNotFound:
            return self.store.get(reference, source)  # so that the error names what was typed

    def new_reference(self) -> str:
        """Return a reference that no ticket has, short enough to be read over the phone."""
        while True:
            reference = "KB-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))
            try:
                self.store.get(reference)
            except TicketNotFound:
                return reference

    def add(self, fields: TicketFields) -> StoredTicket:
        """Save a ticket and make it searchable before returning.

        Unless the fields say otherwise a new one was created now, and resolved now if it says how.

        Raises TicketInvalid. If only the index fails, the ticket is kept: the next `catch_up`
        takes it in, and the OperatorError that is raised says so.
        """
        ticket = self.store.save(self._timed(fields))
        try:
            self._take_in_at_once()
        except OperatorError as error:
            sentence = f"{ticket.reference} is saved but cannot be found yet: {error}"
            raise type(error)(sentence) from error
        return ticket

    def record_outcome(
        self, reference: str, said: Statement, source: str | None = None
    ) -> TrackRecord:
        """Take down what a call says of a ticket; return what is known of the ticket then.

        Raises TicketNotFound, or InputError if several sources have it.
        """
        ticket = self.ticket(reference, source)
        said = replace(said, query=redact_text(said.query))
        return self.store.record_outcome(ticket.id, said)

    def track_record(self, ticket: StoredTicket) -> TrackRecord:
        """Return how often a ticket solved the problem."""
        known = self.store.facts([ticket.id]).get(ticket.id)
        return known.record if known else UNTRIED

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        mapping: Mapping[str, str],
        source: str,
        dry_run: bool = False,
        progress: Progress = silent,
    ) -> ImportReport:
        """Read files into the store; the index follows with `catch_up` or `reindex`."""
        importer = Importer(
            self.store,
            mapping=mapping,
            source=source,
            dry_run=dry_run,
            rejects_folder=self.settings.home / "rejects",
            progress=progress,
        )
        return importer.run(paths)

    def reindex(self, progress: Progress = silent, *, allow_shrink: bool = False) -> IndexState:
        """Build the index anew beside the old one, swap, and take in what changed meanwhile.

        The old one is kept, to go back to. Raises IndexWouldShrink if the new one would have more
        than 2 % fewer tickets, unless that is allowed, and IndexBusy if somebody rebuilds already.
        """
        watermark = self.store.watermark()
        total, least = self.store.count(), 0 if allow_shrink else self._expected()
        if total < least:
            raise IndexWouldShrink(total, least)
        self._engine.rebuild(
            View.INTERNAL,
            self.store.tickets(),
            watermark=watermark,
            total=total,
            least=least,
            progress=progress,
        )
        return self.catch_up(progress)

    def rollback(self, progress: Progress = silent) -> IndexState:
        """Go back to the index before the last rebuild, and take in what changed since.

        Raises OperatorError if there is none.
        """
        self._engine.rollback(View.INTERNAL)
        return self.catch_up(progress)

    def catch_up(self, progress: Progress = silent) -> IndexState:
        """Bring the index up to the store's change log; after very many changes it is built anew.

        Raises IndexMissing if there is none, and IndexOutdated if it cannot take them in.
        """
        state = self._state()
        start = state.watermark
        if self.store.watermark() - start > _BUILT_ANEW:
            return self.reindex(progress, allow_shrink=True)
        while changes := self.store.changes(state.watermark, _BATCH):
            tickets = self.store.fetch([change.ticket_id for change in changes])
            state = self._engine.apply(
                View.INTERNAL,
                [Update(one.ticket_id, tickets.get(one.ticket_id)) for one in changes],
                after=state.watermark,
                watermark=changes[-1].sequence,
            )
            start = min(start, state.watermark)
            end = max(self.store.watermark(), state.watermark)
            progress(Stage.CATCHING_UP, state.watermark - start, end - start)
        return state

    def behind(self) -> int:
        """Return how many changes the index has not taken in. Raises IndexMissing."""
        return self.store.watermark() - self._engine.snapshot(View.INTERNAL).state.watermark

    def ensure_index(self, progress: Progress = silent) -> str:
        """Bring the index up to the store; mend it, or build it anew, if it needs that.

        Returns a sentence about why it was mended or built anew, "" if there was no need.
        Raises IndexBusy if another process builds it.
        """
        try:
            trouble = self._mend(progress)
            if self.catch_up(progress).loose > _BUILT_ANEW:
                self.reindex(progress)
        except (IndexMissing, IndexOutdated, IndexDamaged) as error:
            self.reindex(progress)
            return f"{str(error).partition(';')[0]}. It was built anew."
        return trouble

    def _mend(self, progress: Progress) -> str:
        """Mend a damaged index: with the spare, if that is whole; else it is built anew."""
        state = self._engine.snapshot(View.INTERNAL).state
        if not state.damage and not state.partial:
            return ""
        mended = self._engine.mend(View.INTERNAL)
        if mended is None:
            return ""  # another process was quicker
        if not mended.partial:
            return f"{state.damage}. What is whole took its place."
        self.reindex(progress, allow_shrink=True)
        return f"{state.damage or 'A part of the index was damaged'}. It was built anew."

    def choices(self) -> Choices:
        """Return what can be filtered by."""
        return Choices(
            products=tuple(self.store.values("product")),
            statuses=tuple(self.store.values("status")),
            categories=tuple(self.store.values("category")),
            kinds=tuple(self.store.values("kind")),
        )

    def stats(self) -> Stats:
        """Return the figures."""
        index, trouble = None, ""
        try:
            index = self._state()
            self._engine.snapshot(View.INTERNAL)
        except OperatorError as error:
            index, trouble = None, str(error)
        return Stats(
            tickets=self.store.count(),
            resolved=self.store.count_resolved(),
            products=tuple(self.store.values("product")),
            statuses=tuple(self.store.values("status")),
            kinds=tuple(self.store.values("kind")),
            index=index,
            behind=self.store.watermark() - (index.watermark if index else 0),
            trouble=trouble,
        )

    def verify(self) -> list[str]:
        """Return a sentence for each thing that is wrong with the index."""
        return self._engine.verify(View.INTERNAL)

    def _shortcomings(self, index: IndexSnapshot) -> Iterator[str]:
        """Yield a sentence for each thing that the index lacks."""
        if index.state.partial:
            yield DAMAGED
        if (behind := self.store.watermark() - index.state.watermark) > 0:
            changes = "last change" if behind == 1 else f"last {behind:,} changes"
            yield f"The index lacks the {changes}; run: kbsearch reindex"

    def _unknown_values(self, filters: Filters) -> Iterator[str]:
        """Yield a sentence for each value that is filtered by and that no ticket has."""
        asked = {
            "product": filters.products,
            "status": filters.statuses,
            "category": filters.categories,
            "kind": filters.kinds,
        }
        for name, values in asked.items():
            known = [value for value, _ in self.store.values(name)] if values else []
            folded = {value.casefold() for value in known}
            for value in values:
                if value.casefold() not in folded:
                    listed = f"; there are {', '.join(known[:_LISTED])}" if known else ""
                    yield f'No ticket has the {name} "{shown(value)}"{listed}.'

    def _timed(self, fields: TicketFields) -> TicketFields:
        """Return the fields of a ticket with the times that a new one has."""
        try:
            self.store.get(fields["reference"], fields.get("source", DEFAULT_SOURCE))
        except TicketNotFound:
            now = datetime.now(UTC)
            times = TicketFields(reference=fields["reference"], created_at=now)
            if fields.get("resolution"):
                times["resolved_at"] = now
            return {**times, **fields}
        return fields

    def _take_in_at_once(self) -> None:
        """Take in the last change, unless there are so many that nobody could wait."""
        try:
            behind = self.behind()
        except IndexMissing:
            behind = 0
        if behind > _AT_ONCE:
            raise OperatorError(f"the index lacks {behind:,} changes; run: kbsearch reindex")
        self._catch_up_or_build()

    def _catch_up_or_build(self) -> None:
        try:
            self.catch_up()
        except IndexMissing:
            self.reindex()

    def _expected(self) -> int:
        """Return how many tickets a new index must have at least."""
        try:
            now = self._engine.tickets(View.INTERNAL)
        except (IndexMissing, IndexDamaged):  # nothing can be learnt from it
            return 0
        return math.ceil(now * (1 - _SHRINK))

    def _state(self) -> IndexState:
        state = self._engine.snapshot(View.INTERNAL).state
        if state.watermark > self.store.watermark():
            raise IndexOutdated(
                "The index is newer than the database, as after restoring an older one;"
                " run: kbsearch reindex"
            )
        return state
