"""`kbsearch add`: write down a ticket."""

import os
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.form import blank_form, read_form, ticket_fields
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import Function
from kbsearch.cli.terminal import errors, output, write
from kbsearch.errors import KbsearchError, TicketInvalid
from kbsearch.records.ticket import FORM
from kbsearch.services.tickets import Added
from kbsearch.settings import load_settings


def field_options(function: Function) -> Function:
    """Give a command an option for each field of the form."""
    for name, info in reversed(FORM.items()):
        function = click.option(f"--{name}", help=info.help or None)(function)
    return function


@click.command(
    cls=Command,
    epilog=examples(
        "kbsearch add",
        "kbsearch add --subject 'No sound' --problem 'Since the update' --resolution 'Unmute it'",
    ),
)
@field_options
def add(**options: str | None) -> None:
    """Write down a ticket.

    Without options your editor opens with a form; set EDITOR to choose the editor. The ticket gets
    a reference of its own and can be found at once. If it cannot be saved, what you wrote is kept
    in a file.
    """
    written = {name: text.strip() for name, text in options.items() if text is not None}
    for name, text in written.items():
        if not text:
            raise TicketInvalid(name, "is empty; write something, or leave the option out")
    if written:
        _announce(_save(written))
    else:
        _add_form(click.edit(blank_form(), extension=".txt") or "")


def _add_form(form: str) -> None:
    try:
        written = read_form(form)
        if written:
            _announce(_save(written))
    except KbsearchError:
        write(errors(), f"What you wrote is kept in {_keep(form)}")
        raise
    if not written:
        write(errors(), "Nothing was written, so nothing was added.")
        raise click.exceptions.Exit(1)


def _save(written: Mapping[str, str]) -> Added:
    with knowledge_base(create=True) as kb:
        kb.local.tickets.check_status(written.get("status", ""))
        return kb.local.tickets.add_new(partial(ticket_fields, written))


def _announce(added: Added) -> None:
    reference = added.ticket.reference
    if added.note:
        write(output(), f"Added {reference}.")
        write(errors(), f"Note: {added.note}")
    else:
        write(output(), f"Added {reference}; it can be found now.")


def _keep(form: str) -> Path:
    """Put the text in a file that only its author can read, in the data folder if possible."""
    home = load_settings().home
    folder = home if os.access(home, os.W_OK) else None
    descriptor, path = tempfile.mkstemp(prefix="unsaved-", suffix=".txt", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(form)
    return Path(path)
