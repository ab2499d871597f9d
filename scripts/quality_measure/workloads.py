"""Labelled queries as they lie in a folder, and what plain BM25 is told to make of them."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from kbsearch.evaluation.metrics import Labels
from kbsearch.evaluation.trec import parse_qrels, parse_queries
from quality_measure.changes import Change, parse_changes

CLEAN = ("clean", "knownitem", "article")
"""Workloads that nobody changed: there tolerance can only cost."""
NOISY = ("misspelt", "soundalike", "natural", "ukus")
ARTICLES = "article"
"""The workload whose labels are help articles, so that only those are searched."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its labels.

    meant    the text without its misspellings; the text itself if nobody changed it.
    changes  none if nobody changed it.
    """

    qid: str
    text: str
    meant: str
    labels: Labels
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Workload:
    """The queries of one kind over one collection.

    kinds        the kinds of tickets that are searched, none for all.
    baseline     nDCG@10 of plain BM25 over the queries, None if nobody tells.
    most_before  success@10 of plain BM25 over what was meant, 0 if nobody tells.
    """

    collection: str
    name: str
    queries: tuple[Query, ...]
    kinds: tuple[str, ...] = ()
    baseline: float | None = None
    most_before: float = 0.0


def read_workload(folder: Path, name: str, first: int | None) -> Workload:
    """Read a workload of a collection, all of it or its first queries.

    What the README.md above the collection tells of plain BM25 is of all queries, so it is left
    out when only the first are read. Raises FileUnreadable or ValueError, naming what is wrong.
    """
    place = folder / "queries" / name
    lines = {path.name: _lines(path) for path in place.iterdir()}
    texts = parse_queries(lines["queries.tsv"], str(place / "queries.tsv"))
    labels = parse_qrels(lines["qrels.tsv"], str(place / "qrels.tsv"))
    changes = {row[0]: row for row in _rows(lines.get("changes.tsv", []))}
    queries = tuple(
        _query(qid, text, labels.get(qid, {}), changes.get(qid))
        for qid, text in list(texts.items())[:first]
    )
    figures = {} if first else read_baselines(folder)
    baseline, before = figures.get(name, (None, 0.0))
    kinds = (ARTICLES,) if name == ARTICLES else ()
    return Workload(folder.name, name, queries, kinds, baseline, before)


def read_baselines(collection: Path) -> dict[str, tuple[float, float]]:
    """Return nDCG@10 of plain BM25, and its success@10 over what was meant, by workload.

    They stand in a table of the README.md above the collection; none if there is none.
    """
    readme = collection.parent / "README.md"
    found = {}
    for line in _lines(readme) if readme.exists() else ():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[0] == collection.name and len(cells) >= 10:
            found[cells[1]] = float(cells[4]), float(cells[9] or 0)
    return found


def _query(qid: str, text: str, labels: Labels, change: list[str] | None) -> Query:
    if change is None:
        return Query(qid, text, text, labels)
    changes = parse_changes(change[3])
    return Query(qid, text, _meant(text, change[2], changes), labels, changes)


def _meant(text: str, before: str, changes: tuple[Change, ...]) -> str:
    """Return what was meant: the text before it was changed, or put right if it was so typed."""
    if before != text:
        return before
    for change in changes:
        wrong = re.compile(rf"(?<!\w){re.escape(change.replacement)}(?!\w)", re.IGNORECASE)
        before = change.word.join(wrong.split(before))
    return before


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)


def _rows(lines: list[str]) -> list[list[str]]:
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
