"""`kbsearch audit`: who did what."""

import click

from kbsearch.cli.command import examples
from kbsearch.cli.lazy import Entry, LazyGroup

COMMANDS = {
    "show": Entry("kbsearch.cli.audit_read:show", "Show what was done, the last thing first."),
    "verify": Entry(
        "kbsearch.cli.audit_read:verify", "Check that no row was changed, removed or put in."
    ),
    "export": Entry("kbsearch.cli.audit_read:export", "Write the whole log to a file."),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=examples(
        "kbsearch audit show --limit 50",
        "kbsearch audit verify",
        "kbsearch audit export audit.jsonl",
    ),
)
def audit() -> None:
    """Show who did what.

    Imports, rebuilds, deletions and changes of keys each write a row, in the transaction of what
    they do: what cannot be recorded is not done. Each row is signed together with the one before.
    """
