"""What our own search answers: with tolerance as the text is typed, and without as it was meant."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmark.desk import plan_of, snapshot
from kbsearch.errors import QueryInvalid
from kbsearch.evaluation.trec import document
from kbsearch.records.filters import Filters
from kbsearch.search.results import RESULTS_LIMIT, SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from quality_measure.losses import Loss, rank_of, wrong
from quality_measure.scores import Ranking
from quality_measure.workloads import NOISY, Workload

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Answers:
    """What a workload was answered, query by query, and how long each new text took.

    typed    with tolerance, for the text as it is typed.
    plain    without, for what was meant.
    seconds  of the searches with tolerance; a text that was asked before is not asked again.
    """

    typed: tuple[Ranking, ...]
    plain: tuple[Ranking, ...]
    seconds: tuple[float, ...]


class Ours:
    """Asks one knowledge base everything once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._known: dict[tuple[str, tuple[str, ...], bool], Ranking] = {}

    def answers(self, workload: Workload) -> Answers:
        """Answer the queries of a workload."""
        seconds: list[float] = []
        typed = [
            self._ranking(query.text, workload.kinds, True, seconds) for query in workload.queries
        ]
        plain = [
            self._ranking(query.meant, workload.kinds, False, []) for query in workload.queries
        ]
        return Answers(tuple(typed), tuple(plain), tuple(seconds))

    def losses(self, workload: Workload, answers: Answers, most: int) -> list[Loss]:
        """Return the first queries whose ticket tolerance does not bring back."""
        if workload.name not in NOISY:
            return []
        return list(islice(self._losses(workload, answers), most))

    def _losses(self, workload: Workload, answers: Answers) -> Iterator[Loss]:
        index = snapshot(self._kb)
        asked = zip(workload.queries, answers.typed, answers.plain, strict=True)
        for query, typed, plain in asked:
            before = rank_of(query, plain)
            if before is None or rank_of(query, typed) is not None:
                continue
            far = self._search(query.text, workload.kinds, True, RESULTS_LIMIT)
            clauses = plan_of(index, query.text, tolerant=True).clauses
            now = rank_of(query, far)
            name = f"{workload.collection} {workload.name}"
            yield Loss(name, query, before, now, wrong(query, clauses))

    def _ranking(
        self, text: str, kinds: tuple[str, ...], tolerant: bool, seconds: list[float]
    ) -> Ranking:
        key = (text, kinds, tolerant)
        if key not in self._known:
            start = time.perf_counter()
            self._known[key] = self._search(text, kinds, tolerant, DEPTH)
            seconds.append(time.perf_counter() - start)
        return self._known[key]

    def _search(self, text: str, kinds: Sequence[str], tolerant: bool, limit: int) -> Ranking:
        """Return references as labels write them; what is no query finds nothing."""
        request = SearchRequest(text, Filters(kinds=tuple(kinds)), limit, tolerant)
        try:
            hits = self._kb.local.searching.search(request).hits
        except QueryInvalid:
            return ()
        return [document(hit.ticket.reference) for hit in hits]
