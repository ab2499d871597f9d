"""`kbsearch gate add` and `collect`: save queries and the tickets that solved them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.editing import taking_turns
from kbsearch.cli.files import new_lines
from kbsearch.cli.gate_run import load_pairs, pairs_file
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import InputError
from kbsearch.evaluation.gate import Pair, pair_lines
from kbsearch.filters import Filters
from kbsearch.search.query.parse import read_query


@click.command(
    cls=Command,
    epilog=examples(
        'kbsearch gate add "outlook keeps asking for the pasword" T-4711',
        "kbsearch gate add --source helpdesk 'blank pages' 12",
    ),
)
@click.argument("query", metavar="QUERY")
@click.argument("reference", metavar="REFERENCE")
@click.option("--source", default="", help="Where the ticket came from, when several have it.")
@taking_turns
def add(query: str, reference: str, source: str) -> None:
    """Save a query and the ticket that solved it.

    Take queries as people really type them, with their mistakes. The pairs are lines of the file
    gate.tsv in the data folder, which can be edited by hand.
    """
    read_query(query, Filters())
    with knowledge_base() as kb:
        path = pairs_file(kb.settings)
        pairs = load_pairs(path)
        pair = Pair(" ".join(query.split()), kb.ticket(reference, source or None).reference, source)
        if pair in pairs:
            raise InputError(f"{path}, line {pairs[pair]}: has this pair already.")
    _save(path, pairs, [pair])


@click.command(cls=Command, epilog=examples("kbsearch gate collect"))
@taking_turns
def collect() -> None:
    """Save the queries of calls that a ticket solved.

    Whoever marks a hit as solved says which ticket helped with which query; where more calls say
    that it helped than that it did not, the two become a pair. A pair that is there already stays
    as it is; one that was removed comes back, as long as the calls say so.
    """
    with knowledge_base() as kb:
        path = pairs_file(kb.settings)
        pairs = load_pairs(path)
        solved = kb.store.solved_queries()
    known = {(pair.query, pair.reference) for pair in pairs}
    found = [Pair(" ".join(one.query.split()), one.reference, one.source) for one in solved]
    new = [pair for pair in found if (pair.query, pair.reference) not in known]
    _save(path, pairs, list(dict.fromkeys(new)))


def _save(path: Path, pairs: Iterable[Pair], new: Sequence[Pair]) -> None:
    kept = [*pairs, *new]
    with new_lines(path, private=True) as lines:
        lines.extend(pair_lines(kept))
    write(output(), f"{count(len(new), 'pair')} saved; that makes {len(kept):,}.")
