"""Part `adds`: how soon another process finds a new ticket, and what a thousand of them cost."""

import math
import multiprocessing
import shutil
import statistics
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmark.desk import opened, prepared
from benchmark.figures import Table, median_latency, ratio
from benchmark.options import Options
from benchmark.processes import apart
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.privacy.redact import redact
from kbsearch.records.ticket import StoredTicket, TicketFields
from kbsearch.runtime.server import collect_seldom
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.services.parts import Parts
from kbsearch.settings import Settings
from kbsearch.store.store import Store

_GIVEN_UP = 10.0
"""Seconds after which a ticket counts as not found: infinity in the table."""
_PAUSE = 0.001
"""Seconds from an answer without the ticket to the next question."""
_WARMING = 50
_ASKED = 300
"""Queries before the adds, and again after them."""


class Added(NamedTuple):
    """Seconds of each add: until the call returned, and from its commit until it was found.

    before, after  seconds of whole searches in the other process.
    """

    calls: list[float]
    found: list[float]
    before: list[float]
    after: list[float]


@dataclass(frozen=True, slots=True)
class Find:
    """Ask for this code until the ticket is among the hits; answered with the time of that."""

    code: str


@dataclass(frozen=True, slots=True)
class Search:
    """Search each of these texts; answered with the seconds that each took."""

    texts: list[str]


def measure(options: Options) -> list[Table]:
    """Return one table: the adds, and the searches before and after them."""
    prepared(options.home, options.collection.file)
    runs = [apart(one_run, options) for _ in range(options.runs)]
    calls, found, before, after = map(_row, zip(*runs, strict=True))
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
    return took.p50, took.p95, statistics.median(1000 * max(seconds) for seconds in runs)


def one_run(options: Options) -> Added:
    """Add tickets to a copy of the knowledge base while another process asks for each."""
    home = options.work / "adds"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(options.home, home)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    other = context.Process(target=answer, args=(home, theirs))
    other.start()
    theirs.close()  # so that the pipe ends when the other process does
    try:
        return _add(options, home, ours)
    finally:
        ours.close()
        other.join()
        shutil.rmtree(home)


def answer(home: Path, asked: Connection) -> None:
    """Answer what comes through the pipe until it is closed: the process that serves."""
    with opened(home) as kb, suppress(EOFError):
        collect_seldom()  # as every worker of the server does
        while True:
            match asked.recv():
                case Find(code):
                    asked.send(_until_found(kb, code))
                case Search(texts):
                    asked.send([_seconds(kb, text) for text in texts])


def _add(options: Options, home: Path, other: Connection) -> Added:
    queries = options.collection.queries("knownitem")
    warming = min(_WARMING, len(queries) // 2)
    measured = Search(queries[warming : warming + _ASKED])
    _asked(other, Search(queries[:warming]))
    before = _asked(other, measured)
    calls, found = [], []
    store = _ClockedStore.open(Settings(home=home, database_url="").store_url, redact=redact)
    with closing(_knowledge_base(home, store)) as kb:
        collect_seldom()
        texts = islice(cycle(options.collection.texts()), options.adds)
        for number, text in enumerate(texts):
            code = f"ADD-{number:06}"
            other.send(Find(code))
            start = time.perf_counter()
            kb.local.tickets.add(TicketFields(reference=code, problem=text, source="benchmark"))
            calls.append(time.perf_counter() - start)
            found.append(other.recv() - store.committed)
    return Added(calls, found, before, _asked(other, measured))


def _asked(other: Connection, question: Search) -> list[float]:
    other.send(question)
    seconds: list[float] = other.recv()
    return seconds


def _until_found(kb: KnowledgeBase, code: str) -> float:
    """Return when the ticket was among the hits, by the clock that all processes share.

    A ticket that is not found counts as found at infinity.
    """
    end = time.perf_counter() + _GIVEN_UP
    while time.perf_counter() < end:
        hits = kb.local.searching.search(SearchRequest(code)).hits
        if any(hit.ticket.reference == code for hit in hits):
            return time.perf_counter()
        time.sleep(_PAUSE)
    return math.inf


def _seconds(kb: KnowledgeBase, text: str) -> float:
    start = time.perf_counter()
    kb.local.searching.search(SearchRequest(text))
    return time.perf_counter() - start


class _ClockedStore(Store):
    """A store that remembers when it committed its last ticket."""

    committed = math.nan

    def create(self, fields: TicketFields, *, in_any_source: bool = False) -> StoredTicket:
        """Save one new ticket."""
        created = super().create(fields, in_any_source=in_any_source)
        self.committed = time.perf_counter()
        return created


def _knowledge_base(home: Path, store: Store) -> KnowledgeBase:
    settings = Settings(home=home, database_url="")
    return KnowledgeBase(Parts.over(settings, store, WhooshEngine(settings.index_folder)))
