"""`kbsearch synonyms check`: what the draft changes on recent queries."""

from dataclasses import dataclass

import click
from rich.console import Console
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.steering import clean
from kbsearch.cli.synonyms_files import SynonymFiles
from kbsearch.cli.terminal import count, output, write, write_labelled
from kbsearch.errors import QueryInvalid
from kbsearch.evaluation.difference import Difference, difference
from kbsearch.progress import Stage
from kbsearch.search.results import SearchRequest
from kbsearch.search.synonyms.live_table import phrase_table
from kbsearch.search.synonyms.phrase_table import PhraseTable
from kbsearch.service import KnowledgeBase
from kbsearch.tickets import StoredTicket

SHOWN = 20
"""Queries whose change is shown; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A query whose first ten hits change.

    tickets  id -> ticket, for those of either answer.
    """

    query: str
    change: Difference
    tickets: dict[int, StoredTicket]


@click.command(cls=Command, epilog=examples("kbsearch synonyms check"))
def check() -> None:
    """Show what the draft changes on recent queries.

    The last queries from the page and the API are searched twice, with the synonyms in use and with
    those of the draft. Each one whose first ten hits change is shown, the last asked first: the
    tickets that come in, those that go out, and those that change places. Nothing is put in use.
    """
    console = output()
    with knowledge_base() as kb:
        files = SynonymFiles.read(kb.settings)
        files.refuse_faults()
        files.refuse_no_changes()
        queries = kb.recent.latest()
        changed = compare_tables(
            kb, queries, phrase_table(files.rows), phrase_table(files.proposed)
        )
    for one in changed[:SHOWN]:
        _print_changed(console, one)
    if len(changed) > SHOWN:
        write(console, f"... and {count(len(changed) - SHOWN, 'more query', 'more queries')}.\n")
    write(console, _summary(queries, changed))


def compare_tables(
    kb: KnowledgeBase, queries: list[str], now: PhraseTable, proposed: PhraseTable
) -> list[Changed]:
    """Search these queries with two tables; return those whose first ten hits differ."""
    changed = []
    with stage_bars() as progress:
        for done, query in enumerate(queries, start=1):
            before, after = _first_ten(kb, query, now), _first_ten(kb, query, proposed)
            if change := difference(list(before), list(after)):
                changed.append(Changed(query, change, {**before, **after}))
            progress(Stage.SEARCHING, done, len(queries))
    return changed


def _first_ten(kb: KnowledgeBase, query: str, table: PhraseTable) -> dict[int, StoredTicket]:
    """Return the first ten hits by their ids, best first; none for a query that cannot be read."""
    try:
        hits = kb.search(SearchRequest(query), synonyms=table).hits
    except QueryInvalid:  # kept by another version, which could read it
        return {}
    return {hit.ticket.id: hit.ticket for hit in hits}


def _print_changed(console: Console, one: Changed) -> None:
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


def _summary(queries: list[str], changed: list[Changed]) -> str:
    if not queries:
        return (
            "No queries are kept yet: those of the page and the API are, as long as"
            " KBSEARCH_RECENT_QUERIES is above 0."
        )
    asked = count(len(queries), "recent query", "recent queries")
    if not changed:
        return f"The draft changes the first ten hits of none of {asked}."
    came, went, moved = (
        sum(len(getattr(one.change, name)) for one in changed) for name in ("came", "went", "moved")
    )
    return (
        f"{len(changed):,} of {asked} {'changes' if len(changed) == 1 else 'change'}:"
        f" {count(came, 'ticket')} in, {went:,} out, {moved:,} in other places."
    )
