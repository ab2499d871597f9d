"""Cut out of a text the piece that shows why it fits."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kbsearch.analysis.folding import fold
from kbsearch.engines.base import Clause
from kbsearch.search.found_words import FoundWords, Key, Piece
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
    """Finds the words of a plan in the texts of one ticket."""

    def __init__(self, clauses: Iterable[Clause], words: FoundWords) -> None:
        """Mark these clauses where `words` found them."""
        self._words = words
        self._wanted: dict[Key, int] = {}
        for number, clause in enumerate(clauses):
            for reading in clause.readings:
                for term in reading.terms:
                    self._wanted.setdefault((reading.field, term), number)
        self._known: dict[str, tuple[Mark, ...]] = {}

    def snippet(self, text: str, length: int = SNIPPET_LENGTH) -> Snippet:
        """Return the piece of a text, at most about `length` characters, with most of the words.

        text  one of those that the words were found in.
        """
        marks = self._marks(text)
        start = _best_start(marks, len(text), length)
        return _cut(text, marks, start, length)

    def opening(self, text: str, length: int) -> Snippet:
        """Return the beginning of such a text, at most about `length` characters."""
        return _cut(text, self._marks(text), 0, length)

    def _marks(self, text: str) -> list[Mark]:
        """Return the matching words of a text, in order, none of them overlapping."""
        found = []
        for place, chunk in self._words.within(text):
            marks = self._known.get(chunk)
            if marks is None:
                marks = self._known[chunk] = self._marks_in(chunk)
            found += [Mark(place + start, place + end, clause) for start, end, clause in marks]
        return found

    def _marks_in(self, chunk: str) -> tuple[Mark, ...]:
        """Return the mark of a whole chunk if that matches, else those of its pieces.

        Who looks for "pay 4417" must not see PAY-4471 marked, but only its PAY.
        """
        clauses = [(piece.part, self._clause(piece)) for piece in self._words.pieces(chunk)]
        held = [(part, clause) for part, clause in clauses if clause is not None]
        for part, clause in held:
            if part.whole:
                return (Mark(0, len(chunk), clause),)
        found: list[Mark] = []
        for part, clause in held:
            start = found[-1].end if found else 0
            if place := _place(chunk, part.surface, start):
                found.append(Mark(*place, clause))
        return tuple(found)

    def _clause(self, piece: Piece) -> int | None:
        found = self._wanted.get(piece.text)
        return self._wanted.get(piece.other) if found is None else found


def _place(chunk: str, surface: str, start: int) -> tuple[int, int] | None:
    """Return where a piece of a chunk stands behind `start`, None if it cannot be told."""
    piece = fold(chunk[start:])
    if len(piece) != len(chunk) - start:
        return None
    found = piece.find(surface)
    return (start + found, start + found + len(surface)) if found >= 0 else None


def _best_start(marks: list[Mark], size: int, length: int) -> int:
    """Return where to cut so that most words of the query are seen, with a little before them."""
    if size <= length:
        return 0
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
