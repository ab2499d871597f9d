"""What of a ticket is indexed, and how much each field of it weighs."""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kbsearch.analysis.fingerprint import fingerprint
from kbsearch.analysis.sounds import sounds
from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.tokens import TokenKind, tokens
from kbsearch.tickets import Ticket

NO_TIME = -(2**62)
"""The creation time, in seconds, of a ticket that has none."""
SECTION_GAP = 100
"""Positions between two sections, so that no phrase runs from one into the next."""


class Section(NamedTuple):
    """A text of a ticket; each occurrence of a term in it counts `weight` times."""

    text: str
    weight: float


class IndexToken(NamedTuple):
    """A token of a ticket, with the weight of its section."""

    kind: TokenKind
    surface: str
    position: int
    weight: float


WEIGHTS = {
    "reference": 1.0,
    "subject": 1.3,
    "problem": 1.0,
    "environment": 0.8,
    "cause": 0.8,
    "resolution": 0.5,
    "tags": 0.2,
    "category": 0.2,
    "product": 0.5,
}
"""Tuned on real tickets (docs/relevance.md).

A caller's words are those of the problem; a resolution is long and in the words of the desk, so
it must not drown the rest. Lengths are weighted too: half a word counts half.
"""


@cache
def index_fingerprint() -> str:
    """Return 16 hex digits that change when the same ticket might be indexed otherwise."""
    made_with = f"{fingerprint()} {sorted(WEIGHTS.items())} {SECTION_GAP}"
    return hashlib.sha256(made_with.encode()).hexdigest()[:16]


def sections(ticket: Ticket) -> tuple[Section, ...]:
    """Return the texts of a ticket that can be searched, the empty ones left out."""
    texts = {name: getattr(ticket, name) for name in WEIGHTS if name != "tags"}
    texts["tags"] = " ".join(ticket.tags)
    return tuple(Section(texts[name], weight) for name, weight in WEIGHTS.items() if texts[name])


def index_tokens(sections: tuple[Section, ...]) -> Iterator[IndexToken]:
    """Yield the tokens of all sections, in order."""
    base = 0
    for text, weight in sections:
        last = 0
        for token in tokens(text):
            last = token.position
            yield IndexToken(token.kind, token.surface, base + last, weight)
        base += last + SECTION_GAP


def filed_sound(surface: str) -> str:
    """Return the code under which a word's sound is filed, "" for a word that tells nothing."""
    return "" if surface in stop_words() else sounds(surface).metaphone
