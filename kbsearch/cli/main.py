"""The command `kbsearch`: the table of its commands."""

import click

from kbsearch import __version__
from kbsearch.cli.command import examples
from kbsearch.cli.lazy import Entry, LazyGroup
from kbsearch.cli.terminal import prepare_streams

COMMANDS = {
    "import": Entry("kbsearch.cli.import_:import_", "Take in tickets from files."),
    "reindex": Entry("kbsearch.cli.reindex:reindex", "Rebuild the search index."),
    "rollback": Entry(
        "kbsearch.cli.rollback:rollback", "Return to the index before the last reindex."
    ),
    "verify": Entry(
        "kbsearch.cli.verify:verify",
        "Check every byte of the search index, and compare it with the store.",
    ),
    "search": Entry("kbsearch.cli.search:search", "Find tickets and what solved them."),
    "suggest": Entry("kbsearch.cli.suggest:suggest", "Show how a query may go on."),
    "similar": Entry("kbsearch.cli.similar:similar", "Find solved tickets like this one."),
    "show": Entry("kbsearch.cli.show:show", "Show one ticket in full."),
    "outcome": Entry("kbsearch.cli.outcome:outcome", "Say whether a ticket solved the problem."),
    "add": Entry("kbsearch.cli.add:add", "Write down a ticket."),
    "delete": Entry(
        "kbsearch.cli.delete:delete", "Take tickets out: nothing finds or shows them any more."
    ),
    "undelete": Entry("kbsearch.cli.undelete:undelete", "Bring deleted tickets back as they were."),
    "purge": Entry(
        "kbsearch.cli.purge:purge", "Remove for good what was deleted over 30 days ago."
    ),
    "serve": Entry("kbsearch.cli.serve:serve", "Serve the search page and the API."),
    "stats": Entry("kbsearch.cli.stats:stats", "Count the tickets and describe the index."),
    "run": Entry("kbsearch.cli.run:run", "Search a file of queries and write the rankings."),
    "evaluate": Entry("kbsearch.cli.evaluate:evaluate", "Score rankings against labels."),
    "gate": Entry(
        "kbsearch.cli.gate:gate", "Check that the tickets that solved something are still found."
    ),
    "synonyms": Entry(
        "kbsearch.cli.synonyms:synonyms", "Tell the search what this desk calls by other names."
    ),
    "keys": Entry(
        "kbsearch.cli.keys:keys", "Look after the keys of the vault and of the audit log."
    ),
    "privacy": Entry("kbsearch.cli.privacy:privacy", "See to it that personal data is masked."),
    "audit": Entry("kbsearch.cli.audit:audit", "Show who did what."),
}
"""Name -> where it is. A new command is a module and a line here."""


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "kbsearch import tickets.csv",
        "kbsearch reindex",
        "kbsearch search printer prints blank pages",
        "kbsearch serve",
    ),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Find how a problem was solved last time.

    The data lies in one folder; set KBSEARCH_HOME to choose it. A command exits with 0 when it did
    its work, 1 when the admin must mend something, 2 when its arguments or files are wrong, 3 when
    an import rejected over 5 % of the rows, 70 when kbsearch itself is wrong, and 130 when it was
    interrupted.
    """
    prepare_streams()


if __name__ == "__main__":
    main(prog_name="kbsearch")
