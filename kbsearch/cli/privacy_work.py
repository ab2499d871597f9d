"""The commands of `kbsearch privacy`."""

import click
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, output, write, write_labelled
from kbsearch.records.privacy import FoundPiece, MaskedCounts

_LABEL = 18
"""Characters for the place of an original."""
_LISTED = 50
"""Places that are listed."""


@click.command(cls=Command, epilog=examples("kbsearch privacy status"))
def status() -> None:
    """Show how many tickets are masked, and which texts are withheld."""
    with knowledge_base() as kb:
        state = kb.local.privacy.state()
    for line in _lines(state.counts):
        write(output(), line)
    for reference, source in state.withheld:
        write(output(), f'  "{reference}" from "{source}": a text could not be masked')


def _lines(counts: MaskedCounts) -> list[str]:
    masked = counts.total - counts.due
    lines = [f"{masked:,} of {count(counts.total, 'ticket')} are masked by the rules of today."]
    if counts.never:
        lines.append(f"{count(counts.never, 'ticket')} came before any rules, and show all.")
    if counts.older:
        lines.append(f"{count(counts.older, 'ticket')} were masked by other rules.")
    if counts.withheld:
        lines.append(f"Of {count(counts.withheld, 'ticket')} a text is withheld.")
    if counts.due:
        lines.append("To mask them, run: kbsearch privacy remask")
    return lines


@click.command(cls=Command, epilog=examples("kbsearch privacy preview"))
def preview() -> None:
    """Show what masking would find in a sample of the tickets that are not masked yet.

    Nothing is changed. It prints pieces of tickets as they are.
    """
    with knowledge_base() as kb:
        sample = kb.local.privacy.sample()
    write(output(), f"{count(sample.due, 'ticket')} would be masked; {sample.read:,} were read.")
    for kind, number in sorted(sample.kinds.items(), key=lambda pair: -pair[1]):
        write(output(), f"  {number:>7,}  {kind.replace('_', ' ')}")
    for one in sample.pieces:
        write(output(), f"  {_shown(one)}")


def _shown(one: FoundPiece) -> str:
    """Return a finding with what is around it, and its mark."""
    text = " ".join(f"{one.before}<{one.value}>{one.after}".split())
    return f"{text}  ->  {one.mark}"


@click.command(cls=Command, epilog=examples("kbsearch privacy remask --yes 161374"))
@click.option("--yes", "agreed", type=int, help="How many tickets you expect to be masked.")
def remask(agreed: int | None) -> None:
    """Mask every ticket that the rules of today have not masked.

    Searches go on meanwhile, and what is broken off is finished by the next run. At the end the
    index is rebuilt and has no spare, and nothing of the texts before is left in the database.
    Originals are sealed in the vault; of a card only the last four digits are kept.
    """
    with knowledge_base() as kb, stage_bars() as progress:
        done = kb.local.privacy.remask(agreed=agreed, progress=progress)
    changed = f"{done.changed:,} of them look otherwise now."
    write(output(), f"{count(done.done, 'ticket')} masked. {changed}")


@click.command(cls=Command, epilog=examples("kbsearch privacy scan"))
def scan() -> None:
    """Look for card numbers, and for originals of the vault, in all that is stored.

    It reads every byte of the data folder, and a database elsewhere row by row. Exit 1 if there is
    any, with its file and the byte, and never what it is.
    """
    found = 0
    with knowledge_base() as kb:
        for one in kb.local.privacy.scan():
            found += 1
            if found <= _LISTED:
                write(output(), f"{one.place}, byte {one.at:,}: {one.what}")
    if found > _LISTED:
        write(output(), f"... and {found - _LISTED:,} more.")
    if found:
        raise click.exceptions.Exit(1)
    write(output(), "There are no card numbers, and no originals outside the vault.")


@click.command(
    cls=Command, epilog=examples('kbsearch privacy reveal T-1 --reason "call back was asked for"')
)
@click.argument("reference", metavar="REF")
@click.option("--reason", required=True, help="What the original is needed for, in words.")
@click.option("--source", help="Where it came from, when several sources have this reference.")
def reveal(reference: str, reason: str, source: str | None) -> None:
    """Show what a ticket said before it was masked.

    The audit log keeps the reason. Of a card no one has more than the last four digits.
    """
    with knowledge_base() as kb:
        originals = kb.local.privacy.reveal(reference, reason, source)
    if not originals:
        write(output(), "Nothing of this ticket was masked.")
    for place, text in originals.items():
        write_labelled(output(), place, Text(clean(text)), _LABEL)
