"""A segment file mapped for searching: nothing is read at its opening but where its arrays lie."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kbsearch.cache import Cache
from kbsearch.engines.disk.segment.columns import CodedColumn, Entries, coded_arrays, least
from kbsearch.engines.disk.segment.fields import FieldLists, FoundList, field_arrays, opened_fields
from kbsearch.engines.disk.segment.postings import Arrays, Lists, in_units
from kbsearch.engines.indexing.document import KEPT_VALUES, NO_TIME, SOLVED, column_value, seconds
from kbsearch.engines.plan import Phrase
from kbsearch.engines.scoring.phrase_match import beside, located
from kbsearch.inverted.array_file import ArrayFile
from kbsearch.inverted.documents import FieldPostings, InvertedDocuments, WordCounts
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import STEP, picked, picked_from_runs, steps
from kbsearch.inverted.posting_lists import (
    NOTHING,
    Chosen,
    Floats,
    Mask,
    PackedPostings,
    PostingList,
    Postings,
    intersect,
)
from kbsearch.records.filters import Filters

INDEX_NAME = "MAIN"
"""What Whoosh calls an index, and begins the names of its files with."""
WHOLE = ".arrays"
"""How the name of a file ends that holds a whole segment."""
_PHRASES_KEPT = 256
_LISTS_KEPT = 4_000
_FEW = 128
"""Documents whose positions are read without those of all others."""
_SHORT = 512
"""Postings of a list that is kept when it was read: looking it up takes longer than reading it."""
_NO_CODES = np.empty(0, np.uint8)
_NO_STEPS = np.empty(0, np.uint32)
_BOTH_ENDS = np.array([[0], [1]])
_NO_POSTINGS = FieldPostings(
    terms=[],
    starts=np.zeros(1, np.int64),
    documents=np.empty(0, np.int32),
    tenths=np.empty(0, np.uint8),
    places=np.empty(0, np.uint8),
    place_starts=np.zeros(1, np.int64),
)


def segment_file_name(segment_id: str) -> str:
    """Return the name of a segment's file, by which Whoosh finds it too."""
    return f"{INDEX_NAME}_{segment_id}{WHOLE}"


def segment_arrays(inverted: InvertedDocuments) -> Arrays:
    """Return the arrays of a segment except for its words, as Whoosh's own writer gives them.

    Raises ValueError if there are more postings than one segment can have.
    """
    arrays: Arrays = {
        "numbers/number": least(inverted.ids),
        "numbers/revision": least(inverted.revisions),
        "numbers/created": least(inverted.created),
    }
    for name, values in inverted.columns.items():
        arrays |= coded_arrays(name, values)
    for field in Field:
        arrays[f"lengths/{field}"] = least(inverted.lengths[field])
    return arrays | field_arrays(
        {field.value: _lists(postings) for field, postings in inverted.fields.items()}
    )


def _lists(postings: FieldPostings) -> FieldLists:
    terms, starts, documents, tenths, places, place_starts = postings
    return FieldLists(terms, Lists(starts, documents, tenths, places, place_starts))


