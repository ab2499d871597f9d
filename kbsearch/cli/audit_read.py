"""`kbsearch audit show`, `verify` and `export`."""

import json
from pathlib import Path

import click

from kbsearch.cli.command import Command, examples
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.options import Number
from kbsearch.cli.terminal import count, output, write
from kbsearch.errors import AuditDamaged, shown
from kbsearch.messages.message import render
from kbsearch.text_files import new_lines


@click.command(cls=Command, epilog=examples("kbsearch audit show", "kbsearch audit show --limit 5"))
@click.option(
    "--limit", type=Number(1), default=20, metavar="N", show_default=True, help="Rows at most."
)
def show(limit: int) -> None:
    """Show what was done, the last thing first.

    A line has the number of the row, the time in UTC, who it was, what was done to what, and
    counts and names. `kbsearch audit export` writes all of it.
    """
    with knowledge_base() as kb:
        rows = kb.local.audit.newest(limit)
    for row in rows:
        detail = ", ".join(
            f"{name} {shown(str(value))}" for name, value in json.loads(row.detail).items()
        )
        parts = (f"{row.sequence:>6}  {row.at[:19].replace('T', ' ')}", row.actor, row.action)
        write(output(), "  ".join((*parts, *filter(None, (row.object, detail)))))
    if not rows:
        write(output(), "Nothing was recorded yet.")


@click.command(cls=Command, epilog=examples("kbsearch audit verify"))
def verify() -> None:
    """Check that no row was changed, removed or put in.

    Every row is checked by its key and against the row before. Rows that were cut off or replaced
    at the end are noticed by the anchors, a file next to the key file: keep a copy of it elsewhere.
    The first row that is wrong is named, and the command exits with 1.
    """
    with knowledge_base() as kb:
        found = kb.local.audit.verify()
    if found.unseen:
        write(output(), render(found.unseen))
    right = count(found.rows, "row is", "rows are")
    if found.fault:
        raise AuditDamaged(
            f"{render(found.fault)} {right} right before it; find out who can write to the"
            " database, and compare it with a backup."
        )
    write(output(), f"{right} as written.")


@click.command(cls=Command, epilog=examples("kbsearch audit export audit.jsonl"))
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def export(target: Path) -> None:
    """Write the whole log to a file.

    FILE gets an object in JSON on each line, as the row is stored. Only you may read it.
    """
    with new_lines(target, private=True) as lines, knowledge_base() as kb:
        lines.extend(json.dumps(row, ensure_ascii=False) for row in kb.local.audit.rows())
        written = len(lines)
    write(output(), f"{count(written, 'row')} written to {target}")
