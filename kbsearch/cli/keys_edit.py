"""`kbsearch keys show`, `rotate` and `backup`."""

from pathlib import Path

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import VaultDamaged


@click.command(cls=Command, epilog=examples("kbsearch keys show"))
def show() -> None:
    """Show which keys there are, and no secret.

    Of each key: its id, when it was made, and how many originals it seals. The newest is in use;
    the others open what is older, and check the audit log. If the key file is lost, damaged, open
    to others or not the one that the store needs, a sentence says what to do.
    """
    with knowledge_base() as kb:
        versions, path = kb.local.keys.versions(), kb.local.keys.path
    if not versions:
        write(output(), f"There are no keys yet; the first change makes them, in {path}")
        return
    write(output(), f"The keys are in {path}")
    for one in versions:
        use = ", in use" if one.in_use else ""
        sealed = count(one.originals, "original")
        write(output(), f"{one.id}  made on {one.created:%Y-%m-%d}, seals {sealed}{use}")


@click.command(cls=Command, epilog=examples("kbsearch keys rotate"))
def rotate() -> None:
    """Add a key, and seal every original by it.

    Others read and write meanwhile. If it is interrupted, the next call goes on where it stopped.
    Old keys stay in the file, because the audit log is checked by them: if a key file was stolen,
    rotate, and let no one read the database of before.
    """
    with knowledge_base() as kb, stage_bars() as progress:
        done = kb.local.keys.rotate(progress)
    again = "The rotation that was broken off is finished. " if done.resumed else ""
    sealed = count(done.sealed, "original was", "originals were")
    write(output(), f"{again}The key {done.key} is in use, and {sealed} sealed by it.")
    if done.damaged:
        damaged = count(done.damaged, "original is", "originals are")
        raise VaultDamaged(f"{damaged} damaged and stay as they are; see a backup of the database.")
    write(output(), "Make a backup of the key file: kbsearch keys backup FILE")


@click.command(cls=Command, epilog=examples("kbsearch keys backup /media/safe/kbsearch-keys.json"))
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy the key file to a safe place.

    FILE is a new file; only you may read it. To use it, put it where KBSEARCH_KEYS says. Who
    has it and the database can read every original, so keep the two apart.
    """
    with knowledge_base() as kb:
        kb.local.keys.back_up(target)
    write(output(), f"The keys are copied to {target}; keep it apart from the database.")
