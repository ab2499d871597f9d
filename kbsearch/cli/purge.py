"""`kbsearch purge`: remove for good what was deleted long ago."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, write


@click.command(cls=Command, epilog=examples("kbsearch purge"))
def purge() -> None:
    """Remove for good what was deleted over 30 days ago.

    A server does so by itself, within an hour; without one, run this once a day. If anything is
    due, the index is rebuilt and has no spare then. To remove a ticket today, run
    `kbsearch delete --now`.
    """
    with knowledge_base() as kb, stage_bars() as progress:
        purged = kb.local.deletion.purge_due(progress)
    write(output(), f"{count(purged, 'ticket')} removed for good.")
