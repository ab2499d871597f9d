"""`kbsearch synonyms`: what this desk calls by other names."""

import click

from kbsearch.cli.command import examples
from kbsearch.cli.lazy import Entry, LazyGroup

COMMANDS = {
    "list": Entry("kbsearch.cli.synonyms_edit:list_", "Show the synonyms and the draft."),
    "add": Entry("kbsearch.cli.synonyms_edit:add", "Put a synonym into the draft."),
    "remove": Entry("kbsearch.cli.synonyms_edit:remove", "Take a synonym out, by the draft."),
    "check": Entry(
        "kbsearch.cli.synonyms_check:check", "Show what the draft changes on recent queries."
    ),
    "publish": Entry(
        "kbsearch.cli.synonyms_publish:publish", "Put the draft in use, if the gate passes."
    ),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=examples(
        'kbsearch synonyms add sso "single sign-on"',
        "kbsearch synonyms check",
        "kbsearch synonyms publish",
    ),
)
def synonyms() -> None:
    """Tell the search what this desk calls by other names.

    A change goes into a draft first, which no search reads: `check` shows what it would do to the
    queries of the last days, and `publish` puts it in use, at once and without a restart.
    """
