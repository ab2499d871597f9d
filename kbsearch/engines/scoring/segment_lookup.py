"""What a collection is made of, and what a plan looks up in it."""

from collections.abc import Callable, Sequence
from functools import cached_property, reduce
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.plan import Phrase, Reading
from kbsearch.engines.scoring.bm25 import Saturated
from kbsearch.engines.scoring.phrase_match import beside, located
from kbsearch.inverted.field import Field
from kbsearch.inverted.posting_lists import (
    NOTHING,
    Chosen,
    Documents,
    Floats,
    JoinedPostings,
    Mask,
    PostingList,
    PostingRun,
    Postings,
    intersect,
)
from kbsearch.lexicon.codes import CodeSource
from kbsearch.records.filters import Filters


class Segment(CodeSource, Protocol):
    """A part of an index that never changes, except for the documents deleted from it."""

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

    def holding(self, phrase: Phrase) -> Postings:
        """Return the documents in which the terms stand side by side, in this order.

        Each weighs as much as the lightest of the terms in it.

        phrase  two terms of the text or more.
        """

    def places(self, chosen: Chosen) -> NDArray[np.uint8]:
        """Return the positions of some postings of the text, see `positions`.

        Returns  their codes, one after another.
        """

    def passing(self, filters: Filters) -> Mask | None:
        """Return which documents the filters let pass, None where they let all."""

    def revisions(self) -> NDArray[np.int64]:
        """Return which revision of its ticket each document is, shape (documents,)."""

    def created(self) -> NDArray[np.int64]:
        """Return when each ticket was created, seconds since 1970, far below 0 if unknown."""

    def solved(self) -> Mask:
        """Return which tickets say what solved them, shape (documents,)."""


class SegmentRange(NamedTuple):
    """A segment in a collection, where its documents are numbered from `base` on.

    alive  how many of its documents were not deleted.
    """

    segment: Segment
    base: int
    alive: int

    @property
    def end(self) -> int:
        """The number after its last document."""
        return self.base + self.segment.ids.size


class QueryPostings:
    """What one plan asks of the segments; each term and each phrase is looked up once."""

    def __init__(self, parts: Sequence[SegmentRange], among: Mask | None = None) -> None:
        """Ask these segments.

        among  the documents that count, shape (documents,): None for all that are alive.
        """
        self._parts = parts
        self._among = among
        self._found: dict[tuple[int, Field, str], PostingList] = {}
        self._together: dict[tuple[Field, tuple[str, ...]], PostingList] = {}
        self._holding: dict[Phrase, PostingList] = {}
        self._saturated: dict[tuple[Field, tuple[str, ...], bool], Saturated] = {}

    @cached_property
    def documents(self) -> int:
        """How many documents count."""
        if self._among is not None:
            return int(np.count_nonzero(self._among))
        return sum(part.alive for part in self._parts)

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
        if len(reading.terms) < 2 or reading.unordered:
            return self._all_of(reading.field, reading.terms)
        return self._side_by_side(Phrase(reading.terms))

    def saturated(self, reading: Reading, norms: Floats) -> Saturated:
        """Return the same, weighed; `norms` are those of the reading's field."""
        key = (reading.field, reading.terms, reading.unordered)
        found = self._saturated.get(key)
        if found is None:
            found = self._saturated[key] = Saturated(self.reading(reading), norms)
        return found

    def holding(self, phrase: Phrase) -> Documents:
        """Return the documents that hold a phrase."""
        if len(phrase.terms) < 2 or phrase.unordered:
            return self._all_of(phrase.field, phrase.terms).read().documents
        return self._side_by_side(phrase).read().documents

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
            hits = [self._of_part(part, Field.TEXT, term).find(documents) for term in terms]
            places = part.segment.places(
                [(term, held.numbers) for term, held in zip(terms, hits, strict=True)]
            )
            held = dict(zip(terms, located(hits, places, documents.size), strict=True))
            for column, pair in enumerate(pairs):
                standing = [held[term] for term in pair.terms]
                rows = beside(standing)
                weights = [one.weights[rows] for one in standing]
                found[first + rows, column] = reduce(np.minimum, weights)
        return found

    def _matching(self, part: SegmentRange, field: Field, term: str) -> int:
        postings = self._of_part(part, field, term)
        if part.alive == part.segment.ids.size:
            return postings.size
        return postings.count(part.segment.alive)

    def _side_by_side(self, phrase: Phrase) -> PostingList:
        """Return the documents that hold the terms of a phrase side by side."""
        found = self._holding.get(phrase)
        if found is None:
            found = self._of_all(lambda part: part.segment.holding(phrase))
            self._holding[phrase] = found
        return found

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
        return self._of_all(lambda part: self._of_part(part, field, term))

    def _of_all(self, ask: Callable[[SegmentRange], PostingList]) -> PostingList:
        """Return the postings of all segments as one list."""
        if len(self._parts) == 1:  # as after every rebuild
            return ask(self._parts[0])
        found = [
            PostingRun(part.base, part.end, postings)
            for part in self._parts
            if (postings := ask(part)).size
        ]
        if not found:
            return NOTHING
        return JoinedPostings(found) if found[-1].start else found[0].postings

    def _of_part(self, part: SegmentRange, field: Field, term: str) -> PostingList:
        """Return the postings of one segment, numbered as it does."""
        key = (part.base, field, term)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = part.segment.postings(field, term)
        return found
