"""Our schema with what Whoosh needs to write: each token weighs what its section weighs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

from whoosh.fields import Schema
from whoosh.formats import Existence, tokens

from kbsearch.analysis.terms import term_of
from kbsearch.engines.indexing.document import (
    KEPT_VALUES,
    IndexToken,
    Section,
    column_value,
    extract,
    filed_form,
    index_tokens,
    sections,
)
from kbsearch.engines.whoosh.codec.analyzers import TermAnalyzer, code_of
from kbsearch.engines.whoosh.codec.schema import PlacedPostings, ScoredField, make_schema
from kbsearch.inverted.documents import HEAVIEST
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import encode
from kbsearch.records.ticket import StoredTicket

_MOST = HEAVIEST / 10

Posting = tuple[str, float, float, bytes]
"""A term, what it adds to the document's length, its weight, and what is kept with it."""


class Sectioned(str):
    """A text made of weighted sections, cut into tokens once; to Whoosh it is a plain string."""

    __slots__ = ("tokens",)

    tokens: tuple[IndexToken, ...]

    def __new__(cls, sections: tuple[Section, ...]) -> Self:
        """Join the texts of the sections, and cut them."""
        joined = super().__new__(cls, "\n".join(section.text for section in sections))
        joined.tokens = tuple(index_tokens(sections))
        return joined


class SectionAnalyzer(TermAnalyzer):
    """Yield terms with the weight of their section as their boost."""

    def cut(self, value: str) -> Iterable[IndexToken]:
        return value.tokens if isinstance(value, Sectioned) else super().cut(value)


class WeightedPostings(Existence):
    """Weights in tenths, and nothing else; half a word counts half in a document's length."""

    def word_values(self, value: str, analyzer: Any, **options: Any) -> Any:
        weights: defaultdict[str, float] = defaultdict(float)
        for token in tokens(value, analyzer, {**options, "boosts": True}):
            weights[token.text] += token.boost
        for term, weight in weights.items():
            yield term, weight, min(weight, _MOST), b""


class WeightedPlaces(PlacedPostings):
    """Weights in tenths, and the positions of each term."""

    def word_values(self, value: str, analyzer: Any, **options: Any) -> Any:
        weights: defaultdict[str, float] = defaultdict(float)
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for token in tokens(value, analyzer, {**options, "boosts": True, "positions": True}):
            weights[token.text] += token.boost
            positions[token.text].append(token.pos)
        for term, weight in weights.items():
            yield term, weight, min(weight, _MOST), encode(positions[term])


def writing_schema() -> Schema:
    """Return our schema, by which Whoosh can write."""
    schema = make_schema()
    for name, kept, filed in (
        (Field.TEXT, WeightedPlaces(), term_of),
        (Field.FORM, WeightedPostings(), filed_form),
        (Field.CODE, WeightedPostings(), code_of),
    ):
        schema.remove(name.value)
        schema.add(name.value, ScoredField(kept, SectionAnalyzer(filed)))
    return schema


def document(ticket: StoredTicket) -> dict[str, Any]:
    """Return what Whoosh is given of a ticket."""
    text = Sectioned(sections(ticket))
    found = extract(ticket)
    return {
        Field.TEXT: text,
        Field.FORM: text,
        Field.CODE: text,
        "number": ticket.id,
        "revision": found.revision,
        "created": found.created,
        **dict(zip(KEPT_VALUES, map(column_value, found.values), strict=True)),
    }
