"""The fields of the Whoosh index."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import Analyzer

from kbsearch.engines.base import Field
from kbsearch.engines.document import NO_TIME, sections
from kbsearch.engines.whoosh.analyzers import (
    Sectioned,
    code_analyzer,
    sound_analyzer,
    text_analyzer,
)
from kbsearch.tickets import StoredTicket

COLUMNS = ("number", "created", "product", "status", "category", "kind", "tags")
"""The columns that every document has."""
TAG_SEPARATOR = "\x1f"


class _WeightedLengths:
    """Let a document's length be the sum of its weights: half a word counts half."""

    def word_values(
        self, value: str, analyzer: Analyzer, **options: object
    ) -> Iterator[tuple[str, float, float, bytes]]:
        """Yield (term, what it adds to the length, weight, what is stored) as Whoosh asks."""
        for term, _, weight, stored in super().word_values(  # type: ignore[misc]  # a mixin
            value, analyzer, **options
        ):
            yield term, weight, weight, stored


class WeightedPositions(_WeightedLengths, formats.Positions):  # type: ignore[misc]  # untyped base
    """Weights and the places of each term."""


class WeightedFrequency(_WeightedLengths, formats.Frequency):  # type: ignore[misc]  # untyped base
    """Weights only."""


class ScoredField(fields.FieldType):
    """A field whose terms are weighted by the section in which they stand."""

    def __init__(self, posting_format: formats.Format, analyzer: Analyzer) -> None:
        """Keep terms as `posting_format` says."""
        super().__init__(format=posting_format, analyzer=analyzer, scorable=True)


def make_schema() -> fields.Schema:
    """Return the schema of every view.

    id        the ticket's id as a unique term, by which it is replaced.
    number    the same as a column of integers, by which it is answered.
    the rest  text, sound and code are searched; the other columns are filtered by.
    """
    return fields.Schema(
        **{
            Field.TEXT: ScoredField(WeightedPositions(), text_analyzer()),
            Field.SOUND: ScoredField(WeightedFrequency(), sound_analyzer()),
            Field.CODE: ScoredField(WeightedFrequency(), code_analyzer()),
        },
        id=fields.ID(unique=True),
        number=fields.COLUMN(columns.NumericColumn("q")),
        created=fields.COLUMN(columns.NumericColumn("q", default=NO_TIME)),
        product=fields.COLUMN(columns.VarBytesColumn()),
        status=fields.COLUMN(columns.VarBytesColumn()),
        category=fields.COLUMN(columns.VarBytesColumn()),
        kind=fields.COLUMN(columns.VarBytesColumn()),
        tags=fields.COLUMN(columns.VarBytesColumn()),
    )


def document(ticket: StoredTicket) -> dict[str, Any]:
    """Return what Whoosh is given of a ticket."""
    text = Sectioned(sections(ticket))
    return {
        Field.TEXT: text,
        Field.SOUND: text,
        Field.CODE: text,
        "id": str(ticket.id),
        "number": ticket.id,
        "created": seconds(ticket.created_at),
        "product": column_value(ticket.product),
        "status": column_value(ticket.status),
        "category": column_value(ticket.category),
        "kind": column_value(ticket.kind),
        "tags": column_value(TAG_SEPARATOR.join(ticket.tags)),
    }


def column_value(text: str) -> bytes:
    """Return how a value is kept in a column: compared without regard to case."""
    return text.casefold().encode("utf-8", "replace")


def seconds(time: datetime | None) -> int:
    """Return whole seconds since 1970, NO_TIME for None."""
    return NO_TIME if time is None else int(time.timestamp())
