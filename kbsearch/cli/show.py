"""`kbsearch show`: one ticket in full."""

import click
from rich.console import Console
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.hits import origin
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import json_option
from kbsearch.cli.shapes import print_json, ticket_shape
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, output, write, write_labelled
from kbsearch.messages.message import sentence
from kbsearch.records.message import Message, Role
from kbsearch.records.outcome import TrackRecord
from kbsearch.records.raw_text import distinct, raw_texts
from kbsearch.records.ticket import FIELD_TABLE, LISTS, TEXTS, TIMES, Shape, StoredTicket, fields_of
from kbsearch.search.results import shown_parts

PARTS = ("resolution", *(name for name in TEXTS if name != "resolution"))
_SHOWN_ABOVE = ("resolution_from", "reference", "kind", "status", "product", "category")
DETAILS = tuple(name for name in fields_of(Shape.LINE, Shape.CHOICE) if name not in _SHOWN_ABOVE)


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch show KB-7Q3M9X",
        "kbsearch show --source helpdesk --json 4711",
        "kbsearch show --raw 4711",
    ),
)
@click.argument("reference", metavar="REF")
@click.option("--source", help="Where it came from, when several sources have this reference.")
@click.option("--raw", is_flag=True, help="Show its texts as they came, such as HTML.")
@json_option
def show(reference: str, source: str | None, raw: bool, as_json: bool) -> None:
    """Show one ticket in full.

    REF is what its source calls it, as `kbsearch search` prints it. --json prints one object with
    every field; times are in UTC, null where the source gave none.

    --raw shows the texts that were changed when they were imported, as they came. With --json they
    are one more list, raw: the field, which message from 0 or null, and the text.
    """
    with knowledge_base() as kb:
        ticket = kb.local.tickets.get(reference, source)
        record = kb.local.outcomes.track_record(ticket)
    if as_json:
        told = {"raw": [one._asdict() for one in raw_texts(ticket)]} if raw else {}
        print_json(output(), {**ticket_shape(ticket), **told})
    elif raw:
        print_raw(output(), ticket)
    else:
        print_ticket(output(), ticket, record)


def print_ticket(console: Console, ticket: StoredTicket, record: TrackRecord) -> None:
    """Print what is known of a ticket, what solved it first."""
    write_labelled(console, "Ticket", Text(origin(ticket), style="cyan"))
    for name in PARTS:
        text = getattr(ticket, name).strip()
        if name == "resolution" and not text:
            console.print()
            write_labelled(console, "Resolution", Text("No resolution yet.", style="italic"))
        elif text:
            console.print()
            style = "bold" if name == "subject" else ""
            shown = _folded(clean(text))
            if name == "resolution" and ticket.resolution_from:
                shown = f"{shown}\n(from {ticket.resolution_from})"
            write_labelled(console, FIELD_TABLE[name].label, Text(shown, style=style))
    console.print()
    _print_details(console, ticket, record)
    if ticket.messages:
        console.print()
        write_labelled(console, "Messages", Text(f"{len(ticket.messages):,}"))
    for message in ticket.messages:
        _print_message(console, message)


def print_raw(console: Console, ticket: StoredTicket) -> None:
    """Print the texts of a ticket as they came."""
    write_labelled(console, "Ticket", Text(origin(ticket), style="cyan"))
    texts = distinct(raw_texts(ticket))
    if not texts:
        write(console, "No text of it is known to have been changed when it came.")
    for one in texts:
        console.print()
        which = "" if one.message is None else f" {one.message + 1:,}"
        label = "Message" if which else FIELD_TABLE[one.field].label
        write_labelled(console, f"{label}{which}", Text(clean(one.text)))


def _folded(text: str) -> str:
    """Return a text with a line in the place of what it quotes."""
    pieces = []
    for part in shown_parts(text):
        lines = count(part.text.count("\n") + 1, "line")
        pieces.append(f"[{lines} quoted; --json has all]" if part.quoted else part.text)
    return "\n\n".join(pieces)


def _print_message(console: Console, message: Message) -> None:
    """Print who wrote a message and when, and below it what they wrote."""
    role = "" if message.role is Role.UNKNOWN else message.role.value
    at = f"{message.at:%Y-%m-%d %H:%M} UTC" if message.at else ""
    seen = "public" if message.public else "internal"
    who = " · ".join(filter(None, (clean(message.author), role, at, seen)))
    console.print()
    write_labelled(console, "", Text(who, style="cyan"))
    lines = count(message.text.count("\n") + 1, "line")
    is_file = message.role is Role.ATTACHMENT
    shown = f"[{lines}; --json has all]" if is_file else _folded(clean(message.text))
    write_labelled(console, "", Text(shown))


def _print_details(console: Console, ticket: StoredTicket, record: TrackRecord) -> None:
    if record.tried:
        write_labelled(console, "Outcome", Text(f"{sentence(record.message)}."))
    for name in LISTS:
        if values := getattr(ticket, name):
            write_labelled(console, FIELD_TABLE[name].label, Text(clean(", ".join(values))))
    for name in DETAILS:
        if getattr(ticket, name):
            write_labelled(console, FIELD_TABLE[name].label, Text(clean(getattr(ticket, name))))
    for name in TIMES:
        if moment := getattr(ticket, name):
            write_labelled(console, FIELD_TABLE[name].label, Text(f"{moment:%Y-%m-%d %H:%M} UTC"))
