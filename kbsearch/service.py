"""The knowledge base: the one place that wires store, engine, search and intake together."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self

from kbsearch.deletion import Deletion
from kbsearch.engines.base import IndexSnapshot, IndexState, SearchEngine
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import OperatorError, ReferenceTaken, shown
from kbsearch.filters import Filters
from kbsearch.indexer.indexer import Indexer
from kbsearch.intake.importer import Importer, ImportReport
from kbsearch.privacy.redact import redact, redact_text
from kbsearch.progress import Progress, silent
from kbsearch.search.examples import Example, examples
from kbsearch.search.query.typed_filters import attach_values, typed_filters
from kbsearch.search.results import SearchRequest, SearchResult
from kbsearch.search.searcher import Searcher
from kbsearch.search.signals import WEIGHTS as SIGNAL_WEIGHTS
from kbsearch.search.similar import SimilarFinder, SimilarRequest
from kbsearch.search.suggest import Suggestions, completions, suggest
from kbsearch.search.synonyms.live_table import Synonyms
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.settings import Settings, prepare_home, require_home
from kbsearch.store.facts import UNTRIED, Call, Statement, TrackRecord
from kbsearch.store.store import Store
from kbsearch.tickets import StoredTicket, TicketFields

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a digit."""
_LISTED = 6
"""Values of the store that a sentence names at most."""
_REPEATED = 3
"""Values that were asked for that a sentence repeats at most."""


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


class Added(NamedTuple):
    """A ticket that was saved.

    note  why it cannot be found yet, in sentences; "" if it can.
    """

    ticket: StoredTicket
    note: str


