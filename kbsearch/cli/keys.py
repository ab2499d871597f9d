"""`kbsearch keys`: the keys of the vault and of the audit log."""

import click

from kbsearch.cli.command import examples
from kbsearch.cli.lazy import Entry, LazyGroup

COMMANDS = {
    "show": Entry("kbsearch.cli.keys_edit:show", "Show which keys there are, and no secret."),
    "rotate": Entry("kbsearch.cli.keys_edit:rotate", "Add a key, and seal every original by it."),
    "backup": Entry("kbsearch.cli.keys_edit:backup", "Copy the key file to a safe place."),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=examples(
        "kbsearch keys show",
        "kbsearch keys backup /media/safe/kbsearch-keys.json",
        "kbsearch keys rotate",
    ),
)
def keys() -> None:
    """Look after the keys of the vault and of the audit log.

    They are in a file outside the data folder, which KBSEARCH_KEYS names; it is made at first use.
    Who loses it can open no original any more and change nothing: keep a backup of it, and
    keep that apart from the backups of the database.
    """
