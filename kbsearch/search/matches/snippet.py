"""Cut out of a text the piece that shows why it fits."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kbsearch.analysis.folding import fold
from kbsearch.engines.plan import Clause
from kbsearch.search.courtesies import fix_span
from kbsearch.search.matches.match_finder import FoundWords
from kbsearch.search.matches.raw_tokens import Key, RawToken
from kbsearch.search.results import Snippet

SNIPPET_LENGTH = 280
"""Characters of a snippet of the problem: three lines at arm's length."""
_LEAD = 40
"""Characters shown before the first word that matches, to read it in its sentence."""
_TRIM = 30
"""Characters that may be given up for a cut between two words."""
_SPACE = re.compile(r"\s+")
_LAST_SPACE = re.compile(r"\s+(?=\S*\Z)")
_ELLIPSIS = "…"


Mark = tuple[int, int, int]
"""Where a matching word starts and ends, and the number of the query's word that it matches."""


class Highlighter:
    """Marks the words of a plan in the texts of tickets; a text that one does not have is empty."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        """Mark these clauses, in tickets of one answer."""
        self._wanted: dict[Key, int] = {}
        for number, clause in enumerate(clauses):
            for reading in clause.readings:
                for term in reading.terms:
                    self._wanted.setdefault((reading.field, term), number)
        self._known: dict[str, list[Mark]] = {}

    def snippet(self, words: FoundWords, name: str, length: int = SNIPPET_LENGTH) -> Snippet:
        """Return the piece of a text, at most about `length` characters, with most of the words."""
        text = words.texts.get(name, "")
        marks = self._marks(words, name, len(text))
        return _cut(text, marks, _best_start(marks, len(text), length), length)

    def fix(self, words: FoundWords, length: int) -> Snippet:
        """Return about `length` characters of a resolution, from its first step on."""
        text = words.texts.get("resolution", "")
        start, end = fix_span(text)
        marks = self._marks(words, "resolution", start + length)
        fix = [(first - start, last - start, clause) for first, last, clause in marks]
        return _cut(text[start:end], [mark for mark in fix if mark[0] >= 0], 0, length)

    def _marks(self, words: FoundWords, name: str, until: int) -> list[Mark]:
        """Return the matching words of a text that begin before `until`, in order and apart."""
        found: list[Mark] = []
        known = self._known
        for place, run in words.places.get(name, ()):
            if place >= until:
                break
            if run not in known:
                known[run] = self._marks_in(run, words.pieces[run])
            for start, end, clause in known[run]:
                found.append((place + start, place + end, clause))
        return found

    def _marks_in(self, run: str, pieces: Iterable[RawToken]) -> list[Mark]:
        """Return the mark of each whole chunk of a run that matches, of others those of pieces.

        Who looks for "pay 4417" must not see PAY-4471 marked, but only its PAY.
        """
        found: list[Mark] = []
        for token, keys, _ in pieces:
            clause = self._clause(keys)
            if clause is None:
                continue
            if token.whole:
                found = [mark for mark in found if mark[1] <= token.start]
                found.append((token.start, token.end, clause))
                continue
            start = max(token.start, found[-1][1]) if found else token.start
            if place := _place(run[start : token.end], token.surface):
                found.append((start + place[0], start + place[1], clause))
        return found

    def _clause(self, keys: Iterable[Key]) -> int | None:
        for key in keys:
            if key in self._wanted:
                return self._wanted[key]
        return None


def _place(chunk: str, surface: str) -> tuple[int, int] | None:
    """Return where a piece of a chunk stands, None if it cannot be told."""
    piece = fold(chunk)
    start = piece.find(surface)
    if start < 0 or len(piece) != len(chunk):
        return None
    return start, start + len(surface)


def _best_start(marks: Sequence[Mark], size: int, length: int) -> int:
    """Return where to cut so that most words of the query are seen, with a little before them."""
    if size <= length:
        return 0
    reach = length - _LEAD - _TRIM
    inside: dict[int, int] = defaultdict(int)
    best, first, last, oldest = 0, 0, 0, 0
    for number, (_, end, clause) in enumerate(marks):
        inside[clause] += 1
        while oldest < number and end - marks[oldest][0] > reach:
            left = marks[oldest][2]
            inside[left] -= 1
            if not inside[left]:
                del inside[left]
            oldest += 1
        if len(inside) > best:
            best, first, last = len(inside), marks[oldest][0], end
    if last <= length - _TRIM:
        return 0
    return max(0, min(first - _LEAD, size - length))


def _cut(text: str, marks: Iterable[Mark], start: int, length: int) -> Snippet:
    """Return `text[start : start + length]` at whole words, with its marks moved along."""
    end = min(len(text), start + length)
    if start > 0 and (space := _SPACE.search(text, start - 1, start + _TRIM)):
        start = space.end()
    if end < len(text):
        space = _LAST_SPACE.search(text, max(start, end - _TRIM), end + 1)
        end = space.start() if space else end
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    kept = [
        (first + shift, last + shift) for first, last, _ in marks if start <= first and last <= end
    ]
    return Snippet(before + text[start:end] + after, tuple(kept))
