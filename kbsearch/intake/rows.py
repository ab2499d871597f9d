"""What a reader makes of a file: rows, and rows that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbsearch.intake.attachments.attached import AttachedFile
from kbsearch.records.message import Message
from kbsearch.records.ticket import TEXT_LIMIT

ROW_LIMIT = 8 * TEXT_LIMIT
"""Characters in one row; what goes beyond is read past without being kept."""
COLUMN_LIMIT = 2_000
"""Columns of a file, and keys of an object; no table of tickets has as many."""
HEAD = 2_000
"""Characters kept of a row beyond the limit, so that a person can find it."""
WHOLE_ROW = "row"
"""What stands for the field where the fault is not in one field."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as the file gives it.

    line    where the row begins in its file, from 1.
    values  what each column holds: a text, or anything that JSON has.
    size    characters that the row takes in the file.
    messages  the conversation, where the format has one.
    files   what is attached, with its content.
    raw     texts as they came, by column, where they differ from those in `values`.
    """

    line: int
    values: Mapping[str, object]
    size: int = 0
    messages: tuple[Message, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that cannot be read.

    field   a field or column, or "row".
    reason  what is wrong and how it is mended, as the end of a sentence.
    values  what could be read of it, which is never the whole row.
    """

    line: int
    reason: str
    field: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RowText:
    """The text of one row.

    line    where it begins in its file, from 1.
    text    all of it, or the first `HEAD` characters if it is beyond `ROW_LIMIT`.
    length  characters that it had.
    """

    line: int
    text: str
    length: int

    @property
    def cut(self) -> bool:
        """Whether the text is less than the row had."""
        return self.length > len(self.text)


class Gatherer:
    """Puts a row together from the parts in which its file is read, in bounded memory.

    Empty lines before a row are no part of it.
    """

    def __init__(self, line: int = 1) -> None:
        self._line = line
        self._start = line
        self._parts: list[str] = []
        self._length = 0

    @property
    def line(self) -> int:
        """The line where the row begins that is being put together."""
        return self._start

    def add(self, part: str) -> None:
        """Take the next part of the file."""
        if self._length == 0:
            row = part.lstrip("\n")
            self._line += len(part) - len(row)
            self._start, part = self._line, row
        self._line += part.count("\n")
        self._length += len(part)
        if self._length <= ROW_LIMIT:
            self._parts.append(part)
        elif self._length - len(part) <= ROW_LIMIT:
            self._parts = ["".join([*self._parts, part])[:HEAD]]

    def take(self) -> RowText:
        """Return the row that ends here and begin the next."""
        text = "".join(self._parts)
        piece = RowText(self._start, text, self._length)
        self._parts, self._length = [], 0
        return piece


def beyond_limit(length: int) -> str:
    """Return what is told about a row that is too long to be kept."""
    return (
        f"has {length:,} characters; the limit is {TEXT_LIMIT:,} in a field and {ROW_LIMIT:,} in"
        " a row; shorten it"
    )


def undecodable(text: str) -> bool:
    r"""Whether the text holds bytes that its encoding has no character for.

    >>> undecodable(b"caf\xe9".decode("utf-8", "surrogateescape"))
    True
    """
    if text.isascii():
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
