"""`kbsearch search`: find tickets and what solved them."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.hits import print_result
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import filter_options, json_option, limit_option, plain_option
from kbsearch.cli.shapes import print_json, result_shape
from kbsearch.cli.terminal import output
from kbsearch.engines.base import Filters
from kbsearch.search.results import SearchRequest


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch search outlook keeps asking for the pasword",
        "kbsearch search --product Printers --from 2026-01-01 blank pages",
        "kbsearch search '\"paper jam\" -duplex'",
        "kbsearch search --json --limit 3 0x80070005",
    ),
)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@limit_option
@filter_options
@plain_option
@click.option("--explain", is_flag=True, help="Show what each word gave to the score of a hit.")
@json_option
def search(
    words: tuple[str, ...],
    limit: int,
    filters: Filters,
    plain: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Find tickets and what solved them.

    Words in a row need no quotes; put the query in quotes if it has "a phrase" or a -word to leave
    out. Words are also read in other spellings; every hit says how it was found. Finding nothing
    is no error.

    --json prints one object: query, total, took_ms, notes, partial (true where time ran out before
    every word was looked at), and hits, best first; each hit has rank, score, resolution and
    problem (text and marks; resolution is null when there is none yet), reasons (kind, word, found,
    sentence, share) and ticket (reference, source, kind, subject, status, product, category, tags,
    created_at, resolved_at). Marks are pairs of character offsets. Names may be added, never
    changed.
    """
    request = SearchRequest(" ".join(words), filters, limit=limit, tolerant=not plain)
    with knowledge_base() as kb:
        result = kb.search(request)
    if as_json:
        print_json(output(), result_shape(result))
    else:
        print_result(output(), result, explain=explain)
