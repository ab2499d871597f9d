"""The tickets and the queries that everybody is measured on."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbsearch.evaluation.trec import parse_queries

_SECTIONS = ("subject", "body", "resolution")


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder with tickets.jsonl.gz and queries/<workload>/queries.tsv (query id, tab, text)."""

    folder: Path

    @property
    def file(self) -> Path:
        """The tickets, one JSON object a line, gzip."""
        return self.folder / "tickets.jsonl.gz"

    def texts(self) -> Iterator[str]:
        """Yield what each ticket says: subject, body and resolution in one."""
        with gzip.open(self.file, "rt", encoding="utf-8") as lines:
            for line in lines:
                ticket = json.loads(line)
                yield " ".join(filter(None, (ticket.get(name) for name in _SECTIONS)))

    def queries(self, workload: str) -> list[str]:
        """Return the distinct queries of a workload, in its order."""
        path = self.folder / "queries" / workload / "queries.tsv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        return list(dict.fromkeys(parse_queries(lines, str(path)).values()))

    def all_queries(self) -> list[str]:
        """Return the distinct queries of every workload, one of each in turn."""
        folders = sorted((self.folder / "queries").iterdir())
        numbered = [
            (place, text)
            for folder in folders
            for place, text in enumerate(self.queries(folder.name))
        ]
        numbered.sort(key=lambda pair: pair[0])
        return list(dict.fromkeys(text for _, text in numbered))
