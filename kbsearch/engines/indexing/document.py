"""What of a ticket is indexed, and how much each field of it weighs."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from kbsearch.analysis.codes import REFERENCE
from kbsearch.analysis.fingerprint import fingerprint
from kbsearch.analysis.quoted import own_words
from kbsearch.analysis.terms import stop_words
from kbsearch.analysis.tokens import TokenKind, chunks, tokens
from kbsearch.analysis.variants import VARIANTS
from kbsearch.records.message import Role
from kbsearch.records.ticket import FIELD_TABLE, StoredTicket, Ticket

NO_TIME = -(2**62)
"""The creation time, in seconds, of a ticket that has none."""
SECTION_GAP = 2
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


WEIGHTS = {name: info.weight for name, info in FIELD_TABLE.items() if info.weight}
"""Tuned on real tickets (docs/relevance.md).

A caller's words are those of the problem; a resolution is long and in the words of the desk, so
it must not drown the rest. Lengths are weighted too: half a word counts half.
"""
KEPT_VALUES = ("product", "status", "category", "kind", "tags", "solved")
"""What is kept of a ticket to filter by, next to its time; the last is SOLVED or ""."""
SOLVED = "1"
"""The value of a ticket that says what solved it."""
LISTS = ("tags",)
"""Those of which a ticket has several values."""
COLUMNS = ("number", "revision", "created", *KEPT_VALUES)
"""What is kept of a ticket besides its terms."""
TAG_SEPARATOR = "\x1f"
"""Between the tags of a ticket in its one value to filter by."""


class Extract(NamedTuple):
    """What of a ticket is indexed: all that analysis is handed.

    revision  that of the ticket.
    created   seconds since 1970, NO_TIME where unknown.
    values    those of the ticket, in the order of KEPT_VALUES.
    texts     what is searched, in the order of WEIGHTS, "" where there is nothing.
    """

    id: int
    revision: int
    created: int
    values: tuple[str, ...]
    texts: tuple[str, ...]


@cache
def index_fingerprint() -> str:
    """Return 16 hex digits that change when the same tickets might be indexed otherwise."""
    made_with = f"{fingerprint()} {sorted(WEIGHTS.items())} {SECTION_GAP} {COLUMNS}"
    return hashlib.sha256(made_with.encode()).hexdigest()[:16]


def texts(ticket: Ticket) -> tuple[str, ...]:
    """Return the texts of a ticket that are searched, in the order of WEIGHTS.

    What a mail quotes is left out, and so are messages of systems.
    """
    return tuple([text_of(ticket) for text_of in _TEXT_OF])


def _conversation(ticket: Ticket) -> str:
    """Return what the messages add to the problem and the resolution."""
    if not ticket.messages:
        return ""
    known = {ticket.problem.strip(), ticket.resolution.strip()}
    said = (one for one in ticket.messages if one.role is not Role.SYSTEM)
    return "\n\n".join(
        one.text if one.role is Role.ATTACHMENT else own_words(one.text)
        for one in said
        if one.text.strip() not in known
    )


def filed_reference(reference: str) -> str:
    """Return a reference after its mark, or as it is if it has no digit."""
    if not any(map(str.isdigit, reference)):
        return reference
    return REFERENCE + "".join([chunk for chunk, _, _ in chunks(reference)])


def sections(ticket: Ticket) -> tuple[Section, ...]:
    """Return the texts of a ticket that can be searched, the empty ones left out."""
    pairs = zip(texts(ticket), WEIGHTS.values(), strict=True)
    return tuple(Section(text, weight) for text, weight in pairs if text)


def extract(ticket: StoredTicket) -> Extract:
    """Return what of a ticket is indexed."""
    tags = TAG_SEPARATOR.join(ticket.tags)
    solved = SOLVED if ticket.resolution.strip() else ""
    values = (ticket.product, ticket.status, ticket.category, ticket.kind.value, tags, solved)
    return Extract(ticket.id, ticket.revision, seconds(ticket.created_at), values, texts(ticket))


_MADE: dict[str, Callable[[Ticket], str]] = {
    "reference": lambda ticket: filed_reference(ticket.reference),
    "problem": lambda ticket: own_words(ticket.problem),
    "resolution": lambda ticket: own_words(ticket.resolution),
    "tags": lambda ticket: " ".join(ticket.tags),
    "messages": _conversation,
}
_TEXT_OF = [_MADE.get(name, attrgetter(name)) for name in WEIGHTS]


def column_value(text: str) -> bytes:
    """Return how a value is kept to be filtered by: compared without regard to case."""
    return text.casefold().encode("utf-8", "replace")


def seconds(time: datetime | None) -> int:
    """Return whole seconds since 1970, NO_TIME for None."""
    return NO_TIME if time is None else int(time.timestamp())


def index_tokens(sections: tuple[Section, ...]) -> Iterator[IndexToken]:
    """Yield the tokens of all sections, in order."""
    base = 0
    for text, weight in sections:
        last = 0
        for token in tokens(text):
            last = token.position
            yield IndexToken(token.kind, token.surface, base + last, weight)
        base += last + SECTION_GAP


@lru_cache(maxsize=50_000)
def filed_form(kind: TokenKind, surface: str) -> str:
    """Return the form under which a token is filed, "" for none but a word that tells something.

    "colours"  ->  "colors", for it is the same form of the same word.
    """
    if kind is not TokenKind.WORD or surface in stop_words():
        return ""
    return VARIANTS.canonical(surface)
