"""What is known of the columns of a file once all its rows were read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbsearch.intake.values.dates import TimeColumn
from kbsearch.intake.values.references import ReferenceColumn
from kbsearch.intake.values.tags import SEPARATORS


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What all values of one column prove.

    filled      whether any row has a value.
    word_marks  whether a mark that is also a word, such as None, means an empty cell here.
    tagged      whether texts with a tag are HTML.
    escaped     whether & is mostly written as &amp;.
    """

    filled: bool = True
    word_marks: bool = True
    time: TimeColumn = field(default_factory=TimeColumn)
    reference: ReferenceColumn = field(default_factory=ReferenceColumn)
    separators: tuple[str, ...] = SEPARATORS
    tagged: bool = False
    escaped: bool = False


UNKNOWN = ColumnFacts()
"""The facts of a column that proves nothing."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    r"""What all rows of one file prove.

    names      the columns of the file that hold something, in their order.
    empty      the columns of a field that are empty in every row.
    verdicts   the columns of resolutions that hold nothing but verdicts.
    line_ends  whether its texts write line ends as letters: \n.
    """

    columns: Mapping[str, ColumnFacts] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    line_ends: bool = False

    def of(self, column: str) -> ColumnFacts:
        """Return the facts of a column."""
        return self.columns.get(column, UNKNOWN)
