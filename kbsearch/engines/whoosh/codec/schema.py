"""The fields of the Whoosh index."""

from collections.abc import Iterable

from whoosh import columns, fields, formats
from whoosh.analysis import Analyzer

from kbsearch.engines.indexing.document import KEPT_VALUES, NO_TIME
from kbsearch.engines.whoosh.codec.analyzers import CODE_ANALYZER, FORM_ANALYZER, TEXT_ANALYZER
from kbsearch.inverted.field import Field
from kbsearch.inverted.positions import decode, encode


class PlacedPostings(formats.Format):
    """Postings that keep the positions of each term, coded as ours are."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions of a posting."""
        return decode(value)

    def decode_frequency(self, value: bytes) -> int:
        """Return how often the term stands in the document."""
        return len(decode(value))

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Join the postings that several terms have in one document."""
        return encode(sorted({position for value in values for position in decode(value)}))


class ScoredField(fields.FieldType):
    """A field whose terms are weighted by the section in which they stand."""

    def __init__(self, posting_format: formats.Format, analyzer: Analyzer) -> None:
        """Keep terms as `posting_format` says."""
        super().__init__(format=posting_format, analyzer=analyzer, scorable=True)


def make_schema() -> fields.Schema:
    """Return the schema of every view.

    number    the ticket's id: what a search answers.
    revision  that of the ticket, by which the index is compared with the store.
    the rest  text, form and code are searched; the other columns are filtered by.
    """
    return fields.Schema(
        **{
            Field.TEXT: ScoredField(PlacedPostings(), TEXT_ANALYZER),
            Field.FORM: ScoredField(formats.Existence(), FORM_ANALYZER),
            Field.CODE: ScoredField(formats.Existence(), CODE_ANALYZER),
        },
        number=fields.COLUMN(columns.NumericColumn("q")),
        revision=fields.COLUMN(columns.NumericColumn("q")),
        created=fields.COLUMN(columns.NumericColumn("q", default=NO_TIME)),
        **{name: fields.COLUMN(columns.VarBytesColumn()) for name in KEPT_VALUES},
    )
