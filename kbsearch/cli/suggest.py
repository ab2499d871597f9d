"""`kbsearch suggest`: how a query that a person types may go on."""

from dataclasses import asdict

import click
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import json_option
from kbsearch.cli.shapes import print_json
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import output, write, write_labelled


@click.command(
    cls=Command,
    epilog=examples("kbsearch suggest outlook pas", "kbsearch suggest --json 'printer ja'"),
)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@json_option
def suggest(words: tuple[str, ...], as_json: bool) -> None:
    """Show how a query may go on.

    The words are what the last one may become, and the subjects those of tickets that fit what is
    typed so far, the likeliest first. --json prints one object: words and subjects, both lists.
    """
    with knowledge_base() as kb:
        found = kb.local.searching.suggest(" ".join(words))
    if as_json:
        print_json(output(), asdict(found))
        return
    if found.words:
        write_labelled(output(), "Words", Text(clean(", ".join(found.words))))
    for place, subject in enumerate(found.subjects):
        write_labelled(output(), "" if place else "Subjects", Text(clean(subject)))
    if not found.words and not found.subjects:
        write(output(), "Nothing to suggest; type on.")
