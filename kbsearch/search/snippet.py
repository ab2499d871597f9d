"""Cut out of a text the piece that shows why it fits."""

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from kbsearch.analysis.folding import fold
from kbsearch.analysis.terms import term_of
from kbsearch.analysis.tokens import Token, TokenKind, tokens
from kbsearch.engines.base import Clause, Field
from kbsearch.engines.document import filed_sound
from kbsearch.search.results import Snippet

SNIPPET_LENGTH = 280
"""Characters of a snippet of the problem: three lines at arm's length."""
_LEAD = 40
"""Characters shown before the first word that matches, to read it in its sentence."""
_TRIM = 30
"""Characters that may be given up for a cut between two words."""
_SPACE = re.compile(r"\s+")
_ELLIPSIS = "…"


class Mark(NamedTuple):
    """A matching word in a text, and the number of the query's word that it matches."""

    start: int
    end: int
    clause: int


class Highlighter:
    """Finds the words of a plan in texts."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        """Note which terms stand for which word of the query."""
        self._wanted: dict[tuple[Field, str], int] = {}
        for number, clause in enumerate(clauses):
            for reading in clause.readings:
                for term in reading.terms:
                    self._wanted.setdefault((reading.field, term), number)

    def marks(self, text: str) -> list[Mark]:
        """Return the matching words of a text, in order, none of them overlapping."""
        found: list[Mark] = []
        for _, chunk in groupby(tokens(text), key=lambda token: token.start):
            found += self._chunk_marks(text, list(chunk))
        return found

    def _chunk_marks(self, text: str, chunk: list[Token]) -> list[Mark]:
        """Return the mark of a whole chunk if that matches, else those of its pieces.

        Who looks for "pay 4417" must not see PAY-4471 marked, but only its PAY.
        """
        clauses = [(token, self._clause(token.kind, token.surface)) for token in chunk]
        held = [(token, clause) for token, clause in clauses if clause is not None]
        for token, clause in held:
            if token.whole:
                return [Mark(token.start, token.end, clause)]
        found: list[Mark] = []
        for token, clause in held:
            start = found[-1].end if found else token.start
            if place := _place(text, token, start):
                found.append(Mark(*place, clause))
        return found

    def snippet(self, text: str, length: int = SNIPPET_LENGTH) -> Snippet:
        """Return the piece of a text, at most about `length` characters, with most of the words."""
        marks = self.marks(text)
        start = _best_start(marks, len(text), length)
        return _cut(text, marks, start, length)

    def opening(self, text: str, length: int) -> Snippet:
        """Return the beginning of a text, at most about `length` characters."""
        return _cut(text, self.marks(text), 0, length)

    def _clause(self, kind: TokenKind, surface: str) -> int | None:
        found = self._wanted.get((Field.TEXT, term_of(kind, surface)))
        if found is not None:
            return found
        if kind is TokenKind.CODE:
            return self._wanted.get((Field.CODE, surface))
        return self._wanted.get((Field.SOUND, filed_sound(surface)))


def _place(text: str, token: Token, start: int) -> tuple[int, int] | None:
    """Return where a piece of a chunk stands behind `start`, None if it cannot be told."""
    piece = fold(text[start : token.end])
    if len(piece) != token.end - start:
        return None
    found = piece.find(token.surface)
    return (start + found, start + found + len(token.surface)) if found >= 0 else None


def _best_start(marks: list[Mark], size: int, length: int) -> int:
    """Return where to cut so that most words of the query are seen, with a little before them."""
    reach = length - _LEAD - _TRIM
    inside: Counter[int] = Counter()
    best, first, last, oldest = 0, 0, 0, 0
    for mark in marks:
        inside[mark.clause] += 1
        while mark.end - marks[oldest].start > reach and marks[oldest] is not mark:
            left = marks[oldest].clause
            inside[left] -= 1
            if not inside[left]:
                del inside[left]
            oldest += 1
        if len(inside) > best:
            best, first, last = len(inside), marks[oldest].start, mark.end
    if last <= length - _TRIM:
        return 0
    return max(0, min(first - _LEAD, size - length))


def _cut(text: str, marks: list[Mark], start: int, length: int) -> Snippet:
    """Return `text[start : start + length]` at whole words, with its marks moved along."""
    end = min(len(text), start + length)
    if start > 0 and (space := _SPACE.search(text, start - 1, start + _TRIM)):
        start = space.end()
    if end < len(text):
        spaces = list(_SPACE.finditer(text, max(start, end - _TRIM), end + 1))
        end = spaces[-1].start() if spaces else end
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    kept = tuple(
        (mark.start + shift, mark.end + shift)
        for mark in marks
        if start <= mark.start and mark.end <= end
    )
    return Snippet(before + text[start:end] + after, kept)
