"""Read labelled queries, and what plain BM25 makes of them by the data's own account."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from kbsearch.evaluation.metrics import Labels
from kbsearch.evaluation.trec import parse_qrels
from measuring.dataset import ARTICLES, Dataset
from measuring.relevance.changes import WordChange, parse_changes


@dataclass(frozen=True, slots=True)
class LabelledQuery:
    """A query with its labels.

    meant    the text without its misspellings; the text itself if nothing was changed.
    changes  empty if nothing was changed.
    """

    qid: str
    text: str
    meant: str
    labels: Labels
    changes: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Workload:
    """The queries of one kind over one collection.

    kinds        the kinds of tickets that are searched, none for all.
    baseline     nDCG@10 of plain BM25 over the queries, None if it is not known.
    most_before  success@10 of plain BM25 over what was meant, 0 if it is not known.
    """

    collection: str
    name: str
    queries: tuple[LabelledQuery, ...]
    kinds: tuple[str, ...] = ()
    baseline: float | None = None
    most_before: float = 0.0

    def __str__(self) -> str:
        return f"{self.collection} {self.name}"


def read_workload(dataset: Dataset, name: str, first: int | None) -> Workload:
    """Read a workload of a collection, all of it or its first queries.

    The figures of plain BM25 in the README.md above the collection are of all queries, so they are
    left out when only the first are read. Raises FileUnreadable or ValueError, naming the mistake.
    """
    folder = dataset.folder
    place = folder / "queries" / name
    labels = parse_qrels(_lines(place / "qrels.tsv"), str(place / "qrels.tsv"))
    rows = csv.reader(_lines(place / "changes.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE)
    changes = {row[0]: row for row in rows}
    queries = tuple(
        _query(qid, text, labels.get(qid, {}), changes.get(qid))
        for qid, text in list(dataset.queries(name).items())[:first]
    )
    figures = {} if first else read_baselines(folder)
    kinds = (ARTICLES,) if name == ARTICLES else ()
    return Workload(folder.name, name, queries, kinds, *figures.get(name, (None, 0.0)))


def read_baselines(folder: Path) -> dict[str, tuple[float, float]]:
    """Return nDCG@10 of plain BM25, and its success@10 over what was meant, by workload.

    The table in the README.md above the collection has them; none if there is none.
    """
    found = {}
    for line in _lines(folder.parent / "README.md"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[0] == folder.name and len(cells) >= 10:
            found[cells[1]] = float(cells[4]), float(cells[9] or 0)
    return found


def _query(qid: str, text: str, labels: Labels, change: list[str] | None) -> LabelledQuery:
    if change is None:
        return LabelledQuery(qid, text, text, labels)
    changes = parse_changes(change[3])
    return LabelledQuery(qid, text, _meant(text, change[2], changes), labels, changes)


def _meant(text: str, before: str, changes: tuple[WordChange, ...]) -> str:
    """Return the text before it was changed, or corrected if its author misspelt it."""
    if before != text:
        return before
    for change in changes:
        wrong = re.compile(rf"(?<!\w){re.escape(change.replacement)}(?!\w)", re.IGNORECASE)
        before = change.word.join(wrong.split(before))
    return before


def _lines(path: Path) -> list[str]:
    """Return the lines of a file, none if it does not exist."""
    return path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
