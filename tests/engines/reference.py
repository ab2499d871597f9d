"""The answer to a plan in plain Python, one ticket after the other, as the papers have them."""

from collections.abc import Iterable
from math import log1p
from typing import NamedTuple

from kbsearch.engines.plan import Clause, Phrase, Plan, Reading
from kbsearch.engines.scoring.bm25 import SATURATION
from kbsearch.inverted.field import Field
from kbsearch.records.filters import Filters

Bag = dict[tuple[Field, str], float]


class Paper(NamedTuple):
    """A ticket as a bag of terms with their weights.

    alive  False once it was deleted.
    text   the terms of the text in their order; the bag has each of them.
    """

    ticket_id: int
    alive: bool
    bag: Bag
    text: tuple[str, ...] = ()
    product: str = ""

    def length(self, field: Field) -> float:
        """Return the sum of the weights in a field."""
        return sum(weight for (among, _), weight in self.bag.items() if among is field)

    def has(self, phrase: Phrase) -> bool:
        """Tell whether these terms are side by side in the text, or all in its field.

        A single term, and those without an order, may be anywhere.
        """
        size = len(phrase.terms)
        if size == 1 or (phrase.unordered and size):
            return all((phrase.field, term) in self.bag for term in phrase.terms)
        runs = (self.text[start : start + size] for start in range(len(self.text) - size + 1))
        return size > 0 and phrase.terms in runs

    def places(self, term: str) -> list[int]:
        """Return where a term stands in the text."""
        return [place for place, held in enumerate(self.text) if held == term]

    def holds(self, reading: Reading) -> bool:
        """Tell whether the ticket holds what a reading asks for."""
        if not all((reading.field, term) in self.bag for term in reading.terms):
            return False
        return len(reading.terms) == 1 or reading.unordered or self.has(Phrase(reading.terms))

    def passes(self, filters: Filters) -> bool:
        """Tell whether a filter of products, the only one that papers know, lets it pass."""
        return not filters.products or self.product in filters.products


def scores(plan: Plan, papers: list[Paper]) -> dict[int, float]:
    """Return the score of every ticket that is alive, passes, and holds any reading of the plan.

    What is related counts in all of them: there must be no more than an engine looks at for it.
    """
    alive = [paper for paper in papers if paper.alive]
    passing = [paper for paper in alive if paper.passes(plan.filters)]

    def given(clause: Clause, readings: Iterable[Reading], paper: Paper) -> float:
        gains = (_gain(reading, paper, alive) for reading in readings if paper.holds(reading))
        return max(gains, default=0.0) * _idf(clause, passing)

    return {
        paper.ticket_id: sum(given(clause, clause.all_readings, paper) for clause in plan.clauses)
        for paper in passing
        if all(paper.has(phrase) for phrase in plan.required)
        and not any(paper.has(phrase) for phrase in plan.excluded)
        and any(given(clause, clause.readings, paper) for clause in plan.clauses)
    }


def _gain(reading: Reading, paper: Paper, alive: list[Paper]) -> float:
    field, (k1, b) = reading.field, SATURATION[reading.field]
    weight = min(paper.bag[field, term] for term in reading.terms)
    average = sum(one.length(field) for one in alive) / len(alive)
    norm = k1 * (1 - b + b * paper.length(field) / average)
    return reading.weight * weight * (k1 + 1) / (weight + norm)


def _idf(clause: Clause, passing: list[Paper]) -> float:
    for reading in clause.readings:
        matching = min(
            sum((reading.field, term) in paper.bag for paper in passing) for term in reading.terms
        )
        if matching:
            return log1p((len(passing) - matching + 0.5) / (matching + 0.5))
    return 0.0
