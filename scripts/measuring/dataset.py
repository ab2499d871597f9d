"""Read a collection: its tickets, and the queries of its workloads."""

import gzip
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from kbsearch.evaluation.trec import document, parse_queries

ARTICLES = "article"
"""The workload whose labels are help articles, so that only those are searched."""
CLEAN = ("clean", "knownitem", ARTICLES)
"""Workloads with unchanged queries: there tolerance can only cost."""
NOISY = ("misspelt", "soundalike", "natural", "ukus")
_SECTIONS = ("subject", "body", "resolution")


class TicketText(NamedTuple):
    """A ticket as the peers get it.

    reference  as labels write it.
    text       subject, body and resolution in one.
    """

    reference: str
    text: str
    is_article: bool


@dataclass(frozen=True, slots=True)
class Dataset:
    """A collection: tickets.jsonl.gz and queries/<workload>/queries.tsv (query id, tab, text)."""

    folder: Path

    @property
    def file(self) -> Path:
        """The tickets, one JSON object a line, gzip."""
        return self.folder / "tickets.jsonl.gz"

    def tickets(self) -> Iterator[TicketText]:
        """Yield the tickets; peers answer with the number of a ticket in this order, from 0."""
        for line in self._lines():
            row = json.loads(line)
            text = " ".join(filter(None, map(row.get, _SECTIONS)))
            yield TicketText(document(row["id"]), text, row.get("kind") == "article")

    def queries(self, workload: str) -> dict[str, str]:
        """Return query id -> text."""
        path = self.folder / "queries" / workload / "queries.tsv"
        return parse_queries(path.read_text("utf-8").splitlines(keepends=True), str(path))

    def texts(self, *workloads: str, most: int | None = None) -> list[str]:
        """Return the distinct queries of workloads, one of each in turn, at most so many of each.

        workloads  all of them if none is given.
        """
        names = workloads or sorted(path.name for path in (self.folder / "queries").iterdir())
        each = [list(dict.fromkeys(self.queries(name).values()))[:most] for name in names]
        turns = dict.fromkeys(chain.from_iterable(zip_longest(*each)))
        return [text for text in turns if text is not None]

    def sample(self, wanted: Collection[str], size: int, folder: Path) -> "Dataset":
        """Write the wanted tickets to a folder, and the first others until there are `size`."""
        rows = [(document(json.loads(line)["id"]) in wanted, line) for line in self._lines()]
        left = size - sum(is_wanted for is_wanted, _ in rows)
        kept = []
        for is_wanted, line in rows:
            if is_wanted or left > 0:
                kept.append(line)
                left -= not is_wanted
        made = Dataset(folder)
        write_lines(made.file, kept)
        return made

    def _lines(self) -> Iterator[str]:
        with gzip.open(self.file, "rt", encoding="utf-8") as lines:
            yield from lines


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines, each with its newline, as a gzip file."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=4) as file:
        file.writelines(lines)
