"""`kbsearch rollback`: return to the index that the last one replaced."""

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import OperatorError
from kbsearch.progress import Progress, Stage
from kbsearch.services.knowledge_base import KnowledgeBase


@click.command(cls=Command, epilog=examples("kbsearch rollback", "kbsearch rollback --yes"))
@click.option("--yes", is_flag=True, help="Do not ask.")
def rollback(yes: bool) -> None:
    """Return to the index before the last reindex.

    That index, the spare, takes the place of the one in use, and takes in every change that the
    store has seen since: no ticket is lost, and none that was deleted comes back. The one in use
    becomes the spare, so that a second rollback undoes the first.
    """
    with knowledge_base() as kb:
        write(output(), _prospect(kb))
        if not yes and not _agreed():
            write(output(), "Nothing was changed.")
            return
        with stage_bars() as progress:
            replay = _Replay(progress)
            state = kb.local.indexing.roll_back(replay)
    taken = f" It took in {count(replay.changes, 'change')} made since." if replay.changes else ""
    write(output(), f"The index is the spare now, with {count(state.tickets, 'ticket')}.{taken}")


class _Replay:
    """Counts the changes that are taken in."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.changes = 0

    def __call__(self, stage: Stage, done: int, total: int | None) -> None:
        if stage is Stage.CATCHING_UP:
            self.changes = done
        self._progress(stage, done, total)


def _prospect(kb: KnowledgeBase) -> str:
    """Say what is in use. Raises OperatorError if there is no index, or no spare of it."""
    kb.local.indexing.behind()  # no index at all is another thing than one that cannot be searched
    found = kb.local.figures.stats()
    if found.index is None:
        return f"The index in use cannot be searched: {found.trouble}"
    if not found.index.spare:
        raise OperatorError(
            "There is no spare to return to: only a reindex keeps the index that it replaces."
            " To rebuild the index, run: kbsearch reindex"
        )
    held = count(found.index.tickets, "ticket")
    return f"The index in use has {held}; the spare will take in the changes made since."


def _agreed() -> bool:
    try:
        return click.confirm("Return to the spare?")
    except click.Abort:
        raise OperatorError(
            "There was no answer, so nothing was changed; to do it without a question, add --yes"
        ) from None
