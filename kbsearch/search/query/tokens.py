"""The tokens of a query: cut once, with their offsets and with what each is filed as."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kbsearch.analysis.names import without_sign
from kbsearch.analysis.tokens import Part, TokenKind, chunks, filed, parts

_STAR = re.compile(r"\*(?!\w)")
_SHORTEST_BEGUN = 2
"""Characters of a code that may begin others."""
MOST_WORDS = 32
"""Words of a query that are searched; past that a query says no more about a ticket."""


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A chunk of a query, and what it is filed as; two of one text are equal wherever they are.

    text        the folded chunk.
    start, end  its offsets in the query; a piece has those of its chunk.
    begins      a code with a star after it: "M20*" asks for what begins so.
    """

    text: str
    start: int = field(compare=False)
    end: int = field(compare=False)
    parts: tuple[Part, ...] = field(compare=False)
    begins: bool = False

    @property
    def whole(self) -> Part | None:
        """The part for the whole chunk, None where only its pieces count."""
        return next((part for part in self.parts if part.whole), None)

    @property
    def pieces(self) -> list[Part]:
        """The parts that stand for a piece of the chunk."""
        return [part for part in self.parts if not part.whole]

    @property
    def steps(self) -> list[Part]:
        """The parts side by side, each place once."""
        return [part for part in self.parts if part.step]

    @property
    def without_sign(self) -> "QueryToken":
        """The token without the sign of a name: "C++" as "C"; itself if it has none."""
        bare = without_sign(self.text)
        return self if bare == self.text else replace(self, text=bare, parts=parts(bare))

    def word(self, text: str) -> "QueryToken":
        """Return a token for a word that is a piece of this one."""
        return replace(self, text=text, parts=(Part(TokenKind.WORD, text, 1, True),))


def tokenize(text: str, offset: int = 0) -> Iterator[QueryToken]:
    """Yield the tokens of a text; one of more parts than are searched comes in its parts.

    offset  where the text begins in the query.

    >>> [(token.text, token.start, token.end) for token in tokenize("My Wi-Fi...")]
    [('my', 0, 2), ('wi-fi', 3, 8)]
    """
    for chunk, start, end in chunks(text):
        whole = filed(text[start:end])
        if len(whole) > MOST_WORDS:
            pieces = [part.surface for part in whole if part.step]
        else:
            pieces = [chunk] if whole else []
        for piece in pieces:
            own = whole if piece is chunk else parts(piece)
            begins = own[0].kind is TokenKind.CODE and _has_star(piece, text, end)
            yield QueryToken(piece, start + offset, end + offset, own, begins)


def _has_star(code: str, text: str, end: int) -> bool:
    """Tell whether a star after a code asks for all that begin so."""
    return len(code) >= _SHORTEST_BEGUN and _STAR.match(text, end) is not None
