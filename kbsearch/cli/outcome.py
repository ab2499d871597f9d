"""`kbsearch outcome`: say whether a ticket solved the problem."""

from dataclasses import asdict, dataclass

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import grouped, json_option
from kbsearch.cli.shapes import print_json
from kbsearch.cli.terminal import output, write
from kbsearch.messages.message import sentence, shape
from kbsearch.records.outcome import OutcomeReport


@dataclass(frozen=True, slots=True)
class Said:
    """What the call says; `solved` is None where it takes something back."""

    solved: bool | None
    undo: bool


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch outcome KB-7Q3M9X --solved",
        "kbsearch outcome KB-7Q3M9X --did-not-help --call 4711 --query 'printer jams'",
        "kbsearch outcome KB-7Q3M9X --undo --call 4711",
    ),
)
@click.argument("reference", metavar="REF")
@grouped(
    "said",
    Said,
    click.option(
        "--solved/--did-not-help",
        "solved",
        default=None,
        help="Whether what the ticket says solved the problem.",
    ),
    click.option("--undo", is_flag=True, help="Take back what the call said of the ticket."),
)
@click.option(
    "--call",
    default="",
    metavar="ID",
    help="Which call it was: the number of the call, nothing that names the caller.",
)
@click.option("--query", default="", metavar="TEXT", help="What was searched for.")
@click.option("--source", help="Where it came from, when several sources have this reference.")
@json_option
def outcome(
    *,
    reference: str,
    said: Said,
    call: str,
    query: str,
    source: str | None,
    as_json: bool,
) -> None:
    """Say whether a ticket solved the problem.

    REF is what its source calls it, as `kbsearch search` prints it. Tickets that helped are shown
    a little further up from then on. A call says one thing of a ticket: what it says last counts,
    and --undo takes it back.
    --json prints one object: solved and tried, the calls that the ticket solved and those that
    tried it, and the same as a message: its code, parameters and sentence.
    """
    if (said.solved is None) is not said.undo:
        raise click.UsageError("Say one of --solved, --did-not-help and --undo.")
    if said.undo and not call:
        raise click.UsageError("Say which call: --undo --call ID.")
    with knowledge_base() as kb:
        if said.solved is None:
            known = kb.local.outcomes.take_back(reference, call, source)
        else:
            known = kb.local.outcomes.record(
                reference, OutcomeReport(said.solved, call, query), source
            )
    told = f"{sentence(known.message)}."
    if as_json:
        print_json(output(), {**asdict(known), **shape(known.message), "sentence": told})
    else:
        write(output(), told)
