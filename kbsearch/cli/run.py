"""`kbsearch run`: search a file of queries and write the rankings."""

import re
from itertools import chain, islice
from pathlib import Path

import click
from rich.console import Console

from kbsearch.cli.batch import BatchOptions, BatchResult, batch_options, load_queries, search_all
from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.terminal import count, output, write
from kbsearch.evaluation.latency import latency
from kbsearch.evaluation.trec import run_lines
from kbsearch.text_files import new_lines

NAMED = 10
"""Refused queries that are named; the others are only counted."""


def one_word(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Refuse a tag that would break the columns of a run."""
    if not re.fullmatch(r"\S+", value):
        raise click.BadParameter(f"{value!r} is not one word; write it without spaces.")
    return value


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch run queries.tsv --output answers.run",
        "kbsearch run queries.tsv --output plain.run --plain --tag plain",
    ),
)
@click.argument("queries", metavar="QUERIES", type=click.Path(path_type=Path))
@click.option(
    "--output", "target", required=True, type=click.Path(path_type=Path), help="The run to write."
)
@batch_options
@click.option(
    "--tag", default="kbsearch", show_default=True, callback=one_word, help="The run's last column."
)
def run(queries: Path, target: Path, options: BatchOptions, tag: str) -> None:
    """Search a file of queries and write the rankings.

    QUERIES has one query a line: its id, a tab and its text, without a header line. The run has
    the columns that trec_eval reads: qid Q0 reference rank score tag. A query that cannot be
    searched gets no rows and is named at the end.

    Latencies are those of whole searches, one after the other, as a page would wait for them; one
    search beforehand, which opens the index, is not counted.
    """
    texts = load_queries(queries, options.first)
    with new_lines(target) as lines, knowledge_base() as kb:
        batch = search_all(kb, texts, options)
        rows = (run_lines(qid, ranking, tag) for qid, ranking in batch.rankings.items())
        lines.extend(chain.from_iterable(rows))
    console = output()
    searched = count(len(batch.rankings), "query", "queries")
    write(console, f"{searched} searched, {batch.without_hits:,} without hits; wrote {target}.")
    print_latency(console, batch)
    print_refused(console, batch)


def print_latency(console: Console, batch: BatchResult) -> None:
    """Print how long the searches took, if there was one."""
    if not batch.seconds:
        return
    took = latency(batch.seconds)
    write(
        console,
        f"Latency in ms: p50 {took.p50:.1f}, p95 {took.p95:.1f}, p99 {took.p99:.1f},"
        f" mean {took.mean:.1f}; {took.per_second:,.1f} queries a second.",
    )


def print_refused(console: Console, batch: BatchResult) -> None:
    """Name the queries that could not be searched."""
    if not batch.refused:
        return
    write(console, f"{count(len(batch.refused), 'query', 'queries')} could not be searched:")
    for qid, reason in islice(batch.refused.items(), NAMED):
        write(console, f"  {qid}: {reason}")
    if len(batch.refused) > NAMED:
        write(console, f"  and {len(batch.refused) - NAMED:,} more")
