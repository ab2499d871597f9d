"""Measure part `adds`: how soon another process finds a new ticket, and what a thousand cost."""

import math
import shutil
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from kbsearch.privacy.tickets import TicketMasking
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.runtime.server import collect_seldom
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.services.parts import Parts
from kbsearch.store.store import Store
from measuring.knowledge_base import prepared, settings
from measuring.processes import apart, fresh
from measuring.speed.options import SpeedOptions
from measuring.speed.timing import median_latency, ratio
from measuring.table import Table

_GIVEN_UP = 10.0
"""Seconds after which a ticket counts as not found: infinity in the table."""
_PAUSE = 0.001
"""Seconds from an answer without the ticket to the next question."""
_WARMING = 50
_ASKED = 300
"""Queries before the adds, and again after them."""

MASKING = TicketMasking(Masker(Rules()))


class AddTimes(NamedTuple):
    """Seconds of each add: until the call returned, and from its commit until it was found.

    before, after  seconds of whole searches in the other process.
    """

    found: list[float]
    calls: list[float]
    before: list[float]
    after: list[float]


def measure(options: SpeedOptions) -> list[Table]:
    """Return one table: the adds, and the searches before and after them."""
    prepared(options.home, options.collection.file)
    runs = [apart(one_run, options) for _ in range(options.runs)]
    found, calls, before, after = map(_row, zip(*runs, strict=True))
    rows = [
        ("from its commit until found elsewhere", *found),
        ("until the call that adds it returned", *calls),
        ("a search in the other process, before", *before),
        (f"the same searches after {options.adds:,} adds", *after),
        ("after / before", *map(ratio, after, before)),
    ]
    title = f"{options.adds:,} tickets added one by one (ms)"
    return [Table(title, ("what", "p50", "p95", "most"), rows)]


def _row(runs: Sequence[list[float]]) -> tuple[float, float, float]:
    """Return p50, p95 and the most in milliseconds, each the median of the runs."""
    took = median_latency(runs)
    return took.p50, took.p95, median(1000 * max(seconds) for seconds in runs)


def one_run(options: SpeedOptions) -> AddTimes:
    """Add tickets to a copy of the knowledge base while another process asks for each."""
    home = options.work / "adds"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(options.home, home)
    queries = options.collection.texts("knownitem")
    warming = min(_WARMING, len(queries) // 2)
    measured = queries[warming : warming + _ASKED]
    texts = islice(cycle(ticket.text for ticket in options.collection.tickets()), options.adds)
    with fresh() as other:
        other.submit(search_all, home, queries[:warming]).result()
        before = other.submit(search_all, home, measured).result()
        found, calls = _add(home, texts, other)
        after = other.submit(search_all, home, measured).result()
    shutil.rmtree(home)
    return AddTimes(found, calls, before, after)


def _add(
    home: Path, texts: Iterable[str], other: ProcessPoolExecutor
) -> tuple[list[float], list[float]]:
    """Return the seconds until the other process had each ticket, and those of each call."""
    found, calls = [], []
    ours = settings(home)
    store = _ClockedStore.open(ours.store_url, masking=MASKING)
    parts = Parts.over(ours, store, WhooshEngine(ours.index_folder), MASKING)
    collect_seldom()
    with closing(KnowledgeBase(parts)) as kb:
        for number, text in enumerate(texts):
            code = f"ADD-{number:06}"
            moment = other.submit(until_found, home, code)
            start = time.perf_counter()
            kb.local.tickets.add(TicketFields(reference=code, problem=text, source="benchmark"))
            calls.append(time.perf_counter() - start)
            found.append(moment.result() - store.committed)
    return found, calls


@cache
def served(home: Path) -> KnowledgeBase:
    """Return the knowledge base of the process that searches, opened once."""
    collect_seldom()  # as every worker of the server does
    return KnowledgeBase.open(settings(home))


def until_found(home: Path, code: str) -> float:
    """Return when the ticket was among the hits, by the clock that all processes share.

    A ticket that is not found counts as found at infinity.
    """
    search = served(home).local.searching.search
    end = time.perf_counter() + _GIVEN_UP
    while time.perf_counter() < end:
        if any(hit.ticket.reference == code for hit in search(SearchRequest(code)).hits):
            return time.perf_counter()
        time.sleep(_PAUSE)
    return math.inf


def search_all(home: Path, texts: list[str]) -> list[float]:
    """Return the seconds that a search for each text takes."""
    seconds = []
    for text in texts:
        start = time.perf_counter()
        served(home).local.searching.search(SearchRequest(text))
        seconds.append(time.perf_counter() - start)
    return seconds


class _ClockedStore(Store):
    """A store that remembers when it committed its last ticket."""

    committed = math.nan

    def create(self, fields: TicketFields, *, in_any_source: bool = False) -> StoredTicket:
        """Save one new ticket."""
        created = super().create(fields, in_any_source=in_any_source)
        self.committed = time.perf_counter()
        return created
