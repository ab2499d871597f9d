"""Searching, and what helps to search: suggestions, completions, similar tickets, examples."""

from collections.abc import Iterator
from dataclasses import replace

from kbsearch.engines.base import IndexSnapshot
from kbsearch.errors import shown
from kbsearch.messages.catalogue import Code, first_of
from kbsearch.messages.message import Message
from kbsearch.records.filters import COLUMNS, FILTER_FIELDS, Filters
from kbsearch.records.ticket import StoredTicket
from kbsearch.search.examples import Example
from kbsearch.search.query.parse import LONGEST_TYPED
from kbsearch.search.query.typed_filters import attach_values
from kbsearch.search.results import SearchRequest, SearchResult, SimilarRequest, Suggestions
from kbsearch.search.suggest import completions, suggest
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.services.nearest_values import nearest_values
from kbsearch.services.service import Service

_LISTED = 6
"""Values of the store that a sentence names at most."""
_REPEATED = 3
"""Values that were asked for that a sentence repeats at most."""


class Searching(Service):
    """Answers queries."""

    def search(
        self, request: SearchRequest, *, synonyms: PhraseTable | None = None
    ) -> SearchResult:
        """Answer a query.

        synonyms  to be used instead of those of the admin.

        Raises QueryInvalid, IndexMissing, IndexOutdated or IndexDamaged.
        """
        table = self._parts.synonyms.table() if synonyms is None else synonyms
        with self._parts.store.reading_together():
            text = attach_values(request.text, self._filter_values)
            asked = replace(request, text=text)
            found = self._parts.index.ask(lambda index: self._found(asked, index, table))
        # What is typed half says nothing yet, and a customer number is no one else's business.
        # Nor is a pasted log a query that anyone asks again.
        pasted = len(request.text) > LONGEST_TYPED
        if not (request.typing or pasted) and found.customer is None:
            self._parts.recent.remember(request.text)
        return replace(found, query=request.text)

    def suggest(self, text: str) -> Suggestions:
        """Return how a query that a person types may go on.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        patience = self._parts.settings.suggest_deadline_ms / 1000

        def answer(index: IndexSnapshot) -> Suggestions:
            lacks_deletions = self._lacks_deletions(index)
            found = suggest(text, index, self._parts.index.fetch, patience=patience)
            return replace(found, words=()) if lacks_deletions else found

        with self._parts.store.reading_together():
            return self._parts.index.ask(answer)

    def completions(self, text: str) -> tuple[str, ...]:
        """Return what the last word of a query may become, the likeliest first.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        fetch = self._parts.index.fetch
        return self._parts.index.ask(
            lambda index: () if self._lacks_deletions(index) else completions(text, index, fetch)
        )

    def similar(self, request: SimilarRequest) -> SearchResult:
        """Return the tickets that are like one, or like a text.

        Raises QueryInvalid for a text that tells nothing, TicketNotFound, or InputError if several
        sources have the ticket; and IndexMissing, IndexOutdated or IndexDamaged.
        """
        given = request.reference.strip()
        ticket = self._parts.store.get(request.reference, request.source) if given else None
        return self._parts.index.ask(lambda index: self._alike(request, ticket, index))

    def examples(self) -> tuple[Example, ...]:
        """Return queries that find something here; none while there is no index."""
        return self._parts.examples.get()

    def _filter_values(self, field: str) -> Iterator[str]:
        """Yield the values of a filter, by the name of its field in `Filters`."""
        for value, _ in self._parts.store.values(COLUMNS[field]):
            yield value

    def _found(
        self, request: SearchRequest, index: IndexSnapshot, table: PhraseTable
    ) -> SearchResult:
        found = self._parts.searcher.search(request, index, table)
        notes = list(found.notes)
        if note := self._parts.synonyms.note():
            notes.append(note)
        if not found.total and found.customer is None:
            notes += self._unknown_values(found.filters)
        behind = self._parts.index.behind(index)
        notes += self._parts.index.warnings(index, behind)
        offered = found.did_you_mean or any(note[0] is Code.WORD_NEAREST for note in notes)
        if offered and self._parts.index.lacks_deletions(index, behind):
            # It may be a word of a deleted ticket.
            found = replace(found, did_you_mean="", corrections=())
            notes = [note for note in notes if note[0] is not Code.WORD_NEAREST]
        return replace(found, notes=tuple(notes), partial=found.partial or index.state.partial)

    def _alike(
        self, request: SimilarRequest, ticket: StoredTicket | None, index: IndexSnapshot
    ) -> SearchResult:
        found = self._parts.similar.find(request, ticket, index)
        notes = (*found.notes, *self._parts.index.warnings(index, self._parts.index.behind(index)))
        return replace(found, notes=notes, partial=found.partial or index.state.partial)

    def _lacks_deletions(self, index: IndexSnapshot) -> bool:
        return self._parts.index.lacks_deletions(index, self._parts.index.behind(index))

    def _unknown_values(self, filters: Filters) -> Iterator[Message]:
        """Yield a note for each filter of whose values no ticket has some."""
        for field, name in FILTER_FIELDS.items():
            values = getattr(filters, field)
            if not values:
                continue
            known = [value for value, _ in self._parts.store.values(COLUMNS[field])]
            folded = {value.casefold() for value in known}
            unknown = [value for value in values if value.casefold() not in folded]
            if not unknown:
                continue
            some = first_of([*map(shown, unknown[:_REPEATED])], len(unknown))
            near = nearest_values(unknown[:_REPEATED], known)
            if near:
                yield Code.VALUES_UNKNOWN_NEAR, name, some, tuple(map(shown, near))
            elif known:
                listed = first_of(known[:_LISTED], len(known))
                yield Code.VALUES_UNKNOWN_KNOWN, name, some, listed
            else:
                yield Code.VALUES_UNKNOWN, name, some
