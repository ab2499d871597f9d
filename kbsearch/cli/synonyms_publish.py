"""`kbsearch synonyms publish`: put the draft in use."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.gate_print import drop, print_comparison
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import OperatorError


@click.command(
    cls=Command, epilog=examples("kbsearch synonyms publish", "kbsearch synonyms publish --anyway")
)
@click.option("--anyway", is_flag=True, help="Publish although the gate fails.")
def publish(anyway: bool) -> None:
    """Put the draft in use, if the gate passes.

    The saved pairs of `kbsearch gate` are searched with the synonyms in use and with those of the
    draft. If tickets that solved something are found less well with the draft, it stays a draft.
    Else every search reads it from now on, in a running server, too.
    """
    with knowledge_base() as kb, stage_bars() as progress:
        done = kb.local.synonyms.publish(progress, anyway=anyway)
    if done.compared is None:
        write(output(), "No pairs are saved, so no gate was passed; see: kbsearch gate --help")
    else:
        print_comparison(output(), done.compared)
        output().print()
        if not done.published:
            raise OperatorError(
                f"The gate fails: {drop(done.compared)}. The draft is not in use; to publish it all"
                " the same, run: kbsearch synonyms publish --anyway"
            )
    added, removed = count(done.added, "synonym"), f"{done.removed:,}"
    write(output(), f"{added} added, {removed} removed; searches use them now.")
