"""Ask the other systems what ours was asked."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring.dataset import NOISY, Dataset
from measuring.knowledge_base import opened, prepared
from measuring.peers import registry, whoosh_index
from measuring.peers.ours import OurRankings
from measuring.peers.system import System
from measuring.relevance.scores import QueryScores, score
from measuring.relevance.workloads import Workload

SAMPLE = 5_000
"""Tickets for Whoosh as shipped, which takes a quarter of a second for a query over them."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another system on a workload, and ours on the same queries and tickets.

    every    of how many queries it was asked one.
    tickets  among how many tickets both searched, 0 for all.
    """

    theirs: QueryScores
    ours: QueryScores
    every: int = 1
    tickets: int = 0


Rivals = Mapping[str, Rival]
"""System -> what it made of a workload."""


def measure_rivals(
    dataset: Dataset, workloads: Sequence[Workload], ours: Sequence[QueryScores]
) -> Sequence[Rivals]:
    """Return the rivals of each workload; their indexes are temporary."""
    references = [ticket.reference for ticket in dataset.tickets()]
    with TemporaryDirectory() as folder:
        systems = list(registry.installed("ranked", dataset, Path(folder)))
        found: list[dict[str, Rival]] = [
            {
                each.name: Rival(_asked(each, references, one), mine.every(each.every), each.every)
                for each in systems
                if one.name in each.workloads
            }
            for one, mine in zip(workloads, ours, strict=True)
        ]
    noisy = [number for number, one in enumerate(workloads) if one.name in NOISY]
    sampled = _measure_sample(dataset, [workloads[number] for number in noisy]) if noisy else ()
    for number, rival in zip(noisy, sampled, strict=True):
        found[number][whoosh_index.NAME] = rival
    return found


def _measure_sample(dataset: Dataset, workloads: Sequence[Workload]) -> Iterator[Rival]:
    """Yield what Whoosh as shipped, and ours, make of each workload over a sample of tickets.

    In the sample are the tickets that its queries look for, and the first of the others.
    """
    every = whoosh_index.EVERY
    asked = [replace(one, queries=one.queries[::every]) for one in workloads]
    wanted = {one for some in asked for query in some.queries for one in query.labels}
    with TemporaryDirectory() as name:
        folder = Path(name)
        sample = dataset.sample(wanted, SAMPLE, folder)
        references = [ticket.reference for ticket in sample.tickets()]
        system = whoosh_index.ranked(sample.tickets(), folder)
        with opened(prepared(folder / "kbsearch", sample.file)) as kb:
            ours = OurRankings(kb)
            for one in asked:
                texts = [query.text for query in one.queries]
                mine = score(one.queries, ours.of(texts, one.kinds, tolerant=True)[0])
                yield Rival(_asked(system, references, one), mine, every, len(references))


def _asked(system: System, references: Sequence[str], workload: Workload) -> QueryScores:
    print(f"{workload}: {system.name}", file=sys.stderr, flush=True)
    queries = workload.queries[:: system.every]
    return score(
        queries,
        [[references[number] for number in system.answer(query.text)] for query in queries],
    )
