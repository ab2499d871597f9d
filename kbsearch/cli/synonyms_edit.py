"""`kbsearch synonyms list`, `add` and `remove`: the table and its draft."""

import click
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, output, write, write_labelled
from kbsearch.messages.message import render
from kbsearch.services.synonym_files import Synonym

NEXT = "To see what the draft changes, run: kbsearch synonyms check"


@click.command("list", cls=Command, epilog=examples("kbsearch synonyms list"))
def list_() -> None:
    """Show the synonyms and the draft.

    `bsod = blue screen of death` works both ways, `kit -> laptop` for who types "kit" only. Lines
    of the files that are no rows, which searches leave out, are named with what is wrong.
    """
    console = output()
    with knowledge_base() as kb:
        files = kb.local.synonyms.files()
    for row in files.rows:
        write(console, _told(row))
    if files.changes:
        write(console, "\nThe draft, which no search reads yet:")
    for change in files.changes:
        write_labelled(console, change.action.value, Text(_told(change.synonym)), indent=8)
    if files.rows or files.changes:
        console.print()
    for fault in files.faults:
        write(console, f"Left out: {render(fault)}")
    write(console, f"{count(len(files.rows), 'synonym')} in use; the table is {files.path}")
    if files.changes:
        write(console, f"{count(len(files.changes), 'change')} in the draft. {NEXT}")


@click.command(
    cls=Command,
    epilog=examples(
        'kbsearch synonyms add sso "single sign-on"',
        'kbsearch synonyms add --one-way kit laptop --note "what the field team says"',
    ),
)
@click.argument("phrase", metavar="PHRASE")
@click.argument("also", metavar="ALSO")
@click.option("--one-way", is_flag=True, help="Who types ALSO is not shown tickets with PHRASE.")
@click.option("--note", default="", help="Why, for the next reader of the table.")
def add(phrase: str, also: str, one_way: bool, note: str) -> None:
    """Put a synonym into the draft.

    Who types PHRASE is then also shown tickets with ALSO, and the other way round. Both may be
    several words, in quotes. A pair that is in the table already is replaced, so that its direction
    or its note can be changed.
    """
    with knowledge_base() as kb:
        done = kb.local.synonyms.add(phrase, also, both_ways=not one_way, note=note)
    state = "is in the draft" if done.drafted else "stays in use"
    write(output(), f'"{done.row}" {state}. {NEXT}')
    if done.known:
        write(output(), done.known)


@click.command(cls=Command, epilog=examples('kbsearch synonyms remove sso "single sign-on"'))
@click.argument("phrase", metavar="PHRASE")
@click.argument("also", metavar="ALSO")
def remove(phrase: str, also: str) -> None:
    """Take a synonym out, by the draft.

    One that is in use stays so until the draft is published; one that is only in the draft is gone
    at once.
    """
    with knowledge_base() as kb:
        used = kb.local.synonyms.remove(phrase, also)
    if used is None:
        write(output(), "It is in the draft no longer.")
    else:
        write(output(), f'"{used}" goes when the draft is published. {NEXT}')


def _told(row: Synonym) -> str:
    return clean(f"{row} ({row.note})" if row.note else str(row))
