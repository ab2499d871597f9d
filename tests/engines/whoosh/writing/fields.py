"""The inverted half of a segment as Whoosh's writer hands it over: field by field, term by term."""

from array import array
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.fields import FieldType, Schema
from whoosh.formats import Format
from whoosh.scoring import BaseScorer

from kbsearch.engines.disk.segment.fields import FieldLists, FoundList, field_arrays
from kbsearch.engines.disk.segment.postings import Arrays, without_places
from kbsearch.engines.disk.segment.strings import Strings, string_arrays
from kbsearch.engines.whoosh.codec.documents import ArrayDocumentReader
from kbsearch.engines.whoosh.codec.matcher import ArrayMatcher
from kbsearch.engines.whoosh.codec.schema import PlacedPostings
from kbsearch.engines.whoosh.codec.terms import ArrayTermsReader
from kbsearch.inverted.array_file import ArrayFile
from tests.engines.whoosh.writing.documents import tenths_of


class ArrayFieldWriter(base.FieldWriter):
    """Gather postings field by field; `write` takes the arrays of all of them at the end."""

    def __init__(self, write: Callable[[Arrays], None]) -> None:
        self._write = write
        self._fields: dict[str, _OpenField] = {}
        self._open: _OpenField | None = None
        self._keeps_lengths = True
        self.is_closed = False

    def add_postings(self, schema: Schema, lengths: Any, items: Any) -> None:
        """Take in (field, term, document, weight, value), in order."""
        # Those that the documents of the segment have are not kept twice.
        self._keeps_lengths = not isinstance(lengths, ArrayDocumentReader)
        super().add_postings(schema, lengths, items)

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        """Begin a field. Raises ValueError if it was written before."""
        if fieldname in self._fields:
            raise ValueError(f"the field {fieldname} is written twice")
        self._open = _OpenField(fieldname, fieldobj)

    def start_term(self, text: bytes) -> None:
        """Begin a term."""
        self._field.terms.append(text)
        self._field.starts.append(len(self._field.documents))

    def add(self, docnum: int, weight: float, vbytes: bytes, length: float | None) -> None:
        """Add a posting to the term."""
        self._field.documents.append(docnum)
        self._field.weights.append(weight)
        self._field.values.append(vbytes)
        self._field.lengths.append(length or 0)

    def finish_term(self) -> None:
        """Nothing is left to do: the next term begins where this one ends."""

    def finish_field(self) -> None:
        """Take the field in, if it has terms."""
        if self._field.terms:
            self._fields[self._field.name] = self._field
        self._open = None

    def close(self) -> None:
        """Write the file."""
        fields = {name: field.lists() for name, field in self._fields.items()}
        arrays = {} if self._keeps_lengths else field_arrays(fields)
        for name, field in fields.items():
            arrays |= self._fields[name].payload_arrays()
            if self._keeps_lengths:
                arrays |= field_arrays({name: field}) | self._fields[name].length_arrays()
        self._write(arrays)
        self.is_closed = True

    @property
    def _field(self) -> "_OpenField":
        if self._open is None:
            raise ValueError("no field was started")
        return self._open


class _OpenField:
    """The postings of a field that is being written."""

    def __init__(self, name: str, fieldobj: FieldType) -> None:
        self.name = name
        self._format = fieldobj.format
        self.terms: list[bytes] = []
        self.starts: list[int] = []
        self.documents = array("i")
        self.weights = array("d")
        self.values: list[bytes] = []
        self.lengths = array("d")

    def lists(self) -> FieldLists:
        starts = np.array([*self.starts, len(self.documents)], np.int64)
        documents = np.array(self.documents, np.int32)
        lists = without_places(starts, documents, _least_kind(np.array(self.weights)))
        if not any(self.values):
            return FieldLists(self.terms, lists)
        if not isinstance(self._format, PlacedPostings):
            # No tenths: such postings keep their order, in which their payloads stand.
            return FieldLists(
                self.terms, lists._replace(weights=np.array(self.weights, np.float32))
            )
        ends = np.cumsum([0, *map(len, self.values)])
        places = np.frombuffer(b"".join(self.values), np.uint8)
        return FieldLists(self.terms, lists._replace(places=places, place_starts=ends[starts]))

    def payload_arrays(self) -> Arrays:
        """Return what is kept with each posting besides places, and where each list begins."""
        if not any(self.values) or isinstance(self._format, PlacedPostings):
            return {}
        starts = np.array([*self.starts, len(self.documents)], np.int64)
        payloads = string_arrays("payload", self.name, self.values)
        return {f"payload_starts/{self.name}": starts, **payloads}

    def length_arrays(self) -> Arrays:
        """Return the shortest and the longest document of each term, in tenths."""
        lengths = tenths_of(np.array(self.lengths))
        return {
            f"shortest/{self.name}": np.minimum.reduceat(lengths, self.starts),
            f"longest/{self.name}": np.maximum.reduceat(lengths, self.starts),
        }


class WrittenTermsReader(ArrayTermsReader):
    """The terms that Whoosh's writer wrote, which have lengths if there are no documents."""

    def __init__(self, file: ArrayFile, documents: ArrayDocumentReader) -> None:
        super().__init__(file, documents)
        self._file = file

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> ArrayMatcher:
        matcher = super().matcher(fieldname, text, format_, scorer)
        if f"payload_starts/{fieldname}" in self._file:
            values = partial(self._payloads, fieldname, self._find(fieldname, text).number)
            matcher._postings = matcher._postings._replace(values=values)
        return matcher

    def _payloads(self, fieldname: str, number: int) -> list[bytes]:
        begin, end = self._file.array(f"payload_starts/{fieldname}")[number : number + 2]
        payloads = Strings(self._file, "payload", fieldname)
        return [payloads[place] for place in range(begin, end)]

    def _length_bounds(self, fieldname: str, found: FoundList) -> tuple[float, float]:
        if f"shortest/{fieldname}" not in self._file:
            return super()._length_bounds(fieldname, found)
        shortest = self._file.array(f"shortest/{fieldname}")[found.number]
        longest = self._file.array(f"longest/{fieldname}")[found.number]
        return int(shortest) / 10, int(longest) / 10


def _least_kind(weights: NDArray[np.float64]) -> NDArray[np.uint8] | NDArray[np.float32]:
    """Return weights as tenths in bytes if nothing is lost by that."""
    tenths = np.rint(weights * 10)
    if (np.abs(weights * 10 - tenths) < 1e-3).all() and tenths.min() >= 0 and tenths.max() <= 255:
        return tenths.astype(np.uint8)
    return weights.astype(np.float32)
