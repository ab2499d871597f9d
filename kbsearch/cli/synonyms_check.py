"""`kbsearch synonyms check`: what the draft changes on recent queries."""

import click
from rich.console import Console
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, output, write, write_labelled
from kbsearch.records.ticket import StoredTicket
from kbsearch.services.synonyms import ChangedAnswer, DraftTrial

SHOWN = 20
"""Queries whose change is shown; the others are only counted."""


@click.command(cls=Command, epilog=examples("kbsearch synonyms check"))
def check() -> None:
    """Show what the draft changes on recent queries.

    The last queries from the page and the API are searched twice, with the synonyms in use and with
    those of the draft. Each one whose first ten hits change is shown, the last asked first: the
    tickets that come in, those that go out, and those that change places. Nothing is put in use.
    """
    console = output()
    with knowledge_base() as kb, stage_bars() as progress:
        trial = kb.local.synonyms.try_draft(progress)
    for one in trial.changed[:SHOWN]:
        _print_changed(console, one)
    if len(trial.changed) > SHOWN:
        more = count(len(trial.changed) - SHOWN, "more query", "more queries")
        write(console, f"... and {more}.\n")
    write(console, _summary(trial))


def _print_changed(console: Console, one: ChangedAnswer) -> None:
    write(console, Text(clean(one.query), style="bold"))
    for ticket, place in one.change.came:
        _line(console, f"in at {place}", one.tickets[ticket])
    for ticket, place in one.change.went:
        _line(console, f"out from {place}", one.tickets[ticket])
    for ticket, old, new in one.change.moved:
        _line(console, f"from {old} to {new}", one.tickets[ticket])
    console.print()


def _line(console: Console, what: str, ticket: StoredTicket) -> None:
    told = f"{ticket.reference}  {ticket.subject}"
    write_labelled(console, f"  {what}", Text(clean(told)), indent=16)


def _summary(trial: DraftTrial) -> str:
    changed = trial.changed
    if not trial.queries:
        return (
            "No queries are kept yet: those of the page and the API are, as long as"
            " KBSEARCH_RECENT_QUERIES is above 0."
        )
    asked = count(trial.queries, "recent query", "recent queries")
    if not changed:
        return f"The draft changes the first ten hits of none of {asked}."
    came, went, moved = (
        sum(len(getattr(one.change, name)) for one in changed) for name in ("came", "went", "moved")
    )
    return (
        f"{len(changed):,} of {asked} {'changes' if len(changed) == 1 else 'change'}:"
        f" {count(came, 'ticket')} in, {went:,} out, {moved:,} in other places."
    )
