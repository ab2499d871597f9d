"""Measure ours: the scoring of ready plans, and whole searches."""

import time
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from kbsearch.engines.plan import Plan
from kbsearch.errors import QueryInvalid
from kbsearch.evaluation.trec import document
from kbsearch.records.filters import Filters
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from measuring.knowledge_base import plan_of, snapshot
from measuring.peers.system import Ask, System

OURS = ("ours, plain plan", "ours, tolerant plan", "ours, whole search")


def timed(kb: KnowledgeBase, run: int) -> list[System]:
    """Return ours as systems: the scoring of a ready plan, and the whole search.

    They share the queries out among them, in another way each run: whatever one of them left
    warm about a query cannot help the next.
    """
    index = snapshot(kb)

    def score(plan: Plan) -> Ask:
        return lambda: [one.ticket_id for one in index.search(plan, limit=10).scored]

    def plain(text: str) -> Ask:  # no peer counts which words are neighbours
        return score(replace(plan_of(index, text, tolerant=False), pairs=()))

    def tolerant(text: str) -> Ask:
        return score(plan_of(index, text, tolerant=True))

    def whole(text: str) -> Ask:
        search = partial(kb.local.searching.search, SearchRequest(text))
        return lambda: [hit.ticket.id for hit in search().hits]

    ways = zip(OURS, (plain, tolerant, whole), strict=True)
    return [System(name, ready, 3, run + place) for place, (name, ready) in enumerate(ways)]


class OurRankings:
    """Ranks tickets by whole searches; a text that was asked before is not asked again."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._known: dict[tuple[str, tuple[str, ...], bool], list[str]] = {}

    def of(
        self, texts: Iterable[str], kinds: tuple[str, ...], *, tolerant: bool
    ) -> tuple[list[list[str]], list[float]]:
        """Return the first ten for each text, and the seconds that each new text took."""
        rankings, seconds = [], []
        for text in texts:
            key = (text, kinds, tolerant)
            if key not in self._known:
                start = time.perf_counter()
                self._known[key] = self.ranking(text, kinds, tolerant=tolerant)
                seconds.append(time.perf_counter() - start)
            rankings.append(self._known[key])
        return rankings, seconds

    def ranking(
        self, text: str, kinds: tuple[str, ...], *, tolerant: bool, limit: int = 10
    ) -> list[str]:
        """Return references as labels write them; text that is no query finds nothing."""
        request = SearchRequest(text, Filters(kinds=kinds), limit, tolerant)
        try:
            hits = self._kb.local.searching.search(request).hits
        except QueryInvalid:
            return []
        return [document(hit.ticket.reference) for hit in hits]
