"""`kbsearch delete`: take tickets out."""

import sys

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, errors, output, write
from kbsearch.errors import InputError
from kbsearch.services.deletion import Deleted


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch delete KB-7Q3M9X",
        "kbsearch delete --source helpdesk 4711 4712",
        "kbsearch delete --now --yes 1 KB-7Q3M9X",
        "kbsearch delete --yes 250 - < references.txt",
    ),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--source", help="Where they came from, when several sources have a reference.")
@click.option(
    "--yes",
    "agreed",
    type=click.IntRange(0),
    metavar="N",
    help="How many tickets that is: needed for more than 1 %, and with --now.",
)
@click.option("--now", is_flag=True, help="Remove them for good at once; nothing brings them back.")
def delete(
    *, references: tuple[str, ...], source: str | None, agreed: int | None, now: bool
) -> None:
    """Take tickets out: nothing finds or shows them any more.

    REF is what its source calls a ticket; - reads references from standard input, one a line. If
    one of them is unknown, none is deleted. For 30 days `kbsearch undelete` brings a ticket back;
    then it is purged: its texts and values are removed from the database and the index, and only
    its reference and source stay. An import does not bring it back, not even then.

    --now purges at once, tickets that were deleted before as well, and rebuilds the index
    without a spare. Queries that people typed, files of rejected rows, gate.tsv, synonyms and
    backups are not looked into: if the text may be there, remove it by hand.
    """
    names = _names(references)
    with knowledge_base() as kb:
        if now:
            with stage_bars() as progress:
                done = kb.local.deletion.erase(names, source, agreed=agreed, progress=progress)
        else:
            done = kb.local.deletion.delete(names, source, agreed=agreed)
    write(output(), _purged(done) if now else _deleted(done))
    if done.note:
        write(errors(), f"Note: {done.note}")


def _names(references: tuple[str, ...]) -> list[str]:
    if "-" not in references:
        return list(references)
    try:
        lines = sys.stdin.buffer.read().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError("Standard input is no text in UTF-8; convert it first.") from None
    names = [one for one in references if one != "-"] + [line for line in lines if line.strip()]
    if not names:
        raise InputError("Standard input has no reference; write one on each line.")
    return names


def _deleted(done: Deleted) -> str:
    first, *others = done.tickets
    how = "they can be brought back with kbsearch undelete."
    if not others:
        how = f"it can be brought back, run: kbsearch undelete {first.reference}"
    return f"{count(len(done.tickets), 'ticket')} deleted. Until {first.kept_until:%Y-%m-%d} {how}"


def _purged(done: Deleted) -> str:
    return f"{count(len(done.tickets), 'ticket')} removed for good."
