"""`kbsearch synonyms publish`: put the draft in use."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.editing import taking_turns
from kbsearch.cli.gate_run import drop, load_pairs, pairs_file, places, print_comparison
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.synonyms_files import SynonymFiles
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import OperatorError
from kbsearch.evaluation.gate import Comparison, compare
from kbsearch.search.synonyms.file import Action
from kbsearch.search.synonyms.live_table import phrase_table
from kbsearch.service import KnowledgeBase


@click.command(
    cls=Command, epilog=examples("kbsearch synonyms publish", "kbsearch synonyms publish --anyway")
)
@click.option("--anyway", is_flag=True, help="Publish although the gate fails.")
@taking_turns
def publish(anyway: bool) -> None:
    """Put the draft in use, if the gate passes.

    The saved pairs of `kbsearch gate` are searched with the synonyms in use and with those of the
    draft. If tickets that solved something are found less well with the draft, it stays a draft.
    Else every search reads it from now on, in a running server, too.
    """
    with knowledge_base() as kb:
        files = SynonymFiles.read(kb.settings)
        files.refuse_faults()
        files.refuse_no_changes()
        compared = _gate(kb, files)
    if compared is None:
        write(output(), "No pairs are saved, so no gate was passed; see: kbsearch gate --help")
    else:
        print_comparison(output(), compared)
        output().print()
        if not compared.passed and not anyway:
            raise OperatorError(
                f"The gate fails: {drop(compared)}. The draft is not in use; to publish it all the"
                " same, run: kbsearch synonyms publish --anyway"
            )
    files.publish()
    added = sum(change.action is Action.ADD for change in files.changes)
    removed = len(files.changes) - added
    write(output(), f"{count(added, 'synonym')} added, {removed:,} removed; searches use them now.")


def _gate(kb: KnowledgeBase, files: SynonymFiles) -> Comparison | None:
    """Compare the two tables on the saved pairs, None if there are no pairs."""
    pairs = load_pairs(pairs_file(kb.settings))
    if not pairs:
        return None
    now = places(kb, pairs, phrase_table(files.rows))
    return compare(now, places(kb, pairs, phrase_table(files.proposed)))
