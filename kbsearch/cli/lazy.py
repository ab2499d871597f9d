"""A group of commands whose modules are loaded when a command is called."""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from kbsearch.cli.command import write_examples
from kbsearch.cli.failures import translated


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the list of `kbsearch --help`.

    target   where the command is: "module:name".
    summary  its line in the list, the same as the first line of its own help.
    """

    target: str
    summary: str


class LazyGroup(click.Group):
    """Knows its commands from a table, so that listing them loads none of them."""

    def __init__(self, *, table: Mapping[str, Entry], **settings: Any) -> None:
        super().__init__(**settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, or return None if the table has no such name."""
        del ctx
        entry = self.table.get(cmd_name)
        return None if entry is None else _load(entry)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first argument, or propose the names that look like it."""
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            raise click.NoSuchCommand(name, possibilities=list(self.table), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their summaries, from the table alone."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.table.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, as the commands do."""
        del ctx
        write_examples(self.epilog, formatter)

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        """Read the arguments of the group; what is wrong with them ends as a sentence, too."""
        with translated():
            return super().make_context(*given, **more)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; whatever it raises ends as a sentence and an exit code."""
        with translated():
            return super().invoke(ctx)


def _load(entry: Entry) -> click.Command:
    command = pkgutil.resolve_name(entry.target)
    if not isinstance(command, click.Command):
        raise TypeError(f"{entry.target} is not a command")
    return command
