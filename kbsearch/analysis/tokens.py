"""Cut a text into words and codes."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kbsearch.analysis.codes import (
    REFERENCE,
    is_name,
    is_ordinal,
    normal_code,
    reference_codes,
    version_parts,
    word_and_number,
)
from kbsearch.analysis.folding import fold

LONGEST = 64
"""Characters of a term; what is longer is noise, and is cut."""

_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d"
_REST_OF_ADDRESS = r":(?<=\b[0-9A-Fa-f]{2}:)(?:[0-9A-Fa-f]{2}:){4}[0-9A-Fa-f]{2}(?![\w:])"
"""What follows the first byte of 00:1a:2b:3c:4d:5e, the one kind of code that has colons."""
CHUNK = re.compile(
    rf"[\w{_INVISIBLE}]+"
    rf"(?:{_REST_OF_ADDRESS}|(?:['\u2019\u02bc.\-\u2010\u2011][\w{_INVISIBLE}]+)*)",
    re.UNICODE,
)
"""A chunk of a text as it is written: what stands between spaces and loose punctuation."""
_HAS_DIGIT = re.compile(r"\d")
_LOOSE = "_'-."
"""What may be left at the ends of a chunk once its invisible characters are gone."""

_LONGEST_KEPT = 128
"""Characters of a chunk whose parts are kept: a longer one does not come again, and has many."""


class TokenKind(StrEnum):
    """A word may be read in many ways, a code in one."""

    WORD = "word"
    CODE = "code"


class Part(NamedTuple):
    """What one piece of a chunk is filed as.

    surface  the folded spelling.
    step     how far its position lies behind that of the part before: 0 for another form of it.
    whole    it stands for the whole chunk, not for a piece of it.
    """

    kind: TokenKind
    surface: str
    step: int
    whole: bool


class Token(NamedTuple):
    """A part at its place: `start` and `end` are offsets of its chunk in the text."""

    kind: TokenKind
    surface: str
    position: int
    start: int
    end: int
    whole: bool


def chunks(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (folded chunk, start, end) for each chunk that has a letter or a digit.

    >>> [chunk for chunk, _, _ in chunks("The e-mail won’t sync: ORA-00942 (10.2.1)...")]
    ['the', 'e-mail', "won't", 'sync', 'ora-00942', '10.2.1']
    """
    for match in CHUNK.finditer(text):
        if chunk := folded(match[0]):
            yield chunk, match.start(), match.end()


def folded(chunk: str) -> str:
    """Return a chunk as `parts` takes it, "" if nothing of it counts.

    >>> folded("Wi\u2011Fi"), folded("__")
    ('wi-fi', '')
    """
    return fold(chunk).strip(_LOOSE)


def parts(chunk: str) -> tuple[Part, ...]:
    """Return what a folded chunk is filed as.

    >>> [part.surface for part in parts("wi-fi")], [part.surface for part in parts("won't")]
    (['wi', 'wifi', 'fi'], ['wont'])
    >>> [(str(part.kind), part.surface) for part in parts("win10")]
    [('code', 'win10'), ('word', 'win'), ('code', '10')]
    """
    if chunk.isalpha():  # as nearly all are
        return (Part(TokenKind.WORD, chunk[:LONGEST], 1, True),)
    return _kept_parts(chunk) if len(chunk) <= _LONGEST_KEPT else _parts(chunk)


def _parts(chunk: str) -> tuple[Part, ...]:
    if chunk[:1] == REFERENCE:
        codes = enumerate(reference_codes(chunk))
        return tuple(Part(TokenKind.CODE, code[:LONGEST], not at, True) for at, code in codes)
    if versions := version_parts(chunk):
        return tuple(
            Part(TokenKind.CODE, version[:LONGEST], 0 if place else 1, place == 0)
            for place, version in enumerate(versions)
        )
    whole = _whole(chunk)
    pieces = _pieces(chunk)
    if not pieces:
        return (Part(*whole, 1, True),) if whole else ()
    inner = [piece for name in pieces for piece in parts(name)]
    steps = [Part(part.kind, part.surface, part.step, False) for part in inner]
    if whole is None:
        return tuple(steps)
    if whole[0] is TokenKind.CODE:
        return (Part(*whole, 1, True), *(_shift(steps)))
    return (*steps[:1], Part(*whole, 0, True), *steps[1:])


_kept_parts = lru_cache(maxsize=50_000)(_parts)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and codes of a text in order; other forms of a word share its position.

    >>> [(token.surface, token.position) for token in tokens("My wi-fi is down")]
    [('my', 0), ('wi', 1), ('wifi', 1), ('fi', 2), ('is', 3), ('down', 4)]
    """
    position = -1
    for chunk, start, end in chunks(text):
        for part in parts(chunk):
            position += part.step
            yield Token(part.kind, part.surface, position, start, end, part.whole)


def _shift(steps: list[Part]) -> list[Part]:
    """Let the first piece of a code share the position of the whole."""
    return [steps[0]._replace(step=0), *steps[1:]]


def _whole(chunk: str) -> tuple[TokenKind, str] | None:
    """Return how a chunk is filed as a whole, or None where only its pieces count."""
    if is_ordinal(chunk):
        return TokenKind.WORD, chunk[:LONGEST]
    if "_" in chunk or ":" in chunk or _HAS_DIGIT.search(chunk):
        return TokenKind.CODE, normal_code(chunk)[:LONGEST]
    if "." in chunk:
        return _dotted(chunk)
    word = _plain_word(chunk)
    return (TokenKind.WORD, word[:LONGEST]) if word else None


def _dotted(chunk: str) -> tuple[TokenKind, str] | None:
    if all(len(piece) == 1 for piece in chunk.split(".")):
        return TokenKind.WORD, chunk.replace(".", "")[:LONGEST]
    return (TokenKind.CODE, chunk[:LONGEST]) if is_name(chunk) else None


def _plain_word(chunk: str) -> str:
    return chunk.removesuffix("'s").replace("'", "").replace("-", "")


def _pieces(chunk: str) -> tuple[str, ...]:
    """Return what a chunk is made of, or nothing if it is one piece."""
    if "." in chunk and all(len(piece) == 1 for piece in chunk.split(".")):
        return ()
    found = tuple(piece for piece in re.split(r"[._-]", chunk) if piece)
    if len(found) > 1:
        return found
    return word_and_number(chunk) or ()
