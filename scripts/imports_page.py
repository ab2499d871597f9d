"""docs/imports.md: what an import reads, by importing a small export of every known help desk."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kbsearch.analysis.tables import table
from kbsearch.intake import allowance, archive, file_import, opening, rows, survey
from kbsearch.intake.importer import Importer
from kbsearch.intake.mail import mail
from kbsearch.intake.readers import program, workbook
from kbsearch.intake.readers.registry import READERS, has_reader
from kbsearch.privacy.key_file import KeyFile
from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules
from kbsearch.privacy.tickets import TicketMasking
from kbsearch.progress import silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_report import ImportReport
from kbsearch.records.ticket import FIELD_TABLE, StoredTicket, Ticket
from kbsearch.store.store import Store

FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "intake" / "fixtures"
INTRO = """# Imports

What `kbsearch import` reads. `--preview` shows what was recognised in a file, which column is taken
for which field, and what would change.

## Files

Files that end in {endings},
each also with `.gz`; `.zip` archives and folders of them; folders of mails (Maildir). The usual
names of columns are known; `--map FIELD=NAME` says what others are.

A value inside an object of JSON is named by its path, such as `fields.status.name`. A conversation
is a column `messages`, a list of objects:

    {{"author": "Bo", "role": "agent", "at": "2026-03-01T09:30:00Z", "public": true, "text": "..."}}

`role` is requester, agent, system, attachment or unknown. `public` is false for a note among
agents.

The text of the files of mails is a message by the name of the file: of `.txt`, `.log`, `.csv` and
`.docx`, and of `.pdf` if `kbsearch[attachments]` is installed, as the locks have it. Of a ticket 20
files are read, of each 100,000 characters, none of more than 1,000,000 bytes. What cannot be read
is kept by its name, and the report says so.

## Limits

What a file holds can cost no other file its tickets. A file beyond a limit is named with the next
step; the rows before that are kept, and the next file is read.

| What | Limit |
| --- | --- |
| Time to read a file | {seconds:.0f} s of a processor, {megabyte} s more a MB and {row} s a row |
| Time to read a mail, after which its text is left out | {part:.0f} s, {megabyte} s more a MB |
| Characters of a header of a mail | {header:,} |
| Memory to read JSON, XML, mails and workbooks | {memory:,} bytes, in a process of its own |
| Unpacked from gzip or ZIP | {ratio} times the size, beyond {small:,} bytes |
| Files in an archive | {members:,}; no link, no archive, none encrypted, none outside |
| Workbook | {workbook:,} bytes |
| Columns of a file, keys of an object | {columns:,} |
| Characters in a row | {characters:,} |
| Rows after each other that are rejected | {rejected:,} |
| Rows at the beginning without any column that is known | {hopeless:,} |

Links, pipes, sockets and devices in a folder are passed over and named. No entity of XML is
replaced, and nothing is fetched.

## Help desks

The exports of these are recognised by their columns, and the report says so. Each row was made by
importing small exports: *Fields* are those that they filled, *Messages* how many they had. What no
field takes, the report names. `:number` marks a column of numbers.
"""
HEADER = (
    "| Help desk | Export | File | Recognised by | Fields | Messages |",
    "| --- | --- | --- | --- | --- | --- |",
)
_ALWAYS = ("source", "kind", "audience", "resolution_from")
_MESSAGES = "messages"

MASKING = TicketMasking(Masker(Rules()))


@dataclass
class _Found:
    """The tickets of the exports of one kind, and the endings of their files."""

    endings: dict[str, None] = field(default_factory=dict)
    tickets: list[StoredTicket] = field(default_factory=list)


class NotRecognised(Exception):
    """An export that is in the table, and does not come in as one of its vendor."""


def imports() -> str:
    """Return the page, from the formats and the exports that are read."""
    endings = ", ".join(f"`{ending}`" for ending in READERS)
    found = sorted(_rows(), key=str.casefold)
    return "\n".join([INTRO.format(endings=endings, **_limits()), *HEADER, *found]) + "\n"


def _limits() -> dict[str, float]:
    """Return name -> limit."""
    return {
        "seconds": allowance.SECONDS,
        "megabyte": allowance.OF_A_MEGABYTE,
        "row": allowance.OF_A_ROW,
        "part": allowance.OF_A_PART,
        "header": mail.HEADER_LIMIT,
        "memory": program.MEMORY,
        "ratio": opening.RATIO,
        "small": opening.SMALL,
        "members": archive.MEMBERS,
        "workbook": workbook.LIMIT,
        "columns": rows.COLUMN_LIMIT,
        "characters": rows.ROW_LIMIT,
        "rejected": file_import.HOPELESS,
        "hopeless": survey.HOPELESS,
    }


def _rows() -> Iterator[str]:
    exports = {f"{name} ({form})": marks for name, form, _, marks in table("vendors.tsv")}
    found: dict[str, _Found] = {name: _Found() for name in exports}
    for path in sorted(path for path in FIXTURES.iterdir() if has_reader(path)):
        report, tickets = _imported(path)
        export = next((one for one in exports if _says(report, one)), "")
        if not export or report.rejected or report.problems:
            raise NotRecognised(f"imports: {path.name} does not come in: {report}")
        found[export].endings[path.suffix] = None
        found[export].tickets += tickets
    for export, marks in exports.items():
        if not found[export].tickets:
            raise NotRecognised(f"imports: no fixture is an export of {export}")
        yield _row(export, marks, found[export])


def _says(report: ImportReport, export: str) -> bool:
    return any(f"recognised as an export of {export}: " in note for note in report.notes)


def _imported(path: Path) -> tuple[ImportReport, list[StoredTicket]]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(
            f"sqlite:///{folder}/kbsearch.db",
            masking=MASKING,
            keys=KeyFile(Path(folder) / "keys.json"),
        )
        with closing(store):
            importer = Importer(
                store, ImportOptions(), rejects_folder=Path(folder), progress=silent
            )
            return importer.run([path]), list(store.tickets())


def _row(export: str, marks: str, found: _Found) -> str:
    name, _, form = export.removesuffix(")").partition(" (")
    filled = [
        info.label
        for name_of, info in FIELD_TABLE.items()
        if name_of not in {*_ALWAYS, _MESSAGES}
        and any(getattr(one, name_of) != getattr(_EMPTY, name_of) for one in found.tickets)
    ]
    messages = sum(len(one.messages) for one in found.tickets)
    known = ", ".join(f"`{mark}`" for mark in marks.split("; "))
    endings = ", ".join(f"`{ending}`" for ending in found.endings)
    cells = (name, form, endings, known, ", ".join(filled), messages or "none")
    return f"| {' | '.join(str(cell) for cell in cells)} |"


_EMPTY = Ticket(reference="-", subject="-")
