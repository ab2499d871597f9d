"""What a search asks of an engine, and what the engine answers."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kbsearch.engines.boolean_tree import Tree
from kbsearch.inverted.field import Field
from kbsearch.messages.message import Message
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind


class Reading(NamedTuple):
    """One thing that a query word may mean.

    terms    the terms that a ticket must hold, all of them: one, except for split compounds.
    apart    several terms may stand anywhere in the text; else they must stand side by side.
    weight   0 to 1: how much of an exact match it is worth.
    word     the surface word that it stands for, as the index spells it.
    explanation  the reason, such as `"cheque" is also spelt "check"`; None where no one can say
                 before a ticket is found how it spells the word, as of a correction.
    field        of terms that must stand side by side always the text.
    """

    kind: ReadingKind
    terms: tuple[str, ...]
    weight: float
    word: str
    explanation: Message | None = None
    field: Field = Field.TEXT
    unordered: bool = False


class Clause(NamedTuple):
    """One word of the query; a ticket scores by the best of its readings.

    readings  the likeliest first: its term sets the idf that all of them share.
    related   what finds no ticket: it counts in those that are among the best by the readings of
              all words, and if it gives more there. A clause without readings only breaks ties.
    """

    word: str
    readings: tuple[Reading, ...]
    related: tuple[Reading, ...] = ()

    @property
    def all_readings(self) -> tuple[Reading, ...]:
        """The readings, and after them what is related."""
        return self.readings + self.related


class Phrase(NamedTuple):
    """Terms of the text that must (or must not) be side by side, in this order.

    field      that of a single term may be another than the text, such as the codes.
    unordered  the terms may be anywhere in the text; a pair of a plan is never so.
    """

    terms: tuple[str, ...]
    field: Field = Field.TEXT
    unordered: bool = False


Condition = Clause | Phrase | Filters
"""A leaf of `Plan.must`: a clause holds if any of its readings does."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A query that an engine can answer without asking what it means.

    pairs     what is worth more where it stands side by side.
    required  what a ticket must hold; `excluded` what it must not.
    must      the tree of a query with operators. With one, every ticket that fulfils it is found,
              those without any word of the clauses last.
    """

    clauses: tuple[Clause, ...]
    pairs: tuple[Phrase, ...] = ()
    required: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    filters: Filters = field(default_factory=Filters)
    must: Tree[Condition] | None = None


class ScoredDoc(NamedTuple):
    """A ticket and what it scored.

    shares    what each clause of the plan gave to it, if the search was asked to explain.
    together  the same of each pair.
    solved    whether it says what solved it.
    """

    ticket_id: int
    score: float
    shares: tuple[float, ...] = ()
    together: tuple[float, ...] = ()
    solved: bool = False


@dataclass(frozen=True, slots=True)
class TopDocs:
    """An engine's answer: the best tickets first, and how many matched at all.

    partial  not all of the plan was answered: time ran out, or a part of the index is missing.
    solved   the best of those that say what solved them, as many as were asked for.
    """

    scored: tuple[ScoredDoc, ...]
    total: int
    partial: bool = False
    solved: tuple[ScoredDoc, ...] = ()
