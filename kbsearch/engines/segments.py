"""What a collection is made of, and what a plan looks up in it."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import Field, Filters, Phrase, Reading
from kbsearch.engines.located import Coded, beside, located
from kbsearch.engines.postings import (
    NOTHING,
    Documents,
    JoinedPostings,
    Mask,
    PostingList,
    Run,
    intersect,
)
from kbsearch.engines.scoring import Floats


class Segment(Protocol):
    """A part of an index that never changes, but for the documents deleted from it."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ticket id of each document, shape (documents,)."""

    @property
    def alive(self) -> Mask:
        """False where a document was deleted, shape (documents,)."""

    def count(self, field: Field, term: str) -> int:
        """Return how many documents hold a term, deleted ones included; reads no postings."""

    def postings(self, field: Field, term: str) -> PostingList:
        """Return the documents that hold a term, deleted ones included."""

    def lengths(self, field: Field) -> Floats:
        """Return the tokens of each document, weighted by section, shape (documents,)."""

    def holding(self, phrase: Phrase, among: Documents) -> Documents:
        """Return those of these documents in which the terms stand side by side, in this order.

        phrase  two terms of the text or more.
        among   ascending, one at least; each document holds all of the terms.
        """

    def places(self, term: str, numbers: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return the positions of some postings of a term of the text, see `positions`.

        numbers  the places of the postings in the list of the term, ascending.
        Returns  their codes, one behind another.
        """

    def passing(self, filters: Filters) -> Mask | None:
        """Return which documents the filters let pass, None where they let all."""

    def created(self) -> NDArray[np.int64]:
        """Return when each ticket was created, seconds since 1970, far below 0 if unknown."""


class Part(NamedTuple):
    """A segment in a collection, where its documents are numbered from `base` on.

    whole  none of its documents was deleted.
    """

    segment: Segment
    base: int
    whole: bool

    @property
    def end(self) -> int:
        """The number behind its last document."""
        return self.base + self.segment.ids.size

    def within(self, documents: Documents) -> Documents:
        """Return those of these documents that it holds, as it numbers them."""
        first, last = documents.searchsorted((self.base, self.end))
        return documents[first:last] - self.base


class Lookups:
    """What one plan asks of the segments; each term and each phrase is looked up once."""

    def __init__(self, parts: Sequence[Part], among: Mask | None = None) -> None:
        """Ask these segments.

        among  the documents that count, shape (documents,): None for all that are alive.
        """
        self._parts = parts
        self._among = among
        self._found: dict[tuple[int, Field, str], PostingList] = {}
        self._together: dict[tuple[Field, tuple[str, ...]], PostingList] = {}
        self._holding: dict[tuple[str, ...], Documents] = {}

    @cached_property
    def documents(self) -> int:
        """How many documents count."""
        if self._among is not None:
            return int(np.count_nonzero(self._among))
        return sum(int(np.count_nonzero(part.segment.alive)) for part in self._parts)

    def matching(self, field: Field, term: str) -> int:
        """Return how many of the documents that count hold a term."""
        if self._among is not None:
            return self._postings(field, term).count(self._among)
        return sum(self._matching(part, field, term) for part in self._parts)

    def postings(self, term: str) -> PostingList:
        """Return the documents that hold a term of the text, deleted ones included."""
        return self._postings(Field.TEXT, term)

    def reading(self, reading: Reading) -> PostingList:
        """Return the documents that hold a reading, numbered as in the collection."""
        together = self._all_of(reading.field, reading.terms)
        if len(reading.terms) < 2 or reading.apart or not together.size:
            return together
        return together.among(self.holding(reading.terms))

    def holding(self, terms: tuple[str, ...]) -> Documents:
        """Return the documents in which these terms of the text stand side by side."""
        found = self._holding.get(terms)
        if found is None:
            found = self._holding[terms] = self._side_by_side(terms)
        return found

    def together(self, pairs: Sequence[Phrase], among: Documents) -> Floats:
        """Return what the lightest term of each pair weighs where they stand side by side.

        among    the documents to look at, ascending.
        Returns  shape (documents, pairs), 0 where they do not.
        """
        found = np.zeros((among.size, len(pairs)), np.float32)
        terms = list(dict.fromkeys(term for pair in pairs for term in pair.terms))
        for part in self._parts:
            first, last = among.searchsorted((part.base, part.end))
            if first == last:
                continue
            documents = among[first:last] - part.base
            coded = [self._coded(part, term, documents) for term in terms]
            places = dict(zip(terms, located(coded, documents.size), strict=True))
            for column, pair in enumerate(pairs):
                standing = [places[term] for term in pair.terms]
                rows = beside(standing)
                weights = [one.weights[rows] for one in standing]
                found[first + rows, column] = np.minimum.reduce(weights)
        return found

    def _coded(self, part: Part, term: str, documents: Documents) -> Coded:
        hits = self._of_part(part, Field.TEXT, term).find(documents)
        return Coded(hits, part.segment.places(term, hits.numbers))

    def _matching(self, part: Part, field: Field, term: str) -> int:
        count = part.segment.count(field, term)
        if part.whole or not count:
            return count
        return self._of_part(part, field, term).count(part.segment.alive)

    def _side_by_side(self, terms: tuple[str, ...]) -> Documents:
        together = self._all_of(Field.TEXT, terms).read().documents
        return together if len(terms) < 2 else self._holding_among(terms, together)

    def _holding_among(self, terms: tuple[str, ...], together: Documents) -> Documents:
        """Return those of the documents that hold all of the terms in which they stand so."""
        found = []
        for part in self._parts:
            held = part.within(together)
            if held.size:
                found.append(part.segment.holding(Phrase(terms), held) + part.base)
        return np.concatenate(found) if found else NOTHING.documents

    def _all_of(self, field: Field, terms: tuple[str, ...]) -> PostingList:
        """Return the documents that hold all of these terms."""
        if len(terms) == 1:
            return self._postings(field, terms[0])
        found = self._together.get((field, terms))
        if found is None:
            found = intersect([self._postings(field, term) for term in dict.fromkeys(terms)])
            self._together[field, terms] = found
        return found

    def _postings(self, field: Field, term: str) -> PostingList:
        if len(self._parts) == 1:  # as after every rebuild
            return self._of_part(self._parts[0], field, term)
        found = [
            Run(part.base, part.end, postings)
            for part in self._parts
            if (postings := self._of_part(part, field, term)).size
        ]
        if not found:
            return NOTHING
        return JoinedPostings(found) if found[-1].start else found[0].postings

    def _of_part(self, part: Part, field: Field, term: str) -> PostingList:
        """Return the postings of one segment, numbered as it does."""
        key = (part.base, field, term)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = part.segment.postings(field, term)
        return found
