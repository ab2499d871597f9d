"""`kbsearch verify`: read every byte of the search index."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.terminal import count, output, size, write
from kbsearch.errors import IndexDamaged, OperatorError


@click.command(cls=Command, epilog=examples("kbsearch verify"))
def verify() -> None:
    """Check every byte of the search index.

    The files of the index, and those of its spare, are read and held against the checksums that
    they were written with. Each one that differs is printed, and the command exits with 1.
    """
    with knowledge_base() as kb:
        problems = kb.index.verify()
        found = kb.stats()
    for problem in problems:
        write(output(), problem)
    if problems:
        raise IndexDamaged(
            f"{count(len(problems), 'thing is', 'things are')} wrong with the index;"
            " searches go on with what is whole. To build it anew, run: kbsearch reindex"
        )
    if found.index is None:
        raise OperatorError(f"Every byte is as it was written, yet: {found.trouble}")
    held = f"{count(found.index.tickets, 'ticket')} in {size(found.index.size_bytes)}"
    write(output(), f"Every byte of the index is as it was written: {held}.")
