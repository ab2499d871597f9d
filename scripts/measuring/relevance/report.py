"""Make the tables that are printed: what is found and kept, what it costs, what others find."""

from collections.abc import Sequence

import numpy as np

from kbsearch.evaluation.latency import latency
from measuring.dataset import CLEAN, NOISY
from measuring.peers import registry
from measuring.relevance.changes import WordChange
from measuring.relevance.measure import Measured
from measuring.relevance.pooling import Masks, keep_ratio, places, rivals_of
from measuring.relevance.resampling import Estimate, Paired, mean, ratio_of_sums
from measuring.table import Cell, Rows, Table

BM25 = "bm25s"
_WARMING = 200
"""Searches that only warm up; they do not count in the latencies."""
_MOST_EDITS = 3


def tables(measured: Sequence[Measured]) -> list[Table]:
    """Return all of them that have a row."""
    made = (rankings, costs, compared, origins, latencies)
    return [table for table in (make(measured) for make in made) if table.rows]


def rankings(measured: Sequence[Measured]) -> Table:
    """Show how good the rankings are."""
    rows: Rows = []
    for name, some in places(measured):
        found = [(*one.ours, one.plain.ndcg, one.plain.success) for one in some]
        values = [np.concatenate(each) for each in zip(*found, strict=True)]
        keep = keep_ratio(some) if some[0].workload.name in NOISY else None
        means = (float(each.mean()) for each in values)
        rows.append((name, values[0].size, *means, *_bounds(keep)))
    columns = ("workload", "queries", "nDCG@10", "MRR@10", "S@10", "plain nDCG", "S@10")
    note = (
        "plain: tolerance off, for what was meant. keep: S@10 over the plain S@10, or over that of"
        " BM25 for what was meant where it is greater, with the 95 % interval."
    )
    title = "What is found, and what misspelling leaves of it"
    return Table(title, (*columns, "keep", "from", "to"), rows, [note])


def costs(measured: Sequence[Measured]) -> Table:
    """Show what tolerance costs where nothing is misspelt, and how plain BM25 does there."""
    rows: Rows = []
    for name, some in places([one for one in measured if one.workload.name in CLEAN]):
        change = mean([one.ours.ndcg - one.plain.ndcg for one in some])
        gone = sum(len(one.gone) for one in some)
        groups = [_over_bm25(one) for one in some]
        known = [group for group in groups if group is not None]
        times = ratio_of_sums(known) if len(known) == len(groups) else None
        rows.append((name, *_bounds(change), gone, *_bounds(times)))
    columns = ("workload", "on - off", "from", "to", "gone", "ours / BM25", "from", "to")
    note = (
        "on - off: nDCG@10 with tolerance less that without. gone: queries whose plain first three"
        " are not all in the tolerant first ten. ours / BM25: nDCG@10 over that of plain BM25; from"
        " and to are narrow if only its mean is known, from the data's README."
    )
    return Table("What tolerance costs where nothing is misspelt", columns, rows, [note])


def compared(measured: Sequence[Measured]) -> Table:
    """Show how the other systems do where words are misspelt."""
    rows: Rows = []
    for name, some in places([one for one in measured if one.workload.name in NOISY]):
        for rival in rivals_of(some):
            rows.append((f"{name}: {rival}", *_against(some, rival)))
    note = (
        "ours: nDCG@10 of ours over the same queries and tickets. keep: of the other system, over"
        " the same as ours."
    )
    columns = ("workload: system", "queries", "nDCG@10", "ours", "ours - it", "from", "to", "keep")
    notes = [note, *_samples(measured), *registry.missing_note()]
    return Table("Other systems where words are misspelt", columns, rows, notes)


def origins(measured: Sequence[Measured]) -> Table:
    """Show what is kept of each source of misspellings and of each distance."""
    rows: Rows = []
    for workload in NOISY:
        some = [one for one in measured if one.workload.name == workload]
        labels = [[_origins(query.changes) for query in one.workload.queries] for one in some]
        for origin in sorted({origin for each in labels for found in each for origin in found}):
            masks = [np.array([origin in found for found in each]) for each in labels]
            queries = sum(int(mask.sum()) for mask in masks)
            keep = _bounds(keep_ratio(some, masks=masks))
            rows.append((f"{workload} {origin}", queries, *keep, *_best_rival(some, masks)))
    note = (
        "A query with two misspellings counts in the rows of all their sources, and for its edits"
        " with the greater number."
    )
    title = "What is kept, by source of the misspelling and by edits (OSA)"
    columns = ("misspelling", "queries", "keep", "from", "to", "best other", "keeps")
    return Table(title, columns, rows, [note])


def latencies(measured: Sequence[Measured]) -> Table:
    """Show how long the searches with tolerance took, each of a text that was new."""
    rows: Rows = []
    for collection in dict.fromkeys(one.workload.collection for one in measured):
        some = [one for one in measured if one.workload.collection == collection]
        seconds = [second for one in some for second in one.seconds]
        took = latency(seconds[min(_WARMING, len(seconds) // 2) :])
        rows.append((collection, len(seconds), took.p50, took.p95, took.p99))
    note = (
        f"The first {_WARMING} only warm up. Collections are searched at once: for times that mean"
        " something, measure one alone."
    )
    title = "How long a search with tolerance takes (ms)"
    return Table(title, ("collection", "texts", "p50", "p95", "p99"), rows, [note])


def _over_bm25(one: Measured) -> Paired | None:
    """Return nDCG@10 of ours and of plain BM25, measured or from the data, if known."""
    if BM25 in one.rivals:
        return Paired(one.ours.ndcg, one.rivals[BM25].theirs.ndcg)
    if one.workload.baseline is None:
        return None
    return Paired(one.ours.ndcg, np.full(one.ours.ndcg.size, one.workload.baseline))


def _against(some: Sequence[Measured], rival: str) -> Sequence[Cell]:
    found = [one.rivals[rival] for one in some]
    theirs = np.concatenate([one.theirs.ndcg for one in found])
    ours = np.concatenate([one.ours.ndcg for one in found])
    ahead = mean([one.ours.ndcg - one.theirs.ndcg for one in found])
    keep = None if found[0].tickets else keep_ratio(some, rival)
    means = float(theirs.mean()), float(ours.mean())
    return (theirs.size, *means, *_bounds(ahead), keep.value if keep else None)


def _samples(measured: Sequence[Measured]) -> list[str]:
    """Return a sentence for each system that was not asked everything."""
    found = {name: rival for one in measured for name, rival in one.rivals.items()}
    return [
        f"{name}: every {rival.every}th query"
        + (f", {rival.tickets:,} tickets of each collection only." if rival.tickets else ".")
        for name, rival in found.items()
        if rival.every > 1
    ]


def _best_rival(some: Sequence[Measured], masks: Masks) -> tuple[Cell, Cell]:
    """Return the system that keeps the most of these queries, of those that were asked all."""
    asked = [name for name in rivals_of(some) if some[0].rivals[name].every == 1]
    kept = {name: keep_ratio(some, name, masks) for name in asked}
    values = [(keep.value, name) for name, keep in kept.items() if keep is not None]
    value, name = max(values, default=(None, None))
    return name, value


def _origins(changes: Sequence[WordChange]) -> set[str]:
    """Return the rows in which a query counts."""
    edits = min(max(change.edits for change in changes), _MOST_EDITS)
    more = "+" if edits == _MOST_EDITS else ""
    return {source for change in changes for source in change.sources} | {f"edits: {edits}{more}"}


def _bounds(estimate: Estimate | None) -> tuple[float, ...] | tuple[None, ...]:
    return estimate or (None, None, None)
