"""`kbsearch gate add` and `collect`: save queries and the tickets that solved them."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.terminal import count, output, write
from kbsearch.services.gate import SavedPairs


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
def add(query: str, reference: str, source: str) -> None:
    """Save a query and the ticket that solved it.

    Take queries as people really type them, with their mistakes. The pairs are lines of the file
    gate.tsv in the data folder, which can be edited by hand.
    """
    with knowledge_base() as kb:
        _print_saved(kb.local.gate.add(query, reference, source))


@click.command(cls=Command, epilog=examples("kbsearch gate collect"))
def collect() -> None:
    """Save the queries of calls that a ticket solved.

    Who marks a hit as solved says which ticket helped with which query; where more calls say
    that it helped than that it did not, the two become a pair. A pair that is there already stays
    as it is; one that was removed comes back, as long as the calls say so.
    """
    with knowledge_base() as kb:
        _print_saved(kb.local.gate.collect())


def _print_saved(saved: SavedPairs) -> None:
    write(output(), f"{count(saved.added, 'pair')} saved; that makes {saved.total:,}.")
