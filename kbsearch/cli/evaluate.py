"""`kbsearch evaluate`: score rankings against labels."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from kbsearch.cli.batch import BatchOptions, batch_options, load_queries, search_all
from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import json_option
from kbsearch.cli.run import print_latency, print_refused
from kbsearch.cli.shapes import print_json
from kbsearch.cli.terminal import count, output, write, write_labelled
from kbsearch.evaluation.metrics import Scores
from kbsearch.evaluation.metrics import evaluate as score
from kbsearch.evaluation.trec import document, parse_qrels, parse_run
from kbsearch.text_files import read_lines

FILE = click.Path(path_type=Path)


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch evaluate --queries queries.tsv --qrels qrels.tsv",
        "kbsearch evaluate --run answers.run --qrels qrels.tsv",
    ),
)
@click.option("--queries", type=FILE, help="Queries to search and score, as for `kbsearch run`.")
@click.option("--run", "run_file", type=FILE, help="Score this run instead of searching.")
@click.option("--qrels", required=True, type=FILE, help="What is relevant to which query.")
@batch_options
@json_option
def evaluate(
    queries: Path | None, run_file: Path | None, qrels: Path, options: BatchOptions, as_json: bool
) -> None:
    """Score rankings against labels.

    Prints nDCG@10 (gain 2^rel - 1), MRR@10 and success@10 (a relevant hit among the first ten),
    each the mean over the queries that have a relevant label. A query without hits scores 0; one
    without labels is left out and counted.

    QRELS has one label a line: query id, tab, reference, tab, relevance (0, 1, 2, ...); the four
    columns of TREC are read too. The queries are those of --queries or, with --run alone, those
    of the labels. --json prints one object: ndcg, mrr, success, queries, unlabelled, without_hits.
    """
    _check(queries, run_file, options)
    labels = parse_qrels(read_lines(qrels), str(qrels))
    texts = None if queries is None else load_queries(queries, options.first)
    if run_file is None:
        rankings = _search(texts or {}, options, quiet=as_json)
    else:
        rankings = parse_run(read_lines(run_file), str(run_file))
    wanted = dict.fromkeys([*labels, *rankings]) if texts is None else texts
    scores = score(wanted, rankings, labels)
    if as_json:
        print_json(output(), asdict(scores))
    else:
        print_scores(output(), scores)


def print_scores(console: Console, scores: Scores) -> None:
    """Print the measures and what they were taken over."""
    figures = {"nDCG@10": scores.ndcg, "MRR@10": scores.mrr, "success@10": scores.success}
    for name, figure in figures.items():
        write_labelled(console, name, Text(f"{figure:.4f}", style="bold"))
    write(
        console,
        f"{count(scores.queries, 'query', 'queries')} scored,"
        f" {scores.without_hits:,} of them without hits;"
        f" {scores.unlabelled:,} without labels left out.",
    )


def _check(queries: Path | None, run_file: Path | None, options: BatchOptions) -> None:
    """Refuse options that would change nothing."""
    if queries is None and run_file is None:
        raise click.UsageError("Give --queries to search them, or --run to score a run.")
    if run_file is not None and (options.plain or options.kinds):
        raise click.UsageError("--plain and --kind are for searching; a --run is scored as it is.")
    if queries is None and options.first is not None:
        raise click.UsageError("--first counts the queries of a file; give it with --queries.")


def _search(queries: dict[str, str], options: BatchOptions, *, quiet: bool) -> dict[str, list[str]]:
    with knowledge_base() as kb:
        batch = search_all(kb, queries, options)
    if not quiet:
        print_latency(output(), batch)
        print_refused(output(), batch)
    return {
        qid: [document(reference) for reference, _ in ranking]
        for qid, ranking in batch.rankings.items()
    }
