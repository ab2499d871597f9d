"""How good is a ranking, given what people judged relevant?

A ranking is the documents in the order in which they were shown, best first. Labels say how
relevant each judged document is: 0 not at all, 1 relevant, 2 more so; a document without a label
counts as not relevant. A document that a ranking names twice counts where it stands first; the
second naming still takes up its place.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10
"""How far down a ranking we look: what a person on a call reads."""
RELEVANCE_LIMIT = 30
"""The highest label: beyond it the gain drowns every other document."""

Labels = Mapping[str, int]
"""Document -> relevance, for one query."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What a set of queries scored; the three figures are means from 0.0 to 1.0.

    queries       those with at least one relevant document: what the means are taken over.
    unlabelled    queries left out because no one judged any document relevant.
    without_hits  of `queries`, those whose ranking is empty; they score 0.
    """

    ndcg: float
    mrr: float
    success: float
    queries: int
    unlabelled: int
    without_hits: int


def gain(relevance: int) -> int:
    """Return 2^relevance - 1, the exponential gain of Burges et al. (2005).

    >>> [gain(relevance) for relevance in (-1, 0, 1, 2, 3)]
    [0, 0, 1, 3, 7]
    """
    return int(2**relevance - 1) if relevance > 0 else 0


def discounted_gain(relevances: Iterable[int]) -> float:
    """Return the sum of gain / log2(rank + 1) over relevances in the order of the ranks.

    >>> discounted_gain([2, 0, 1])
    3.5
    """
    return sum(
        gain(relevance) / math.log2(rank + 1) for rank, relevance in enumerate(relevances, start=1)
    )


def ndcg(ranking: Sequence[str], labels: Labels, depth: int = DEPTH) -> float:
    """Return the discounted gain over that of the ideal ranking, 0.0 to 1.0.

    The ideal ranking is of all labelled documents, found or not, cut at the same depth. 0.0 when
    no document is relevant.

    Source: Järvelin & Kekäläinen (2002), Cumulated gain-based evaluation of IR techniques; the
    gain is that of Burges et al. (2005), Learning to rank using gradient descent.

    >>> ndcg(["other", "right"], {"right": 1})
    0.6309297535714575
    """
    ideal = discounted_gain(sorted(labels.values(), reverse=True)[:depth])
    if not ideal:
        return 0.0
    return discounted_gain(_relevances(ranking, labels, depth)) / ideal


def reciprocal_rank(ranking: Sequence[str], labels: Labels, depth: int = DEPTH) -> float:
    """Return 1 / rank of the first relevant document, 0.0 if there is none down to `depth`.

    >>> reciprocal_rank(["other", "right"], {"right": 1})
    0.5
    """
    for rank, relevance in enumerate(_relevances(ranking, labels, depth), start=1):
        if relevance > 0:
            return 1 / rank
    return 0.0


def success(ranking: Sequence[str], labels: Labels, depth: int = DEPTH) -> float:
    """Return 1.0 if a relevant document stands in the first `depth`, otherwise 0.0.

    >>> success(["other", "right"], {"right": 1})
    1.0
    """
    return float(any(relevance > 0 for relevance in _relevances(ranking, labels, depth)))


def evaluate(
    queries: Iterable[str],
    rankings: Mapping[str, Sequence[str]],
    labels: Mapping[str, Labels],
) -> Scores:
    """Score the rankings of these queries.

    queries   the ids to average over; one without a relevant document is left out and counted.
    rankings  query id -> documents, best first; an absent query has no hits.
    labels    query id -> labels.
    """
    judged, unlabelled = _split(queries, labels)
    ranked = [(rankings.get(query, ()), labels[query]) for query in judged]
    return Scores(
        ndcg=_mean([ndcg(ranking, label) for ranking, label in ranked]),
        mrr=_mean([reciprocal_rank(ranking, label) for ranking, label in ranked]),
        success=_mean([success(ranking, label) for ranking, label in ranked]),
        queries=len(judged),
        unlabelled=unlabelled,
        without_hits=sum(not ranking for ranking, _ in ranked),
    )


def _relevances(ranking: Sequence[str], labels: Labels, depth: int) -> list[int]:
    seen: set[str] = set()
    relevances = []
    for document in ranking[:depth]:
        relevances.append(0 if document in seen else labels.get(document, 0))
        seen.add(document)
    return relevances


def _split(queries: Iterable[str], labels: Mapping[str, Labels]) -> tuple[list[str], int]:
    wanted = list(queries)
    judged = [query for query in wanted if any(rel > 0 for rel in labels.get(query, {}).values())]
    return judged, len(wanted) - len(judged)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0
