"""What must hold of a ticket, from the tree of a query with operators and its words as read."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from kbsearch.analysis.terms import term_of
from kbsearch.engines.boolean_tree import And, Not, Or, Tree, all_of, any_of
from kbsearch.engines.indexing.document import filed_form
from kbsearch.engines.plan import Clause, Condition, Phrase
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters
from kbsearch.records.reading_kind import ReadingKind
from kbsearch.search.query.expert.query import Quote, Wanted, Words
from kbsearch.search.query.tokens import QueryToken


class Placed(NamedTuple):
    """A clause, and the place of its token in the query."""

    place: int
    clause: Clause


def conditions(must: Tree[Wanted], read: Mapping[Words, Sequence[Placed]]) -> Tree[Condition]:
    """Return what the tree of a query asks of a ticket.

    read  the clauses of each of its runs of words, each of which must hold in any reading.
    """
    if isinstance(must, And):
        return And(tuple(conditions(part, read) for part in must.parts))
    if isinstance(must, Or):
        return Or(tuple(conditions(part, read) for part in must.parts))
    if isinstance(must, Not):
        return Not(conditions(must.part, read))
    if isinstance(must, Filters):
        return must
    if isinstance(must, Quote):
        return all_of((any_of(phrases_of(must.tokens)), *forms_of(must.tokens)))
    by_place = groupby(read[must], lambda one: one.place)
    return all_of(_chunk([one.clause for one in placed]) for _, placed in by_place)


def one_after_the_other(runs: Iterable[Sequence[Placed]]) -> list[Placed]:
    """Return the clauses of several runs, each once, with a gap between: they make no pair."""
    found: dict[Clause, int] = {}
    start = 0
    for run in runs:
        for one in run:
            found.setdefault(one.clause, start + one.place)
        start += 2 + max((one.place for one in run), default=0)
    return [Placed(place, clause) for clause, place in found.items()]


def phrases_of(tokens: Sequence[QueryToken]) -> list[Phrase]:
    """Return the ways in which a ticket may hold these tokens side by side, the widest first.

    One token is also filed whole: "wi-fi" is "wifi", "KB-5034441" is "KB5034441".
    """
    filed = [part for token in tokens for part in token.parts]
    steps = [part for part in filed if part.step]
    whole = [part for part in filed if part.whole] if len(tokens) == 1 else []
    ways = (tuple(term_of(part.kind, part.surface) for part in way) for way in (whole, steps))
    return [Phrase(way) for way in dict.fromkeys(ways) if way]


def forms_of(tokens: Sequence[QueryToken]) -> list[Phrase]:
    """Return the words of a quote in the forms in which a ticket has to hold them."""
    whole = tokens[0].whole if len(tokens) == 1 else None
    parts = [whole] if whole else [part for token in tokens for part in token.steps]
    forms = dict.fromkeys(filed_form(part.kind, part.surface) for part in parts)
    return [Phrase((form,), Field.FORM) for form in forms if form]


def _chunk(clauses: Sequence[Clause]) -> Tree[Condition]:
    """Return what the clauses of one place ask for: what is spelt out, or the words as typed."""
    spelt = [clause for clause in clauses if _is_spelt(clause)]
    typed = [clause for clause in clauses if not _is_spelt(clause)]
    return any_of(all_of(way) for way in (spelt, typed) if way)


def _is_spelt(clause: Clause) -> bool:
    return clause.readings[0].kind is ReadingKind.SPOKEN