class MappedSegment:
    """The documents of a segment, whatever of them is deleted; any number of threads may read."""

    def __init__(self, file: ArrayFile) -> None:
        """Map its arrays. Raises ArrayFileDamaged if one is not there."""
        self.file = file
        self.ids: NDArray[np.int64] = file.array("numbers/number").astype(np.int64)
        self._fields = opened_fields(file)
        places = f"places/{Field.TEXT}"
        self._coded = file.array(places) if places in file else _NO_CODES
        self._kept: Cache[tuple[Field, str], PostingList] = Cache(_LISTS_KEPT)
        self._phrases: Cache[tuple[str, ...], Postings] = Cache(_PHRASES_KEPT)
        self._steps: Cache[str, NDArray[np.uint32]] = Cache(_LISTS_KEPT)

    def count(self, field: Field, term: str) -> int:
        """Return how many documents hold a term; reads no postings."""
        found = self._find(field, term)
        return found.lists.count(found.number) if found else 0

    def codes(self, first: str, end: str) -> Iterator[str]:
        """Yield the codes from `first` on that are below `end`, ascending; reads no postings."""
        arrays = self._fields.get(Field.CODE)
        bounds = (bound.encode("utf-8", "surrogatepass") for bound in (first, end))
        return map(bytes.decode, arrays.between(*bounds)) if arrays else iter(())

    def codes_ending(self, suffix: str) -> Iterator[str]:
        """Yield the codes that end so, ascending; all terms are looked at."""
        arrays = self._fields.get(Field.CODE)
        sought = suffix.encode("utf-8", "surrogatepass")
        return map(bytes.decode, arrays.ending(sought)) if arrays else iter(())

    def postings(self, field: Field, term: str) -> PostingList:
        """Return the documents that hold a term; lists are kept, short ones as they were read.

        The others stay packed: what a search unpacks of them goes with it, or it would fill the
        memory, except for what prepares dense ones to be looked into.
        """
        kept = self._kept.get((field, term))
        if kept is None:
            kept = self._looked_up(field, term)
        return kept.afresh() if isinstance(kept, PackedPostings) else kept

    def lengths(self, field: Field) -> Floats:
        """Return the tokens of each document, weighted by section."""
        return in_units(self.file.array(f"lengths/{field}"))

    def holding(self, phrase: Phrase) -> Postings:
        """Return the documents in which the terms of the text stand side by side.

        The same few phrases, such as "log in", are asked for again and again: they are kept, but
        for those whose terms are together in a few documents only.
        """
        held = self._phrases.get(phrase.terms)
        if held is not None:
            return held
        together = intersect([self.postings(Field.TEXT, term) for term in phrase.terms])
        held = self._beside(phrase.terms, together) if together.size else together
        return held if together.size <= _FEW else self._phrases.keep(phrase.terms, held)

    def places(self, chosen: Chosen) -> NDArray[np.uint8]:
        """Return the coded positions of some postings of the text."""
        chosen = [(term, numbers) for term, numbers in chosen if numbers.size]
        if not chosen:
            return _NO_CODES
        if max(numbers.size for _, numbers in chosen) > _FEW:
            return np.concatenate([picked(self._places(term), numbers) for term, numbers in chosen])
        runs = [
            self._steps.cached(term, partial(self._steps_of, term))[numbers // STEP + _BOTH_ENDS]
            for term, numbers in chosen
        ]
        begins, ends = np.concatenate(runs, axis=1).astype(np.intp)
        inside = np.concatenate([numbers for _, numbers in chosen]) % STEP
        return picked_from_runs(self._coded, begins, ends, inside)

    def passing(self, filters: Filters) -> Mask | None:
        """Return which documents the filters let pass, None where they let all."""
        if filters == Filters():
            return None
        allowed = self._in_time(filters.created_from, filters.created_before)
        for name, values in (
            ("product", filters.products),
            ("status", filters.statuses),
            ("category", filters.categories),
            ("kind", filters.kinds),
        ):
            if values:
                allowed &= CodedColumn(self.file, name).any_of(map(column_value, values))
        if filters.tags:
            Entries(self.file, "tags").keep_listing(allowed, map(column_value, filters.tags))
        return allowed

    def revisions(self) -> NDArray[np.int64]:
        """Return which revision of its ticket each document is."""
        return self.file.array("numbers/revision").astype(np.int64)

    def created(self) -> NDArray[np.int64]:
        """Return when each ticket was created, in seconds since 1970."""
        return self.file.array("numbers/created").astype(np.int64)

    def solved(self) -> Mask:
        """Return which tickets say what solved them."""
        return CodedColumn(self.file, "solved").any_of([SOLVED.encode()])

    def inverted(self) -> InvertedDocuments:
        """Return everything that the segment was made of, except for the words."""
        return InvertedDocuments(
            ids=self.ids,
            revisions=self.revisions(),
            created=self.created(),
            lengths={
                field: self.file.array(f"lengths/{field}").astype(np.uint32) for field in Field
            },
            columns={name: list(CodedColumn(self.file, name)) for name in KEPT_VALUES},
            fields={field: self._postings(field) for field in Field},
            words=WordCounts([], np.empty(0, np.uint32)),
        )

    def _find(self, field: Field, term: str) -> FoundList | None:
        arrays = self._fields.get(field)
        # Half a surrogate pair, which no term has, may come from the query.
        return arrays.find(term.encode("utf-8", "surrogatepass")) if arrays else None

    def _looked_up(self, field: Field, term: str) -> PostingList:
        found = self._find(field, term)
        if found is None:
            return NOTHING
        postings = found.lists.postings(found.number)
        if postings.size <= _SHORT:
            postings = postings.read()
        return self._kept.keep((field, term), postings)

    def _places(self, term: str) -> NDArray[np.uint8]:
        """Return the coded positions of all postings of a term of the text."""
        found = self._find(Field.TEXT, term)
        return found.lists.places(found.number) if found else _NO_CODES

    def _steps_of(self, term: str) -> NDArray[np.uint32]:
        """Return the `steps` of a term of the text among the coded positions of all."""
        found = self._find(Field.TEXT, term)
        if found is None:
            return _NO_STEPS
        begin = found.lists.place_start(found.number)
        return (steps(found.lists.places(found.number)) + begin).astype(np.uint32)

    def _beside(self, terms: tuple[str, ...], together: Postings) -> Postings:
        """Return those of the documents, which hold all of the terms, in which they stand so."""
        distinct, among = list(dict.fromkeys(terms)), together.documents
        hits = [self.postings(Field.TEXT, term).find(among) for term in distinct]
        codes = self.places([(term, one.numbers) for term, one in zip(distinct, hits, strict=True)])
        found = dict(zip(distinct, located(hits, codes, among.size), strict=True))
        held = np.zeros(among.size, np.bool_)
        held[beside([found[term] for term in terms])] = True
        return Postings(among[held], together.weights[held])

    def _postings(self, field: Field) -> FieldPostings:
        if field not in self._fields:
            return _NO_POSTINGS
        terms, (starts, documents, weights, places, place_starts) = self._fields[field].all()
        return FieldPostings(
            terms, starts, documents, weights.astype(np.uint8, copy=False), places, place_starts
        )

    def _in_time(self, first: datetime | None, before: datetime | None) -> Mask:
        created = self.created()
        allowed = np.ones(created.size, np.bool_)
        if first is not None:
            allowed &= created >= seconds(first)
        if before is not None:
            allowed &= (created < seconds(before)) & (created != NO_TIME)
        return allowed


class SegmentReader:
    """A segment as one generation sees it; see `segments.Segment`."""

    def __init__(self, mapped: MappedSegment, alive: Mask) -> None:
        """See `mapped` without the documents that are not `alive`, shape (documents,)."""
        self.alive = alive
        self.ids = mapped.ids
        self.count: Callable[[Field, str], int] = mapped.count
        self.codes: Callable[[str, str], Iterator[str]] = mapped.codes
        self.codes_ending: Callable[[str], Iterator[str]] = mapped.codes_ending
        self.postings: Callable[[Field, str], PostingList] = mapped.postings
        self.lengths: Callable[[Field], Floats] = mapped.lengths
        self.holding: Callable[[Phrase], Postings] = mapped.holding
        self.places: Callable[[Chosen], NDArray[np.uint8]] = mapped.places
        self.passing: Callable[[Filters], Mask | None] = mapped.passing
        self.revisions: Callable[[], NDArray[np.int64]] = mapped.revisions
        self.created: Callable[[], NDArray[np.int64]] = mapped.created
        self.solved: Callable[[], Mask] = mapped.solved
