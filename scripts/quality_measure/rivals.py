"""Ask the other systems what ours was asked."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmark.desk import opened, prepared
from quality_measure.ours import Ours
from quality_measure.peers import registry, whoosh_tolerant
from quality_measure.peers.system import System
from quality_measure.scores import Scores, scores
from quality_measure.tickets import FILE, Tickets, read_tickets, write_sample
from quality_measure.workloads import NOISY, Workload

SAMPLE = 5_000
"""Tickets for Whoosh as shipped, which takes a quarter of a second for a query over them."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another system on a workload, and ours on the same queries and tickets.

    every    of how many queries it was asked one.
    tickets  among how many tickets both searched, 0 for all.
    """

    theirs: Scores
    ours: Scores
    every: int = 1
    tickets: int = 0


Rivals = Mapping[str, Rival]
"""System -> what it made of a workload."""


def measure_rivals(
    collection: Path, workloads: Sequence[Workload], ours: Sequence[Scores]
) -> Sequence[Rivals]:
    """Return the rivals of each workload; their indexes are made for this and thrown away."""
    tickets = read_tickets(collection / FILE)
    with TemporaryDirectory() as folder:
        systems = registry.installed(tickets, Path(folder))
        found: list[dict[str, Rival]] = [
            {
                each.name: Rival(_asked(each, tickets, one), mine.every(each.every), each.every)
                for each in systems
                if one.name in each.workloads
            }
            for one, mine in zip(workloads, ours, strict=True)
        ]
    noisy = [number for number, one in enumerate(workloads) if one.name in NOISY]
    sampled = measure_sample(collection, [workloads[number] for number in noisy]) if noisy else ()
    for number, rival in zip(noisy, sampled, strict=True):
        found[number][whoosh_tolerant.NAME] = rival
    return found


def measure_sample(collection: Path, workloads: Sequence[Workload]) -> Iterator[Rival]:
    """Yield what Whoosh as shipped, and ours, make of each workload over a sample of tickets.

    In the sample are the tickets that its queries look for, and the first of the others.
    """
    every = whoosh_tolerant.EVERY
    asked = [replace(one, queries=one.queries[::every]) for one in workloads]
    wanted = {one for some in asked for query in some.queries for one in query.labels}
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_sample(collection / FILE, wanted, SAMPLE, folder / FILE)
        tickets = read_tickets(folder / FILE)
        system = whoosh_tolerant.system(tickets, folder)
        with opened(prepared(folder / "kbsearch", folder / FILE)) as kb:
            ours = Ours(kb)
            for one in asked:
                mine = scores(one.queries, ours.answers(one).typed)
                theirs = _asked(replace(system, every=1), tickets, one)
                yield Rival(theirs, mine, every, len(tickets.texts))


def _asked(system: System, tickets: Tickets, workload: Workload) -> Scores:
    print(f"{workload.collection} {workload.name}: {system.name}", file=sys.stderr, flush=True)
    queries = workload.queries[:: system.every]
    rankings = [
        [tickets.references[number] for number in system.answer(query.text)] for query in queries
    ]
    return scores(queries, rankings)
