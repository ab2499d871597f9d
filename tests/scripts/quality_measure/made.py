"""Workloads as they are after they were measured, made up."""

import numpy as np

from quality_measure.changes import parse_changes
from quality_measure.measuring import Measured
from quality_measure.scores import Scores
from quality_measure.workloads import Query, Workload


def some_scores(*success: float) -> Scores:
    """Return scores of which only the success matters."""
    found = np.array(success)
    return Scores(found, found, found)


def measured(collection: str, ours: Scores, plain: Scores, *, most_before: float = 0) -> Measured:
    """Return a noisy workload; every odd query has a misspelling of another source."""
    changes = [parse_changes("size>sise:respelling:a"), parse_changes("daily>dayley:b")]
    queries = tuple(
        Query(f"q{number}", "typed", "meant", {"t": 1}, changes[number % 2])
        for number in range(ours.success.size)
    )
    workload = Workload(collection, "soundalike", queries, most_before=most_before)
    return Measured(workload, ours, plain, (), (), (), {})
