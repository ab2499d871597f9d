"""`kbsearch import`: take in tickets from files."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, Unpack

import click
from rich.console import Console
from rich.text import Text

from kbsearch.cli.command import Command, examples
from kbsearch.cli.import_preview import print_preview
from kbsearch.cli.knowledge import knowledge_base
from kbsearch.cli.progress import stage_bars
from kbsearch.cli.steering import clean
from kbsearch.cli.terminal import count, errors, output, write, write_labelled
from kbsearch.errors import (
    FileUnreadable,
    IndexBusy,
    IndexMissing,
    InputError,
    OperatorError,
    StoreMissing,
)
from kbsearch.messages.message import render
from kbsearch.records.import_options import DateOrder, ImportOptions
from kbsearch.records.import_report import ImportReport
from kbsearch.records.ticket import CHOICES, IMPORTED, NAMES
from kbsearch.services.importing import check_paths
from kbsearch.services.indexing import Prepared
from kbsearch.services.knowledge_base import KnowledgeBase
from kbsearch.settings import load_settings

COUNTS = ("read", "new", "changed", "unchanged", "older", "deleted", "joined", "rejected", "blank")
MEANT = tuple(name for name in NAMES if name not in {"reference", "source"}) + tuple(CHOICES)
"""The fields whose values --map-value may name."""
SELDOM = ("older", "deleted", "joined", "blank")
"""The counts that are printed only where there is something to count."""
MANY_REJECTED = 0.05
"""Share of rejected rows, above which a script that imports should notice."""
PARTLY = 3
"""What the command exits with then."""


def read_mapping(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Read `field=Column`, the column as the file calls it."""
    mapping: dict[str, str] = {}
    for value in values:
        name, _, column = value.partition("=")
        if name not in IMPORTED:
            raise click.BadParameter(f"{name!r} is no field; the fields are {', '.join(IMPORTED)}.")
        if not column:
            raise click.BadParameter(f"{value!r} names no column; write it as {name}=Column.")
        if name in mapping:
            raise click.BadParameter(f"{name!r} is given twice; name one column for it.")
        mapping[name] = column
    return mapping


def read_meanings(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> dict[tuple[str, str], str]:
    """Read `field:value=Meaning`."""
    meanings: dict[tuple[str, str], str] = {}
    for value in values:
        told, _, meaning = value.partition("=")
        name, _, written = told.partition(":")
        if name not in MEANT or not written or not meaning:
            raise click.BadParameter(
                f"{value!r} is not written as FIELD:VALUE=MEANING, such as status:5=Closed; the"
                f" fields are {', '.join(MEANT)}."
            )
        meanings[name, written.casefold()] = meaning
    return meanings


class _Said(TypedDict):
    """The options of the command, as `ImportOptions` takes them."""

    mapping: dict[str, str]
    meanings: dict[tuple[str, str], str]
    source: str | None
    encoding: str
    dry_run: bool
    force_older: bool
    date_order: DateOrder | None


@click.command(
    "import",
    cls=Command,
    epilog=examples(
        "kbsearch import tickets.csv",
        "kbsearch import exports/ --source helpdesk --dry-run",
        "kbsearch import calls.csv --map problem='What happened' --map resolution=Fix",
    ),
)
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=COLUMN",
    multiple=True,
    callback=read_mapping,
    help="Which column holds a field, where its name does not tell; repeatable.",
)
@click.option(
    "--map-value",
    "meanings",
    metavar="FIELD:VALUE=MEANING",
    multiple=True,
    callback=read_meanings,
    help="What a value means, such as status:5=Closed; repeatable.",
)
@click.option(
    "--mapping",
    "saved",
    metavar="NAME",
    help="Import as was saved under this name, on the import page or by --save-mapping.",
)
@click.option(
    "--save-mapping",
    "save_as",
    metavar="NAME",
    help="Keep --map, --map-value, --source, --encoding and --date-order under this name.",
)
@click.option(
    "--source",
    help="Where the tickets come from, for rows that do not say.  [default: desk]",
)
@click.option(
    "--preview",
    is_flag=True,
    help="Show columns, first tickets and counts; save no ticket.",
)
@click.option(
    "--encoding",
    metavar="NAME",
    default="",
    help="What the files are written in, where their letters come out wrong: cp850, mac_roman...",
)
@click.option("--dry-run", is_flag=True, help="Read and count everything, save nothing.")
@click.option(
    "--force-older",
    is_flag=True,
    help="Take rows also if they were updated before the ticket that is stored.",
)
@click.option(
    "--date-order",
    type=click.Choice([order.value for order in DateOrder]),
    callback=lambda _context, _option, value: DateOrder(value) if value else None,
    help="Which of day and month comes first in dates such as 03/04/2026, where no row proves it.",
)
def import_(
    *,
    paths: tuple[Path, ...],
    saved: str | None,
    save_as: str | None,
    preview: bool,
    **said: Unpack[_Said],
) -> None:
    """Take in tickets from files.

    PATH is a CSV, TSV, JSON, JSONL or XML file, a workbook, a mailbox or a mail, plain, in gzip or
    in a ZIP archive, or a folder of them. A ticket that is there already, by its reference and
    source, is brought up to date. A row whose time of update is before that of the ticket changes
    nothing and is counted as older. A ticket that was deleted stays deleted.

    A row that cannot be taken in is rejected and the others go on: rejected rows are written to a
    file, each with its reason, to be mended and imported again; the command still exits with 0,
    with 3 if they are more than 5 % of the rows, and with 2 if it could take in none of them. A
    file that cannot be read to its end does not stop the others either, but then the command exits
    with 2. If a line of a file became nothing that is counted, it exits with 1. If there is an
    index, it takes in the changes at once.
    """
    check_paths(paths)  # before a data folder is made for nothing
    dry = said["dry_run"] or preview
    with (
        _dry() if dry and not save_as else knowledge_base(create=True) as kb,
        kb.local.indexing.attended(),
    ):
        options = _options(said, kb.local.importing.saved.load(saved) if saved else None)
        if save_as:
            kb.local.importing.saved.save(save_as, options)
            write(output(), f"The mapping is saved as {save_as}.")
        try:
            report = _run(kb, paths, options, preview=preview)
            if report.rejects is not None:
                again = _command(report.rejects, options)
                write(output(), f"Mend them there, then run: {again}")
            if not dry:
                write(output(), _refresh(kb))
        except KeyboardInterrupt:
            write(errors(), _interrupted(kb))
            raise
    _judge(report)


