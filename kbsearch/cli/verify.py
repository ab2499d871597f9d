"""`kbsearch verify`: read every byte of the search index, and compare it with the store."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.terminal import count, output, size, write
from kbsearch.errors import IndexDamaged, OperatorError
from kbsearch.messages.message import render


@click.command(cls=Command, epilog=examples("kbsearch verify"))
def verify() -> None:
    """Check every byte of the search index, and compare it with the store.

    The files of the index, and those of its spare, are read and held against the checksums that
    they were written with. Then the index is compared with the store: it must have every ticket, in
    the same revision, and no other. Changes that the index has not taken in yet are not compared.
    Whatever is wrong is printed, and the command exits with 1.
    """
    with knowledge_base() as kb:
        problems = kb.local.indexing.verify()
        found = kb.local.figures.stats()
    for problem in problems:
        write(output(), f"{render(problem)}.")
    if problems:
        raise IndexDamaged(
            f"{count(len(problems), 'thing is', 'things are')} wrong with the index;"
            " searches go on with what is whole. To rebuild it, run: kbsearch reindex"
        )
    if found.index is None:
        raise OperatorError(f"Every byte is as it was written, yet: {found.trouble}")
    if found.behind:
        write(output(), f"{count(found.behind, 'change')} not taken in yet, and not compared.")
    held = f"{count(found.index.tickets, 'ticket')} in {size(found.index.size_bytes)}"
    write(output(), f"Every byte of the index is as it was written: {held}.")
