"""The scores of a plan in plain Python, one ticket after the other, as the papers have them."""

from math import log1p
from typing import NamedTuple

from kbsearch.engines.base import Clause, Field, Plan
from kbsearch.engines.scoring import SATURATION

Bag = dict[tuple[Field, str], float]


class Paper(NamedTuple):
    """A ticket as a bag of terms with their weights; `alive` is False once it was deleted."""

    ticket_id: int
    alive: bool
    bag: Bag

    def length(self, field: Field) -> float:
        """Return the sum of the weights in a field."""
        return sum(weight for (among, _), weight in self.bag.items() if among is field)


def scores(plan: Plan, papers: list[Paper]) -> dict[int, float]:
    """Return the score of every ticket that is alive and holds anything of the plan."""
    alive = [paper for paper in papers if paper.alive]
    found = {
        paper.ticket_id: sum(_clause(clause, paper, alive) for clause in plan.clauses)
        for paper in alive
    }
    return {ticket_id: score for ticket_id, score in found.items() if score > 0}


def _clause(clause: Clause, paper: Paper, alive: list[Paper]) -> float:
    gains = [0.0]
    for reading in clause.readings:
        field, (k1, b) = reading.field, SATURATION[reading.field]
        if not all((field, term) in paper.bag for term in reading.terms):
            continue
        weight = min(paper.bag[field, term] for term in reading.terms)
        average = sum(one.length(field) for one in alive) / len(alive)
        norm = k1 * (1 - b + b * paper.length(field) / average)
        gains.append(reading.weight * weight * (k1 + 1) / (weight + norm))
    return max(gains) * _idf(clause, alive)


def _idf(clause: Clause, alive: list[Paper]) -> float:
    for reading in clause.readings:
        matching = min(
            sum((reading.field, term) in paper.bag for paper in alive) for term in reading.terms
        )
        if matching:
            return log1p((len(alive) - matching + 0.5) / (matching + 0.5))
    return 0.0