def _options(said: _Said, saved: ImportOptions | None) -> ImportOptions:
    """Return what was saved, with what the command line says put over it."""
    given = {name: value for name, value in said.items() if value}
    if saved is None:
        return ImportOptions(**given)  # type: ignore[arg-type]
    given["mapping"] = {**saved.mapping, **said["mapping"]}
    given["meanings"] = {**saved.meanings, **said["meanings"]}
    return replace(saved, **given)  # type: ignore[arg-type]


def _run(
    kb: KnowledgeBase, paths: Sequence[Path], options: ImportOptions, *, preview: bool
) -> ImportReport:
    """Import the files, or only look at them, and print what became of the rows."""
    with stage_bars() as progress:
        if preview:
            found = kb.local.importing.preview(paths, options, progress=progress)
            report = found.report
        else:
            report = kb.local.importing.run(paths, options, progress=progress)
    if preview:
        print_preview(output(), found)
    print_report(output(), report, dry_run=preview or options.dry_run)
    return report


def _judge(report: ImportReport) -> None:
    """End as what became of the rows deserves."""
    if report.unaccounted:
        raise OperatorError("\n".join(report.unaccounted))
    if report.problems:
        raise FileUnreadable("\n".join(report.problems))
    if report.read and report.rejected == report.read:
        raise InputError("No row could be taken in; --map says which column holds a field.")
    if report.rejected > MANY_REJECTED * report.read:
        raise click.exceptions.Exit(PARTLY)


@contextmanager
def _dry() -> Iterator[KnowledgeBase]:
    """Open the knowledge base to compare with; where there is none, an empty one for the while."""
    try:
        with knowledge_base() as kb:
            yield kb
    except StoreMissing:
        with TemporaryDirectory() as folder:
            settings = load_settings().model_copy(update={"home": Path(folder), "database_url": ""})
            with closing(KnowledgeBase.open(settings)) as kb:
                yield kb


def print_report(console: Console, report: ImportReport, *, dry_run: bool) -> None:
    """Print what became of the rows."""
    for name in COUNTS:
        number = getattr(report, name)
        if name in SELDOM and not number:
            continue
        style = "bold red" if name == "rejected" and number else ""
        write_labelled(console, name.capitalize(), Text(f"{number:>10,}", style=style))
    if report.rejects is not None:
        rows = count(report.rejected, "row was", "rows were")
        write(console, f"{rows} rejected; the reasons are in {clean(str(report.rejects))}")
        for reason, number in report.reasons:
            write(console, f"{number:>10,} x {clean(reason)}")
    if report.older:
        rows = count(report.older, "row is", "rows are")
        write(
            console,
            f"{rows} older than what is stored and changed nothing; to take such rows all the same,"
            " add --force-older",
        )
    if report.deleted:
        rows = count(report.deleted, "row belongs", "rows belong")
        write(
            console,
            f"{rows} to deleted tickets and changed nothing; to bring a ticket back within 30 days"
            " after it was deleted, run: kbsearch undelete REF",
        )
    if not report.read and not report.problems:
        write(console, "Note: there was no row to take in, only headings.")
    for note in report.notes:
        write(console, f"Note: {note}")
    if dry_run:
        write(console, "This was a dry run: nothing was saved.")


def _command(rejects: Path, options: ImportOptions) -> str:
    """Return what takes in the rejected rows once they are mended."""
    maps = [f"--map={field}={name}" for field, name in options.mapping.items()]
    maps += [f"--map-value={name}:{value}={say}" for (name, value), say in options.meanings.items()]
    order = [f"--date-order={options.date_order}"] if options.date_order else []
    source = f"--source={options.source}"
    return shlex.join(["kbsearch", "import", str(rejects), source, *maps, *order])


def _interrupted(kb: KnowledgeBase) -> str:
    """Say what is kept, and how to go on."""
    kept = "Interrupted: the rows read so far are kept; import the same files again for the rest."
    try:
        behind = kb.local.indexing.behind()
    except OperatorError:
        return kept
    lacks = f" The index lacks {count(behind, 'change')}; that import takes them in, too."
    return kept + (lacks if behind > 0 else "")


def _refresh(kb: KnowledgeBase) -> str:
    """Bring the index up to date, if there is one, and say so."""
    waiting = "The rows are saved. Another process rebuilds the index: waiting."
    try:
        done = kb.local.indexing.when_free(lambda: _taken_in(kb), lambda: write(output(), waiting))
    except IndexMissing:
        return "There is no index yet; to make the tickets searchable, run: kbsearch reindex"
    except IndexBusy:
        return "The rows are saved; the index takes them in with the next change."
    if done.why:
        write(output(), render(done.why))
    return f"The index is up to date with {count(done.state.tickets, 'ticket')}."


def _taken_in(kb: KnowledgeBase) -> Prepared:
    with stage_bars() as progress:
        return kb.local.indexing.refresh(progress)
