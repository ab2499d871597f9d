"""`kbsearch similar`: the solved tickets that are like one, or like a note."""

import sys
from dataclasses import replace

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.hits import print_result
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import grouped, json_option, limit_option
from kbsearch.cli.shapes import answer_shape, print_json
from kbsearch.cli.terminal import output, write
from kbsearch.errors import InputError
from kbsearch.messages.message import render
from kbsearch.search.results import SimilarRequest

STANDARD_INPUT = "-"


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch similar KB-7Q3M9X",
        "kbsearch similar --text 'caller hears nothing in the headset since the update'",
        "kbsearch similar --all - < note.txt",
    ),
)
@grouped(
    "request",
    SimilarRequest,
    click.argument("reference", metavar="[REF]", default=""),
    click.option("--text", default="", help="A note to compare with, not a ticket."),
    click.option("--source", help="Where it came from, when several sources have this reference."),
    click.option("--all", "unsolved", is_flag=True, help="Show tickets without a resolution, too."),
    limit_option,
)
@click.option("--explain", is_flag=True, help="Show what each word gave to the score of a hit.")
@json_option
def similar(request: SimilarRequest, *, explain: bool, as_json: bool) -> None:
    """Find solved tickets like this one.

    REF is what the source of a ticket calls it, as `kbsearch search` prints it; - reads a note
    from standard input. The words that tell the ticket or the note from others are looked for, up
    to twenty of them; of a note the first 10,000 characters count. --json prints what
    `kbsearch search --json` does; the query is the reference or the note.
    """
    if request.reference == STANDARD_INPUT:
        request = replace(request, reference="", text=_note())
    with knowledge_base() as kb:
        result = kb.local.searching.similar(request)
    if as_json:
        print_json(output(), answer_shape(result))
    elif result.hits:
        print_result(output(), result, explain=explain)
    else:
        for sentence in (*map(render, result.notes), _nothing(unsolved=request.unsolved)):
            write(output(), sentence)


def _note() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("Standard input is not UTF-8; save the note as UTF-8.") from None


def _nothing(*, unsolved: bool) -> str:
    if unsolved:
        return "No other ticket is like it; search for a few words of the problem."
    return "No solved ticket is like it; add --all to see those without a resolution."
