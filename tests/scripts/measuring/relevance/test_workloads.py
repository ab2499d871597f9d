"""Queries, labels, and what plain BM25 makes of them."""

from pathlib import Path

from measuring.dataset import Dataset
from measuring.relevance.workloads import read_baselines, read_workload

README = """
| collection | workload | queries | labels | nDCG@10 | MRR@10 | S@10 | before: nDCG@10 | MRR | S |
|---|---|---|---|---|---|---|---|---|---|
| mail | clean | 624 | 1.07 | 0.137 | 0.123 | 0.204 |  |  |  |
| mail | natural | 89 | 1.0 | 0.311 | 0.285 | 0.393 | 0.392 | 0.356 | 0.506 |
| browser | natural | 311 | 1.0 | 0.368 | 0.326 | 0.498 | 0.516 | 0.470 | 0.662 |
"""


def test_the_figures_of_bm25_are_those_of_the_collection(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(README)
    assert read_baselines(tmp_path / "mail") == {"clean": (0.137, 0.0), "natural": (0.311, 0.506)}
    assert read_baselines(tmp_path / "mail" / "none") == {}


def natural(tmp_path: Path, queries: str, changes: str) -> Dataset:
    """Write a workload `natural` with one label a query."""
    folder = tmp_path / "mail" / "queries" / "natural"
    folder.mkdir(parents=True)
    (tmp_path / "README.md").write_text(README)
    (folder / "queries.tsv").write_text(queries)
    (folder / "qrels.tsv").write_text("q1\tt1\t1\nq2\tt2\t2\n")
    (folder / "changes.tsv").write_text(changes)
    return Dataset(tmp_path / "mail")


def test_what_was_meant_is_the_text_before_it_was_changed(tmp_path: Path) -> None:
    change = "q1\tq0\tMail of any size\tsize>sise:codespell\n"
    dataset = natural(tmp_path, "q1\tMail of any sise\n", change)
    [query] = read_workload(dataset, "natural", None).queries
    assert (query.text, query.meant, query.labels) == (
        "Mail of any sise",
        "Mail of any size",
        {"t1": 1},
    )


def test_a_text_that_a_user_misspelt_is_put_right(tmp_path: Path) -> None:
    typed = "Pressent in Pressents"
    change = f"q1\tq0\t{typed}\tpresent>pressent:natural\n"
    [query] = read_workload(natural(tmp_path, f"q1\t{typed}\n", change), "natural", None).queries
    assert query.meant == "present in Pressents"


def test_figures_of_all_queries_are_not_compared_with_some(tmp_path: Path) -> None:
    dataset = natural(tmp_path, "q1\tone\nq2\ttwo\n", "")
    assert read_workload(dataset, "natural", None).most_before == 0.506
    first = read_workload(dataset, "natural", 1)
    assert (len(first.queries), first.most_before, first.baseline) == (1, 0.0, None)
