"""A Whoosh segment as arrays: what is asked for is decoded once and kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from threading import RLock
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3LeafMatcher
from whoosh.matching import Matcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.searching import Searcher
from whoosh.util.numeric import byte_to_length

from kbsearch.engines.base import Field, Filters, Phrase
from kbsearch.engines.document import NO_TIME
from kbsearch.engines.scoring import NOTHING, Documents, Floats, Mask, Postings
from kbsearch.engines.whoosh.schema import COLUMNS, TAG_SEPARATOR, column_value, seconds
from kbsearch.errors import IndexDamaged

_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float32)


class SegmentArrays:
    """The parts of a segment that never change; shared by all who see it, whatever is deleted.

    Whoosh's files have one place each at which they are read, so one thread reads at a time.
    """

    def __init__(self, reader: SegmentReader) -> None:
        """Read through `reader`, which is closed when nobody needs this any more.

        Raises IndexDamaged if a column is lost: Whoosh would make its values up.
        """
        self._reader = reader
        finalize(self, reader.close)
        if lost := [name for name in COLUMNS if not reader.has_column(name)]:
            raise IndexDamaged(f"The index has lost its column {lost[0]}; run: kbsearch reindex")
        self._reading = RLock()
        self._postings: dict[tuple[Field, str], Postings] = {}
        self._lengths: dict[Field, Floats] = {}
        self._phrases: dict[Phrase, Documents] = {}
        self._created: NDArray[np.int64] | None = None
        self._codes: dict[str, tuple[NDArray[np.int64], dict[bytes, int]]] = {}

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The ticket id of each document."""
        return np.array(self._column("number"), np.int64)

    def read_terms(self) -> None:
        """Read the entry of every term, which raises what a damaged one ends in."""
        with self._reading:
            for term in self._reader.all_terms():
                self._reader.term_info(*term)

    def postings(self, field: Field, term: str) -> Postings:
        """Return the documents that hold a term."""
        found = self._postings.get((field, term))
        if found is None:
            with self._reading:
                found = self._postings[field, term] = self._decode(field, term)
        return found

    def lengths(self, field: Field) -> Floats:
        """Return the tokens of each document, to the precision of Whoosh's one byte."""
        found = self._lengths.get(field)
        if found is None:
            with self._reading:
                found = self._lengths[field] = self._read_lengths(f"_{field}_len")
        return found

    def holding(self, phrase: Phrase) -> Documents:
        """Return the documents in which these terms stand side by side."""
        if not phrase.terms:
            return NOTHING.documents
        if len(phrase.terms) == 1:
            return self.postings(Field.TEXT, phrase.terms[0]).documents
        found = self._phrases.get(phrase)
        if found is None:
            asked = query.Phrase(Field.TEXT.value, list(phrase.terms))
            with self._reading:
                holding = Searcher(self._reader).docs_for_query(asked)
                found = self._phrases[phrase] = np.fromiter(holding, np.int32)
        return found

    def passing(self, filters: Filters) -> Mask | None:
        """Return which documents the filters let pass, None where they let all."""
        if filters == Filters():
            return None
        allowed = np.ones(self.ids.size, np.bool_)
        for name, values in (
            ("product", filters.products),
            ("status", filters.statuses),
            ("category", filters.categories),
            ("kind", filters.kinds),
        ):
            if values:
                allowed &= self._any_of(name, values)
        for tag in filters.tags:
            allowed &= self._tagged(column_value(tag).decode())
        created = self.created()
        if filters.created_from is not None:
            allowed &= created >= seconds(filters.created_from)
        if filters.created_before is not None:
            allowed &= (created < seconds(filters.created_before)) & (created != NO_TIME)
        return allowed

    def created(self) -> NDArray[np.int64]:
        """Return when each ticket was created, in seconds."""
        if self._created is None:
            with self._reading:
                self._created = np.array(self._column("created"), np.int64)
        return self._created

    def _decode(self, field: Field, term: str) -> Postings:
        kept_as = self._reader.schema[field.value].format
        try:
            matcher = self._reader._terms.matcher(field.value, term.encode(), kept_as)
        except TermNotFound:
            return NOTHING
        documents, weights = _blocks(matcher)
        return Postings(np.array(documents, np.int32), np.array(weights, np.float32))

    def _read_lengths(self, name: str) -> Floats:
        if not self._reader._perdoc.has_column(name):
            return np.zeros(self.ids.size, np.float32)
        column = self._reader._perdoc.column_reader(name, LENGTHS_COLUMN)
        found: Floats = _LENGTHS[np.fromiter(column, np.uint8, self.ids.size)]
        return found

    def _column(self, name: str) -> list[Any]:
        with self._reading:
            return list(self._reader.column_reader(name, translate=False))

    @cached_property
    def _tags(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for document, value in enumerate(self._column("tags")):
            for tag in value.decode().split(TAG_SEPARATOR):
                found[tag].append(document)
        return found

    def _tagged(self, tag: str) -> Mask:
        mask = np.zeros(self.ids.size, np.bool_)
        mask[self._tags.get(tag, [])] = True
        return mask

    def _any_of(self, name: str, values: Iterable[str]) -> Mask:
        if name not in self._codes:
            known: dict[bytes, int] = {}
            codes = [known.setdefault(value, len(known)) for value in self._column(name)]
            self._codes[name] = (np.array(codes, np.int64), known)
        codes_array, known = self._codes[name]
        wanted = [known.get(column_value(value), -1) for value in values]
        return np.isin(codes_array, wanted)


class WhooshSegment:
    """A segment as one generation sees it; see `searching.Segment`."""

    def __init__(self, arrays: SegmentArrays, deleted: Iterable[int]) -> None:
        """See `arrays` without the deleted documents."""
        self.alive: Mask = np.ones(arrays.ids.size, np.bool_)
        self.alive[list(deleted)] = False
        self.ids = arrays.ids
        self.postings: Callable[[Field, str], Postings] = arrays.postings
        self.lengths: Callable[[Field], Floats] = arrays.lengths
        self.holding: Callable[[Phrase], Documents] = arrays.holding
        self.passing: Callable[[Filters], Mask | None] = arrays.passing
        self.created: Callable[[], NDArray[np.int64]] = arrays.created


def _blocks(matcher: Matcher) -> tuple[list[int], list[float]]:
    """Return all documents and weights of a matcher, by whole blocks where it has them."""
    documents: list[int] = []
    weights: list[float] = []
    if not isinstance(matcher, W3LeafMatcher):
        while matcher.is_active():
            documents.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return documents, weights
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        documents.extend(matcher._ids or ())
        weights.extend(matcher._weights or ())
        matcher._next_block()
    return documents, weights
