"""What the service asks of an index, and the words in which it asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kbsearch.progress import Progress, silent
from kbsearch.tickets import StoredTicket


class View(StrEnum):
    """Which tickets an index holds; each view is an index of its own."""

    INTERNAL = "internal"


class ReadingKind(StrEnum):
    """How a reading of a word came about, likeliest first."""

    EXACT = "exact"
    VARIANT = "variant"
    PREFIX = "prefix"
    COMPOUND = "compound"
    SPELLING = "spelling"
    SOUND = "sound"


class Field(StrEnum):
    """The three kinds of terms that an index keeps apart."""

    TEXT = "text"
    SOUND = "sound"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a query word may mean.

    terms    the terms that a ticket must hold, all of them: one, but for split compounds.
    apart    several terms may stand anywhere in the text; else they must stand side by side.
    weight   0 to 1: how much of an exact match it is worth.
    word     the surface word that it stands for, as the index spells it.
    because  the reason in words, such as `"outlok" may be a misspelling of "outlook"`.
    """

    kind: ReadingKind
    terms: tuple[str, ...]
    weight: float
    word: str
    because: str
    field: Field = Field.TEXT
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One word of the query; a ticket scores by the best of its readings.

    readings  the likeliest first: its term sets the idf that all of them share.
    """

    word: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms of the text that must (or must not) stand side by side, in this order."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a ticket must be, whatever its words; an empty filter lets everything pass.

    products, statuses, categories, kinds   any one of them, upper and lower case alike.
    tags                                    all of them.
    created_from, created_before            UTC, the first included, the second not.
    """

    products: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    created_from: datetime | None = None
    created_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that an engine can answer without asking what it means."""

    clauses: tuple[Clause, ...]
    required: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Scored:
    """A ticket and what it scored."""

    ticket_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """An engine's answer: the best tickets first, and how many matched at all."""

    scored: tuple[Scored, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Update:
    """What became of one ticket: its text as it is now, or None when it is gone."""

    ticket_id: int
    ticket: StoredTicket | None


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index is made of.

    watermark    the last row of the store's change log that it has taken in.
    fingerprint  the analysis that made its terms.
    """

    tickets: int
    watermark: int
    fingerprint: str
    size_bytes: int


class Lexicon(Protocol):
    """The surface words of an index, each with its term and how many tickets hold it."""

    def count(self, word: str) -> int:
        """Return how many tickets hold this surface word, 0 if none."""

    def count_term(self, term: str) -> int:
        """Return how many tickets hold this term, 0 if none."""

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Return the words that begin so, the most frequent first."""

    def similar(self, word: str, distance: int, limit: int) -> list[tuple[str, int]]:
        """Return (word, edits) at most `distance` edits away, the likeliest first."""

    def sounding(self, word: str, limit: int) -> list[str]:
        """Return the words that share a phonetic code with this one, the likeliest first."""


class SearchEngine(Protocol):
    """What the service asks of an index. `MemoryEngine` is the small honest one.

    Every call names a view and raises IndexMissing if it was never built, IndexOutdated if
    another analysis made it, and IndexDamaged if it cannot be read.
    """

    def rebuild(
        self,
        view: View,
        tickets: Iterable[StoredTicket],
        *,
        watermark: int,
        total: int | None = None,
        progress: Progress = silent,
    ) -> IndexState:
        """Make these the only searchable tickets, in one swap; searches go on meanwhile."""

    def apply(self, view: View, updates: Sequence[Update], *, watermark: int) -> IndexState:
        """Take in what changed since; doing it twice does no harm."""

    def search(self, view: View, plan: Plan, *, limit: int) -> Found:
        """Return the best tickets first, ties by ticket id, at most `limit`.

        A plan without clauses lists what it lets pass, the newest first.
        """

    def shares(self, view: View, plan: Plan, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """Return what each clause of the plan gave to the score of each of these tickets."""

    def lexicon(self, view: View) -> Lexicon:
        """Return the words of the index as it is now."""

    def state(self, view: View) -> IndexState:
        """Return what the index is made of."""

    def verify(self, view: View) -> list[str]:
        """Return a sentence for each thing that is wrong with the index, none if it is sound."""
