"""Small collections, and workloads as they are after they were measured."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from measuring.dataset import write_lines
from measuring.relevance.changes import parse_changes
from measuring.relevance.measure import Measured
from measuring.relevance.scores import QueryScores
from measuring.relevance.workloads import LabelledQuery, Workload

ROOT = Path(__file__).parents[3]


def run_script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in `scripts/`."""
    command = [sys.executable, ROOT / "scripts" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def write_collection(
    folder: Path, bodies: Sequence[str], queries: Mapping[str, Sequence[str]]
) -> Path:
    """Write a ticket tN for each body, and workloads whose query qN is labelled with tN."""
    tickets = ({"id": f"t{number}", "body": body} for number, body in enumerate(bodies))
    write_lines(folder / "tickets.jsonl.gz", [json.dumps(ticket) + "\n" for ticket in tickets])
    for workload, texts in queries.items():
        numbered = list(enumerate(texts))
        write_rows(folder, workload, "queries", [f"q{number}\t{text}" for number, text in numbered])
        write_rows(
            folder, workload, "qrels", [f"q{number}\tt{number}\t1" for number, _ in numbered]
        )
    return folder


def write_rows(folder: Path, workload: str, name: str, rows: Sequence[str]) -> None:
    """Write a table of a workload."""
    path = folder / "queries" / workload / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows))


def some_scores(*success: float) -> QueryScores:
    """Return scores of which only the success matters."""
    found = np.array(success)
    return QueryScores(found, found, found)


def measured(
    collection: str, ours: QueryScores, plain: QueryScores, *, most_before: float = 0
) -> Measured:
    """Return a noisy workload; every odd query has a misspelling of another source."""
    changes = [parse_changes("size>sise:respelling:a"), parse_changes("daily>dayley:b")]
    queries = tuple(
        LabelledQuery(f"q{number}", "typed", "meant", {"t": 1}, changes[number % 2])
        for number in range(ours.success.size)
    )
    workload = Workload(collection, "soundalike", queries, most_before=most_before)
    return Measured(workload, ours, plain)
