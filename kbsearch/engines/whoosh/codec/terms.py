"""The inverted half of a segment as Whoosh reads it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from kbsearch.engines.disk.segment.fields import FoundList, opened_fields
from kbsearch.engines.whoosh.codec.documents import ArrayDocumentReader
from kbsearch.engines.whoosh.codec.matcher import ArrayMatcher, MatchedPostings
from kbsearch.inverted.array_file import ArrayFile


class ArrayTermsReader(base.TermsReader):
    """The terms of all fields; a field that has none is not among them."""

    def __init__(self, file: ArrayFile, documents: ArrayDocumentReader) -> None:
        """Read the terms in `file`, and the lengths of their `documents`."""
        self._documents = documents
        self._fields = opened_fields(file)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Tell whether there is this (field, term)."""
        field = self._fields.get(term[0])
        return field is not None and field.find(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield each (field, term), in order."""
        for name, field in self._fields.items():
            for text in field.terms:
                yield name, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield each (field, term) of a field from `prefix` on."""
        if field := self._fields.get(fieldname):
            for number in range(bisect_left(field.terms, prefix), len(field.terms)):
                yield fieldname, field.terms[number]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield each (field, term) with what is known of it."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield each (field, term) of a field from `prefix` on with what is known of it."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, fieldobj: FieldType) -> base.FieldCursor:
        """Return what walks along the terms of a field."""
        if field := self._fields.get(fieldname):
            return ArrayCursor(field.terms, fieldobj, lambda text: self.term_info(fieldname, text))
        return base.EmptyCursor()

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term. Raises TermNotFound."""
        found = self._find(fieldname, text)
        lists, number, _ = found
        documents, weights = lists.documents(number), lists.weights(number)
        shortest, longest = self._length_bounds(fieldname, found)
        return TermInfo(
            weight=float(weights.sum(dtype=np.float64)),
            df=documents.size,
            minlength=shortest,
            maxlength=longest,
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return what a term weighs in all documents together. Raises KeyError."""
        lists, number, _ = self._find(fieldname, text)
        return float(lists.weights(number).sum(dtype=np.float64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term."""
        lists, number, _ = self._find(fieldname, text)
        return lists.count(number)

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> ArrayMatcher:
        """Return what walks along the postings of a term. Raises TermNotFound."""
        found = self._find(fieldname, text)
        lists, number, _ = found
        postings = MatchedPostings(
            lists.documents(number).tolist(),
            lists.weights(number).tolist(),
            found.values,
            self._length_bounds(fieldname, found),
        )
        return ArrayMatcher(postings, format_, (fieldname, text), scorer)

    def _find(self, fieldname: str, text: bytes) -> FoundList:
        field = self._fields.get(fieldname)
        found = field.find(text) if field else None
        if found is None:
            raise NoSuchTerm(f"{fieldname}:{text!r}")
        return found

    def _length_bounds(self, fieldname: str, found: FoundList) -> tuple[float, float]:
        lengths = self._documents.lengths(fieldname)
        if not lengths.size:
            return 0.0, 0.0
        held = lengths[found.lists.documents(found.number)]
        return int(held.min()) / 10, int(held.max()) / 10


class NoSuchTerm(TermNotFound, KeyError):
    """Whoosh catches the one in some places and the other in the rest."""


class ArrayCursor(base.FieldCursor):
    """Walks along the terms of a field, in order."""

    def __init__(
        self, terms: Sequence[bytes], fieldobj: FieldType, info: Callable[[bytes], TermInfo]
    ) -> None:
        """Stand on the first term; `info` returns what is known of one."""
        self._terms = terms
        self._fieldobj = fieldobj
        self._info = info
        self._number = 0

    def first(self) -> Any:
        """Go to the first term and return it."""
        self._number = 0
        return self.text()

    def find(self, term: str | bytes) -> Any:
        """Go to a term, or the first one after it, and return it."""
        text = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._number = bisect_left(self._terms, text)
        return self.text()

    def next(self) -> Any:
        """Go on by one and return the term, None after the last."""
        self._number += 1
        return self.text()

    def text(self) -> Any:
        """Return the term, None after the last."""
        return self._fieldobj.from_bytes(self._terms[self._number]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Return what is known of the term, None after the last."""
        return self._info(self._terms[self._number]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether there is a term here."""
        return self._number < len(self._terms)