class KnowledgeBase:
    """Everything that a face asks for. Threads may share one; a forked process opens its own.

    index     what keeps the index in step with the store.
    deletion  what deletes tickets and brings them back.
    """

    def __init__(self, settings: Settings, store: Store, engine: SearchEngine) -> None:
        """Wire the parts; `open` does so from settings."""
        self.settings = settings
        self.store = store
        self.recent = store.recent_queries(limit=settings.recent_queries, redact=redact_text)
        self.index = Indexer(store, engine, settings.home / "attendance.lock")
        self.deletion = Deletion(store, self.index)
        patience = settings.query_deadline_ms / 1000
        self.synonyms = Synonyms(settings.synonyms_file)
        dated = partial(store.facts, dated=SIGNAL_WEIGHTS.recent > 0)
        facts = dated if settings.ranking_signals else None
        self._searcher = Searcher(
            self.index.fetch, facts=facts, customer=store.customer_tickets, patience=patience
        )
        self._examples: tuple[int, tuple[Example, ...]] | None = None  # at a watermark
        self._similar = SimilarFinder(self._searcher, store.facts, patience=patience)

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True) -> Self:
        """Open the knowledge base in the data folder.

        create  whether to make what is not there. Without it nothing is written, and the folder
                may be one that nobody can write.

        Raises SettingInvalid, StoreUnavailable, StoreMissing or EngineUnusable.
        """
        engine = WhooshEngine(settings.index_folder)
        if create:
            prepare_home(settings)
        else:
            require_home(settings)
        store = Store.open(settings.store_url, redact=redact, create=create)
        return cls(settings, store, engine)

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
        table = self.synonyms.table() if synonyms is None else synonyms
        with self.store.reading_together():
            text = attach_values(request.text, self._filter_values)
            asked = replace(request, text=text)
            found = self.index.ask(lambda index: self._found(asked, index, table))
        # What is typed half says nothing yet, and a customer number is nobody else's business.
        if not request.typing and found.customer is None:
            self.recent.remember(request.text)
        return replace(found, query=request.text, typed=typed_filters(text))

    def _filter_values(self, field: str) -> Iterator[str]:
        """Yield the values of a filter, by the name of its field in `Filters`."""
        columns = {
            "products": "product",
            "statuses": "status",
            "categories": "category",
            "kinds": "kind",
        }
        for value, _ in self.store.values(columns[field]):
            yield value

    def examples(self) -> tuple[Example, ...]:
        """Return queries that find something here; none while there is no index."""
        try:
            return self.index.ask(self._examples_in)
        except OperatorError:
            return ()

    def _examples_in(self, index: IndexSnapshot) -> tuple[Example, ...]:
        if self._examples is None or self._examples[0] != index.state.watermark:
            products = [value for value, _ in self.store.values("product")]
            found = examples(index, self.index.fetch, products)
            self._examples = index.state.watermark, found
        return self._examples[1]

    def suggest(self, text: str) -> Suggestions:
        """Return how a query that somebody types may go on.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        patience = self.settings.suggest_deadline_ms / 1000

        def answer(index: IndexSnapshot) -> Suggestions:
            lacks_deletions = self.index.lacks_deletions(index)
            found = suggest(text, index, self.index.fetch, patience=patience)
            return replace(found, words=()) if lacks_deletions else found

        with self.store.reading_together():
            return self.index.ask(answer)

    def completions(self, text: str) -> tuple[str, ...]:
        """Return what the last word of a query may become, the likeliest first.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        return self.index.ask(
            lambda index: () if self.index.lacks_deletions(index) else completions(text, index)
        )

    def similar(self, request: SimilarRequest) -> SearchResult:
        """Return the tickets that are like one, or like a text.

        Raises QueryInvalid for a text that tells nothing, TicketNotFound, or InputError if several
        sources have the ticket; and IndexMissing, IndexOutdated or IndexDamaged.
        """
        given = request.reference.strip()
        ticket = self.ticket(request.reference, request.source) if given else None
        return self.index.ask(lambda index: self._alike(request, ticket, index))

    def ticket(self, reference: str, source: str | None = None) -> StoredTicket:
        """Return a ticket. Raises TicketNotFound, or InputError if several sources have it."""
        return self.store.get(reference, source)

    def add(self, fields: TicketFields) -> Added:
        """Save a new ticket and make it searchable before returning.

        Unless the fields say otherwise it was created now, and resolved now if it says how.

        Raises TicketInvalid or ReferenceTaken. If only the index fails, the ticket is saved all the
        same: the note says so, and the next `index.catch_up` takes it in.
        """
        return self._found_at_once(self.store.create(fields))

    def add_new(self, fields: Callable[[str], TicketFields]) -> Added:
        """Do as `add`, with a new reference, short enough to be read over the phone.

        fields  returns the fields of the ticket with the reference that it is given.
        """
        while True:
            reference = "KB-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))
            try:
                ticket = self.store.create(fields(reference), in_any_source=True)
            except ReferenceTaken:  # one time in thousands, at most
                continue
            return self._found_at_once(ticket)

    def _found_at_once(self, ticket: StoredTicket) -> Added:
        wait = self.index.take_in_at_once([ticket.id])
        return Added(ticket, f"It is saved and cannot be found yet. {wait}." if wait else "")

    def record_outcome(
        self, reference: str, said: Statement, source: str | None = None
    ) -> TrackRecord:
        """Take down what a call says of a ticket; return what is known of the ticket then.

        Raises TicketNotFound, or InputError if several sources have it.
        """
        ticket = self.ticket(reference, source)
        # Whose ticket it was is no query that led to it.
        by_number = self.store.customer_tickets(said.query, limit=1) is not None
        said = replace(said, query="" if by_number else redact_text(said.query))
        return self.store.record_outcome(ticket.id, said)

    def take_back_outcome(
        self, reference: str, call: str, source: str | None = None
    ) -> TrackRecord:
        """Take back what a call said of a ticket; return what is known of the ticket then.

        Raises CallNotFound, TicketNotFound, or InputError if several sources have the ticket.
        """
        return self.store.take_back_outcome(self.ticket(reference, source), call)

    def call(self, call: str) -> Call:
        """Return what a call tried; raises CallNotFound if it never said anything."""
        return self.store.call(call)

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
        force_older: bool = False,
        progress: Progress = silent,
    ) -> ImportReport:
        """Read files into the store; the index follows with `index.catch_up` or `index.reindex`.

        force_older  let rows change tickets that are newer.
        """
        importer = Importer(
            self.store,
            mapping=mapping,
            source=source,
            dry_run=dry_run,
            rejects_folder=self.settings.home / "rejects",
            progress=progress,
        )
        return importer.run(paths, force_older=force_older)

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
            index = self.index.state()
        except OperatorError as error:
            trouble = str(error)
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

    def _found(
        self, request: SearchRequest, index: IndexSnapshot, table: PhraseTable
    ) -> SearchResult:
        found = self._searcher.search(request, index, table)
        notes = list(found.notes)
        if note := self.synonyms.note():
            notes.append(note)
        if not found.total and found.customer is None:
            notes += self._unknown_values(found.filters)
        notes += self.index.shortcomings(index)
        if found.meant and self.index.lacks_deletions(index):
            found = replace(found, meant="")  # it may be a word of a deleted ticket
        return replace(found, notes=tuple(notes), partial=found.partial or index.state.partial)

    def _alike(
        self, request: SimilarRequest, ticket: StoredTicket | None, index: IndexSnapshot
    ) -> SearchResult:
        found = self._similar.find(request, ticket, index)
        notes = (*found.notes, *self.index.shortcomings(index))
        return replace(found, notes=notes, partial=found.partial or index.state.partial)

    def _unknown_values(self, filters: Filters) -> Iterator[str]:
        """Yield a sentence for each filter of whose values no ticket has some."""
        asked = {
            "product": filters.products,
            "status": filters.statuses,
            "category": filters.categories,
            "kind": filters.kinds,
        }
        for name, values in asked.items():
            known = [value for value, _ in self.store.values(name)] if values else []
            folded = {value.casefold() for value in known}
            if unknown := [value for value in values if value.casefold() not in folded]:
                listed = f"; there are {', '.join(known[:_LISTED])}" if known else ""
                yield f"No ticket has the {name} {_any_of(unknown)}{listed}."


def _any_of(values: Sequence[str]) -> str:
    """Return some values as a sentence names them.

    >>> _any_of(["a", "b"]), _any_of(["a", "b", "c", "d", "e"])
    ('"a" or "b"', '"a", "b", "c" or 2 others')
    """
    named = [f'"{shown(value)}"' for value in values[:_REPEATED]]
    if others := len(values) - len(named):
        named.append("1 other" if others == 1 else f"{others} others")
    *first, last = named
    return f"{', '.join(first)} or {last}" if first else last
