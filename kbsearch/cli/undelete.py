"""`kbsearch undelete`: bring deleted tickets back."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.terminal import count, errors, output, write


@click.command(
    cls=Command,
    epilog=examples("kbsearch undelete KB-7Q3M9X", "kbsearch undelete --source helpdesk 4711 4712"),
)
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@click.option("--source", help="Where they came from, when several sources have a reference.")
def undelete(references: tuple[str, ...], source: str | None) -> None:
    """Bring deleted tickets back as they were.

    REF is what its source calls a ticket. That goes for 30 days after it was deleted. If one of
    them cannot be brought back, none is.
    """
    with knowledge_base() as kb:
        done = kb.local.deletion.undelete(references, source)
    write(output(), f"{count(len(done.tickets), 'ticket is', 'tickets are')} back.")
    if done.note:
        write(errors(), f"Note: {done.note}")
