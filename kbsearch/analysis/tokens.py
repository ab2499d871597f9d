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
from kbsearch.analysis.folding import APOSTROPHES, fold
from kbsearch.analysis.marks import unmarked
from kbsearch.analysis.names import WORD_MARK, is_joined_by_ampersand, marked, without_sign
from kbsearch.analysis.unspaced import has_unspaced, neighbours, unspaced_runs

LONGEST = 64
"""Characters of a term; what is longer is noise, and is cut."""

_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d"
_REST_OF_ADDRESS = r":(?<=\b[0-9A-Fa-f]{2}:)(?:[0-9A-Fa-f]{2}:){4}[0-9A-Fa-f]{2}(?![\w:])"
"""What follows the first byte of 00:1a:2b:3c:4d:5e, the one kind of code that has colons."""
_LEADING_DOT = r"\.(?<![\w.]\.)(?=[A-Za-z]{2})"
"""The dot of .NET, with what is around it."""
_AMPERSAND = r"&(?!(?:amp|nbsp|lt|gt|quot|apos)\b)[^\W\d_]{1,4}(?!\w)"
"""What joins AT&T, unless it begins an entity of HTML."""
_SIGN = (
    r"\+\+(?!\+)(?<=[^\W_]\+\+)|\+(?![\w+])(?<=[^\W_]\+)"
    r"|#(?![\w#])(?<=[A-Za-z]#)(?<![\w'.\-][A-Za-z]#)"
)
"""What ends C++, Disney+ and C#, but not PIN#."""
_JOINTS = rf"'{APOSTROPHES}.\-\u2010\u2011"
CHUNK = re.compile(
    rf"(?:[\w{_INVISIBLE}]+|{_LEADING_DOT}[\w{_INVISIBLE}]+)"
    rf"(?:(?=[{_JOINTS}:&+#])"  # as nearly no chunk has
    rf"(?:{_REST_OF_ADDRESS}|(?:[{_JOINTS}][\w{_INVISIBLE}]+|{_AMPERSAND})*(?:{_SIGN})?))?",
    re.UNICODE,
)
"""A chunk of a text as it is written: what stands between spaces and loose punctuation."""
_HAS_DIGIT = re.compile(r"\d")
_LOOSE = "_'-."
"""What may be left at the ends of a chunk once its invisible characters are gone."""

_LONGEST_KEPT = 128
"""Characters of a chunk whose parts are kept: a longer one does not come again, and has many."""


class TokenKind(StrEnum):
    """A word may be read in many ways, a code in one.

    INNER  a word inside a name in camel case: one who looks for it may well mean another.
    """

    WORD = "word"
    INNER = "inner"
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
    for match in CHUNK.finditer(unmarked(text)):
        if chunk := folded(match[0]):
            yield chunk, match.start(), match.end()


def folded(chunk: str) -> str:
    """Return a chunk as `parts` takes it, "" if nothing of it counts.

    >>> folded("Wi\u2011Fi"), folded("__")
    ('wi-fi', '')
    """
    plain = fold(chunk)
    bare = plain.strip(_LOOSE)
    is_name = plain[:1] == "." and plain[1:3] == bare[:2] and bare[:2].isalpha()
    return f".{bare}" if is_name else bare


def filed(chunk: str) -> tuple[Part, ...]:
    """Return what a chunk of a text is filed as.

    >>> [part.surface for part in filed("retryCount")]
    ['retry', 'retrycount', 'count']
    """
    return parts(folded(marked(chunk)))


def parts(chunk: str) -> tuple[Part, ...]:
    """Return what a folded chunk is filed as.

    >>> [part.surface for part in parts("wi-fi")], [part.surface for part in parts("won't")]
    (['wi', 'wifi', 'fi'], ['wont'])
    >>> [(str(part.kind), part.surface) for part in parts("win10")]
    [('code', 'win10'), ('word', 'win'), ('code', '10')]
    """
    if chunk.isalpha() and not has_unspaced(chunk):  # as nearly all are
        return (Part(TokenKind.WORD, chunk[:LONGEST], 1, True),)
    return _kept_parts(chunk) if len(chunk) <= _LONGEST_KEPT else _parts(chunk)


def _parts(chunk: str) -> tuple[Part, ...]:
    if chunk[:1] == REFERENCE:
        codes = enumerate(reference_codes(chunk.replace(WORD_MARK, "")))
        return tuple(Part(TokenKind.CODE, code[:LONGEST], not at, True) for at, code in codes)
    if has_unspaced(chunk):
        return _unspaced(chunk)
    if versions := version_parts(chunk):
        return tuple(
            Part(TokenKind.CODE, version[:LONGEST], 0 if place else 1, place == 0)
            for place, version in enumerate(versions)
        )
    if (bare := without_sign(chunk)) != chunk:
        return _signed(chunk, bare)
    return _whole_and_pieces(chunk)


def _unspaced(chunk: str) -> tuple[Part, ...]:
    """Return the pairs of a chunk that has no blanks between its words, and what is among them."""
    found: list[Part] = []
    for run in unspaced_runs(chunk):
        if has_unspaced(run):
            found += [Part(TokenKind.WORD, pair, 1, False) for pair in neighbours(run)]
        else:
            found += [part._replace(whole=False) for part in parts(run.strip(_LOOSE))]
    return (found[0]._replace(whole=True),) if len(found) == 1 else tuple(found)


def _whole_and_pieces(chunk: str) -> tuple[Part, ...]:
    whole = _whole(chunk.replace(WORD_MARK, ""))
    pieces = _pieces(chunk)
    if not pieces:
        return (Part(*whole, 1, True),) if whole else ()
    inner = [piece for name in pieces for piece in parts(name)]
    in_camel_case = WORD_MARK.join(pieces) == chunk
    steps = [
        part._replace(whole=False, kind=TokenKind.INNER)
        if in_camel_case and part.kind is TokenKind.WORD
        else part._replace(whole=False)
        for part in inner
    ]
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
    for _, start, end in chunks(text):
        for part in filed(text[start:end]):
            position += part.step
            yield Token(part.kind, part.surface, position, start, end, part.whole)


def _signed(chunk: str, bare: str) -> tuple[Part, ...]:
    """Return a name with a sign, and what it is without it: of a single letter nothing."""
    inner = [part._replace(whole=False) for part in parts(bare)]
    if not any(map(str.isalpha, bare)):
        return parts(bare)
    name = normal_code(chunk.replace(WORD_MARK, "")).removesuffix("'s")
    whole = Part(TokenKind.CODE, name[:LONGEST], 1, True)
    return (whole,) if len(bare) == 1 else (whole, *_shift(inner))


def _shift(steps: list[Part]) -> list[Part]:
    """Let the first piece of a code share the position of the whole."""
    return [steps[0]._replace(step=0), *steps[1:]]


def _whole(chunk: str) -> tuple[TokenKind, str] | None:
    """Return how a chunk is filed as a whole, or None where only its pieces count."""
    if is_ordinal(chunk):
        return TokenKind.WORD, chunk[:LONGEST]
    if "&" in chunk:
        name = chunk.removesuffix("'s")
        return (TokenKind.CODE, name[:LONGEST]) if is_joined_by_ampersand(name) else None
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
    if "&" in chunk:
        found = tuple(chunk.removesuffix("'s").split("&"))
        is_one = is_joined_by_ampersand("&".join(found)) and min(map(len, found)) == 1
        return () if is_one else found
    for separators in (r"[._-]", re.escape(WORD_MARK)):
        found = tuple(piece for piece in re.split(separators, chunk) if piece)
        if len(found) > 1:
            return found
    return word_and_number(chunk) or ()
