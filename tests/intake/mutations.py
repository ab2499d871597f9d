"""Damage a file at random, and import it: whatever it holds then, every record is accounted for."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kbsearch.errors import FileUnreadable
from kbsearch.intake.importer import Importer
from kbsearch.progress import silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_report import ImportReport
from kbsearch.store.store import Store

HERE = Path(__file__).parent
DEFECT = "fault of kbsearch"
"""What a report says where a reader failed."""
PLACES = ("fixtures", "readers/workbooks", "mail")
PIECES = (
    *(b'"', b'""', b'\\"', b"\\N", b"\\", b",", b";", b"\t", b"\n", b"\r\n", b"\n\n\n", b"\x00"),
    *(b"{", b"}", b"[", b"]", b":", b"null", b"1e999", b"-1", b"<", b"</", b"&", b"]]>", b"<!--"),
    *(b"\xff", b"\xe9", b"\xc3\xa9", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"sep=;\n"),
    *(
        b"id,subject\n",
        b"From x@example.org Thu Jan  1 00:00:00 2026\n",
        b"Content-Type: text/html",
    ),
    *(
        b"99999999999999999999",
        b"00/00/0000",
        b"a" * 3_000,
        b"\n" * 3_000,
        b"[" * 3_000,
        b'"' * 999,
    ),
)
"""What is put into files."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file that was damaged; `name` ends as that of the file that it was made of."""

    name: str
    content: bytes


def damaged_files(chance: Random) -> Iterator[Damaged]:
    """Yield files without end, each made of a fixture by a few mutations."""
    originals = sorted(
        path
        for place in PLACES
        for path in (HERE / place).rglob("*.*")
        if path.suffix not in {".py", ".md", ".pyc"} and "expected" not in path.parts
    )
    while True:
        path = chance.choice(originals)
        content = path.read_bytes()
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            content = _mutated(content, chance)
        yield _packed(path.name, content, chance)


def _mutated(content: bytes, chance: Random) -> bytes:
    """Return the content with one piece put in, taken out, repeated, moved or changed."""
    start, end = sorted(chance.choices(range(len(content) + 1), k=2))
    end = min(end, start + chance.choice((1, 2, 20, 500)))
    piece = content[start:end]
    return chance.choice(
        (
            content[:start] + chance.choice(PIECES) + content[start:],
            content[:start] + chance.choice(PIECES) + content[end:],
            content[:start] + content[end:],
            content[:start] + piece * chance.choice((2, 3, 50)) + content[end:],
            content[:start]
            + bytes(byte ^ 1 << chance.randrange(8) for byte in piece)
            + content[end:],
            content[:start] if chance.random() < 0.3 else content[end:] + piece,
        )
    )


def _packed(name: str, content: bytes, chance: Random) -> Damaged:
    """Return a file, now and then packed, and the packed one now and then damaged too."""
    way = chance.random()
    if way < 0.05:
        packed = gzip.compress(content)
        return Damaged(f"{name}.gz", packed if way < 0.02 else _mutated(packed, chance))
    if way < 0.1:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
            files.writestr(name, content)
        packed = archive.getvalue()
        return Damaged(f"{name}.zip", packed if way < 0.07 else _mutated(packed, chance))
    return Damaged(name, content)


def fault_of(damaged: Damaged, folder: Path, store: Store) -> str:
    """Import a damaged file without saving; return what is wrong with the report, "" if nothing."""
    path = folder / damaged.name
    path.write_bytes(damaged.content)
    importer = Importer(
        store, ImportOptions(dry_run=True), rejects_folder=folder / "rejects", progress=silent
    )
    try:
        report = importer.run([path])
    except FileUnreadable as fault:
        return str(fault) if DEFECT in str(fault) else ""
    if found := [one for one in (*report.problems, *report.notes) if DEFECT in one]:
        return "; ".join(found)
    counted = _counted(report)
    if counted != report.read:
        return f"{report.read} rows were read and {counted} counted"
    return "; ".join(report.unaccounted)


def _counted(report: ImportReport) -> int:
    return (
        report.new
        + report.changed
        + report.unchanged
        + report.older
        + report.deleted
        + report.joined
        + report.rejected
    )
