"""The tickets of a collection as every other system gets them: one text each."""

import gzip
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kbsearch.evaluation.trec import document

FILE = "tickets.jsonl.gz"
_SECTIONS = ("subject", "body", "resolution")


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets by number: the number is what a system answers with.

    references  as labels write them.
    articles    whether each is a help article.
    texts       subject, body and resolution in one.
    """

    references: Sequence[str]
    articles: Sequence[bool]
    texts: Sequence[str]


def read_tickets(path: Path) -> Tickets:
    """Read a file of tickets, one JSON object a line, gzip."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return Tickets(
        [document(row["id"]) for row in rows],
        [row.get("kind") == "article" for row in rows],
        [" ".join(filter(None, (row.get(name) for name in _SECTIONS))) for row in rows],
    )


def write_sample(source: Path, wanted: Collection[str], size: int, path: Path) -> None:
    """Write the wanted tickets of a file, and others in its order until there are `size`."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        rows = [(document(json.loads(line)["id"]) in wanted, line) for line in lines]
    left = size - sum(is_wanted for is_wanted, _ in rows)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for is_wanted, line in rows:
            if is_wanted or left > 0:
                file.write(line)
                left -= not is_wanted
