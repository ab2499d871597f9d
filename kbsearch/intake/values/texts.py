"""Long texts as a person should read and search them."""

import html
from typing import NamedTuple

from kbsearch.intake.values.facts import ColumnFacts, FileFacts
from kbsearch.intake.values.letters import mended
from kbsearch.intake.values.line_ends import with_line_ends, without_marks
from kbsearch.intake.values.markup import has_tag, is_wrapped, plain_text, without_pictures
from kbsearch.intake.values.notes import CellNotes, Mended
from kbsearch.names import composed
from kbsearch.records.raw_text import raw_text
from kbsearch.records.ticket import TEXT_LIMIT


class PlainText(NamedTuple):
    """A text as a person should read it.

    raw  the text as it came, without pictures; "" if that is the text.
    """

    text: str
    raw: str = ""


class Texts:
    """Makes plain text of the texts of one file."""

    def __init__(self, facts: FileFacts, notes: CellNotes) -> None:
        self._facts = facts
        self._notes = notes

    def read(self, column: str, text: str) -> PlainText:
        """Return a text without pictures, HTML, written line ends and broken letters."""
        came = self._step(column, text, without_pictures(text), Mended.PICTURE)
        plain = self._step(column, came, _unmarked(came, self._facts.of(column)), Mended.HTML)
        ends = with_line_ends(plain) if self._facts.line_ends else plain
        plain = self._step(column, plain, without_marks(ends), Mended.LINE_ENDS)
        plain = self._step(column, plain, mended(plain), Mended.LETTERS)
        raw = raw_text(came, plain)
        if raw and len(came) > TEXT_LIMIT:
            self._notes.mended(column, Mended.CUT)
        return PlainText(composed(plain).strip(), raw)

    def _step(self, column: str, before: str, after: str, how: Mended) -> str:
        if after != before:
            self._notes.mended(column, how)
        return after


def _unmarked(text: str, facts: ColumnFacts) -> str:
    """Return a text without mark-up, if its column proves that it has some, or it is wrapped."""
    if facts.escaped and "&" in text and not has_tag(text):
        text = html.unescape(text).replace("\u00a0", " ")
        return plain_text(text) if is_wrapped(text) else text
    if "<" in text and has_tag(text) and (facts.tagged or is_wrapped(text)):
        return plain_text(text)
    return text
