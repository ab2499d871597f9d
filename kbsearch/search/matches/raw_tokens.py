"""Texts cut at their blanks into runs, and runs into the tokens that they hold.

To cut at blanks is many times quicker than to cut into chunks. A run is a chunk, a few of them
with punctuation between, or nothing but punctuation; no chunk runs across a blank.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kbsearch.analysis.codes import REFERENCE, normal_code, reference_codes
from kbsearch.analysis.folding import fold
from kbsearch.analysis.marks import unmarked
from kbsearch.analysis.names import has_hump
from kbsearch.analysis.tokens import CHUNK, LONGEST, Part, Token, TokenKind, filed, tokens
from kbsearch.cache import Cache
from kbsearch.engines.indexing.document import filed_form
from kbsearch.inverted.field import Field

Key = tuple[Field, str]
"""A term in its field."""
TermOfWord = Callable[[str], str]
"""Returns the term of a folded word: `analysis.terms.term`, or a lexicon, which is quicker."""

_BLANKS = bytes(
    place if place > 127 or re.match(r"[\w'`.:&+#-]", chr(place)) else ord(" ")
    for place in range(256)
)
"""A blank for each ASCII character that no chunk has: so that most runs are just a chunk."""
_OTHER_BLANKS = [one for one in map(chr, range(128, 0x3001)) if one.isspace()]
"""The blanks that are not ASCII: the last of them is the ideographic space."""
_MOST_CUT = 10_000
"""Runs that are kept cut: those that hold what is often asked for."""


class RawToken(NamedTuple):
    """A token of a run.

    token  with its offsets in the run.
    keys   the terms under which it is filed.
    spelt  as it is written, but folded.
    """

    token: Token
    keys: tuple[Key, ...]
    spelt: str


_KEPT: Cache[str, tuple[RawToken, ...]] = Cache(_MOST_CUT)


def blanked(text: str) -> str:
    """Return a text, no longer or shorter, with " " for each blank, and for what no chunk has.

    What stands between two of them is a run.

    >>> blanked("The Wi-Fi (again): no.").split()
    ['The', 'Wi-Fi', 'again', ':', 'no.']
    """
    encoded = unmarked(text).encode("utf-8", "surrogatepass").translate(_BLANKS)
    plain = encoded.decode("utf-8", "surrogatepass")
    if not plain.isascii():
        for blank in _OTHER_BLANKS:
            plain = plain.replace(blank, " ")
    return plain.replace(". ", "  ")


def pieces_of(run: str, term_of_word: TermOfWord) -> tuple[RawToken, ...]:
    """Return the tokens of a run.

    >>> [piece.spelt for piece in pieces_of("Wi-Fi", str.lower)]
    ['wi', 'wi-fi', 'fi']
    """
    if len(run) > LONGEST:  # one that will not come again
        return _pieces(run, term_of_word)
    return _KEPT.cached(run, lambda: _pieces(run, term_of_word))


def filed_terms(run: str, term_of_word: TermOfWord) -> Iterable[str]:
    """Return the terms and the codes of a run."""
    if run.isascii() and run.isalpha() and not has_hump(run):  # as most are
        return (term_of_word(run[:LONGEST].lower()),)
    if run[0] == REFERENCE:  # as each ticket has one, met only once
        return reference_codes(run)
    return [
        part.surface if part.kind is TokenKind.CODE else term_of_word(part.surface)
        for part in _parts(run)
    ]


def _parts(run: str) -> list[Part]:
    return [part for chunk in CHUNK.findall(run) for part in filed(chunk)]


def _pieces(run: str, term_of_word: TermOfWord) -> tuple[RawToken, ...]:
    return tuple(
        RawToken(
            token,
            tuple(_keys(token, term_of_word)),
            _as_written(run[token.start : token.end], token),
        )
        for token in tokens(run)
    )


def _keys(token: Token, term_of_word: TermOfWord) -> Iterator[Key]:
    if token.kind is TokenKind.CODE:
        yield Field.TEXT, token.surface
        yield Field.CODE, token.surface
    else:
        yield Field.TEXT, term_of_word(token.surface)
        if form := filed_form(token.kind, token.surface):
            yield Field.FORM, form


def _as_written(chunk: str, token: Token) -> str:
    """Return a token with the hyphens that it has in the text: "wi-fi", "pay-4417"."""
    if not token.whole:
        return token.surface
    written = fold(chunk)
    return written if normal_code(written) == token.surface else token.surface
