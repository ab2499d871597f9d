"""Searching a file of queries, one after the other."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click

from kbsearch.cli.options import KIND, Number, grouped, limit_option, plain_option
from kbsearch.cli.progress import stage_bars
from kbsearch.errors import QueryInvalid
from kbsearch.evaluation.trec import parse_queries
from kbsearch.progress import Stage
from kbsearch.records.filters import Filters
from kbsearch.search.results import SearchRequest
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.text_files import read_lines


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a file of queries is searched.

    first  how many of its queries, None for all of them.
    """

    kinds: tuple[str, ...]
    limit: int
    plain: bool
    first: int | None


@dataclass(slots=True)
class BatchResult:
    """What a file of queries gave.

    rankings  query id -> (reference, score), best first; none for a refused query.
    seconds   how long each search took, refused ones left out.
    refused   query id -> why it could not be searched.
    """

    rankings: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def without_hits(self) -> int:
        """How many of the searches found nothing."""
        return sum(not ranking for ranking in self.rankings.values())


batch_options = grouped(
    "options",
    BatchOptions,
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=KIND,
        help="Search only tickets, or only articles.",
    ),
    limit_option,
    plain_option,
    click.option("--first", type=Number(1), metavar="N", help="Only so many queries of the file."),
)
"""Gives a command the argument `options`."""


def load_queries(path: Path, first: int | None) -> dict[str, str]:
    """Return query id -> text of the first queries of a file, or of all."""
    return dict(islice(parse_queries(read_lines(path), str(path)).items(), first))


def search_all(kb: KnowledgeBase, queries: Mapping[str, str], options: BatchOptions) -> BatchResult:
    """Search each query as it is.

    One search before the first opens the index and is not counted. A query that the service
    refuses is noted and the others go on.
    """
    batch = BatchResult()
    requests = {
        qid: SearchRequest(
            text, Filters(kinds=options.kinds), limit=options.limit, tolerant=not options.plain
        )
        for qid, text in queries.items()
    }
    for request in islice(requests.values(), 1):
        _search_one(kb, "", request, BatchResult())
    with stage_bars() as progress:
        for done, (qid, request) in enumerate(requests.items(), start=1):
            _search_one(kb, qid, request, batch)
            progress(Stage.SEARCHING, done, len(requests))
    return batch


def _search_one(kb: KnowledgeBase, qid: str, request: SearchRequest, batch: BatchResult) -> None:
    start = time.perf_counter()
    try:
        hits = kb.local.searching.search(request).hits
    except QueryInvalid as error:
        batch.refused[qid] = str(error)
        return
    batch.seconds.append(time.perf_counter() - start)
    batch.rankings[qid] = [(hit.ticket.reference, hit.score) for hit in hits]
