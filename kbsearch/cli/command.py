"""A command whose help ends with examples."""

import click


class Command(click.Command):
    """Shows its epilog as a section of lines to copy; `examples` makes one."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each on a line of its own however long it is."""
        del ctx
        write_examples(self.epilog, formatter)


def examples(*lines: str) -> str:
    """Return the epilog of a command: what somebody would type."""
    return "\n".join(lines)


def write_examples(epilog: str | None, formatter: click.HelpFormatter) -> None:
    """Write the section of examples, if there are some."""
    if epilog:
        with formatter.section("Examples"):
            formatter.write("".join(f"  {line}\n" for line in epilog.splitlines()))
