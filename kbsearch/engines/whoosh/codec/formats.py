"""What is kept with each posting of our fields, without the pickles of Whoosh's own formats."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.formats import Format, tokens

from kbsearch.inverted.documents import HEAVIEST
from kbsearch.inverted.positions import decode, encode

_MOST = HEAVIEST / 10

Posting = tuple[str, float, float, bytes]
"""A term, what it adds to the document's length, its weight, and what is kept with it."""


class WeightedFrequency(Format):
    """Weights in tenths, and nothing else; half a word counts half in a document's length."""

    posting_size = 0

    def word_values(self, value: str, analyzer: Analyzer, **options: Any) -> Iterator[Posting]:  # type: ignore[override]
        """Yield each term of a text."""
        weights: defaultdict[str, float] = defaultdict(float)
        for token in tokens(value, analyzer, {**options, "boosts": True}):
            weights[token.text] += token.boost
        for term, weight in weights.items():
            yield term, weight, min(weight, _MOST), b""


class WeightedPositions(Format):
    """Weights in tenths, and the positions of each term."""

    def word_values(self, value: str, analyzer: Analyzer, **options: Any) -> Iterator[Posting]:  # type: ignore[override]
        """Yield each term of a text."""
        weights: defaultdict[str, float] = defaultdict(float)
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for token in tokens(value, analyzer, {**options, "boosts": True, "positions": True}):
            weights[token.text] += token.boost
            positions[token.text].append(token.pos)
        for term, weight in weights.items():
            yield term, weight, min(weight, _MOST), encode(positions[term])

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions of a posting."""
        return decode(value)

    def decode_frequency(self, value: bytes) -> int:
        """Return how often the term stands in the document."""
        return len(decode(value))

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Join the postings that several terms have in one document."""
        return encode(sorted({position for value in values for position in decode(value)}))
