"""The fields of the Whoosh index."""

from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import Analyzer

from kbsearch.engines.indexing.document import FILTERED, NO_TIME, column_value, extract, sections
from kbsearch.engines.whoosh.codec.analyzers import (
    Sectioned,
    code_analyzer,
    sound_analyzer,
    text_analyzer,
)
from kbsearch.engines.whoosh.codec.formats import WeightedFrequency, WeightedPositions
from kbsearch.inverted.field import Field
from kbsearch.records.ticket import StoredTicket


class ScoredField(fields.FieldType):
    """A field whose terms are weighted by the section in which they stand."""

    def __init__(self, posting_format: formats.Format, analyzer: Analyzer) -> None:
        """Keep terms as `posting_format` says."""
        super().__init__(format=posting_format, analyzer=analyzer, scorable=True)


def make_schema() -> fields.Schema:
    """Return the schema of every view.

    number    the ticket's id: what a search answers.
    revision  that of the ticket, by which the index is compared with the store.
    the rest  text, sound and code are searched; the other columns are filtered by.
    """
    return fields.Schema(
        **{
            Field.TEXT: ScoredField(WeightedPositions(), text_analyzer()),
            Field.SOUND: ScoredField(WeightedFrequency(), sound_analyzer()),
            Field.CODE: ScoredField(WeightedFrequency(), code_analyzer()),
        },
        number=fields.COLUMN(columns.NumericColumn("q")),
        revision=fields.COLUMN(columns.NumericColumn("q")),
        created=fields.COLUMN(columns.NumericColumn("q", default=NO_TIME)),
        **{name: fields.COLUMN(columns.VarBytesColumn()) for name in FILTERED},
    )


def document(ticket: StoredTicket) -> dict[str, Any]:
    """Return what Whoosh is given of a ticket."""
    text = Sectioned(sections(ticket))
    found = extract(ticket)
    return {
        Field.TEXT: text,
        Field.SOUND: text,
        Field.CODE: text,
        "number": ticket.id,
        "revision": found.revision,
        "created": found.created,
        **dict(zip(FILTERED, map(column_value, found.values), strict=True)),
    }
