"""Import hostile files among good ones, and tell what goes wrong."""

import json
import re
import resource
import time
from dataclasses import dataclass
from pathlib import Path

from kbsearch.intake.importer import Importer
from kbsearch.progress import silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.store.store import Store
from tests.intake.hostile import HARMLESS
from tests.masking import unmasked

GOOD = (".csv", ".jsonl", ".json", ".xml", ".mbox")
"""The formats of good files, in turn."""


ORDINARY = re.compile(
    r"(?:is|are) empty in every row|stands? in several rows|ha(?:s|ve) the order|recognised as"
)
"""What is said of good files, too, and so names no hostile one."""
SLOW = 15.0
"""Seconds of a processor in which an import must end."""
OF_A_ROW = 0.0003
"""Seconds more for each row: those of plain rows take less than half of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import of good files and a hostile one did.

    fault     what is wrong, "" if nothing is.
    said      what the report says of the hostile file.
    elapsed, processor  seconds.
    """

    fault: str
    said: str
    elapsed: float
    processor: float


def write_good(folder: Path, count: int) -> set[str]:
    """Write good files of one ticket each; return the references of the tickets."""
    for number in range(count):
        ending = GOOD[number % len(GOOD)]
        (folder / f"good-{number}{ending}").write_text(_good(ending, number))
    return {_reference(GOOD[number % len(GOOD)], number) for number in range(count)}


def _reference(ending: str, number: int) -> str:
    """Return the reference of a good ticket: of a mail, the number in its subject."""
    return f"1{number:0>5}" if ending == ".mbox" else f"good-{number}"


def _good(ending: str, number: int) -> str:
    reference = _reference(ending, number)
    ticket = {"id": reference, "subject": "Belt slips", "description": "It slips", "status": "open"}
    match ending:
        case ".csv":
            return f"{','.join(ticket)}\n{','.join(ticket.values())}\n"
        case ".xml":
            cells = "".join(f"<{name}>{value}</{name}>" for name, value in ticket.items())
            return f"<tickets><ticket>{cells}</ticket></tickets>"
        case ".mbox":
            return (
                "From ann@example.org Mon Mar  2 09:30:00 2026\nFrom: ann@example.org\n"
                f"Message-ID: <{reference}@x>\nSubject: [Desk #{reference}] Belt {number} slips\n"
                "\nIt slips\n"
            )
        case _:
            row = json.dumps(ticket)
            return f"[{row}]" if ending == ".json" else f"{row}\n"


def mix(path: Path, references: set[str]) -> Outcome:
    """Import a folder of good files with a hostile one among them, which is removed then."""
    folder, name = path.parent, path.name
    begun, processor = time.monotonic(), _processor()
    place = folder.parent / "stores" / name
    place.mkdir(parents=True)
    store = Store.open(f"sqlite:///{place / 'kbsearch.db'}", masking=unmasked)
    try:
        fault, said, rows = _imported(folder, path, store, references)
    finally:
        store.close()
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    taken = _processor() - processor
    fault = fault or ("too slow" if taken > SLOW + OF_A_ROW * rows else "")
    return Outcome(fault, said, time.monotonic() - begun, taken)


def _imported(folder: Path, path: Path, store: Store, references: set[str]) -> tuple[str, str, int]:
    """Import the folder; return what is wrong, what is said of the file, and the rows read."""
    rejects = folder.parent / "stores" / path.name / "rejects"
    importer = Importer(store, ImportOptions(), rejects_folder=rejects, progress=silent)
    report = importer.run([folder])
    said = [one for one in (*report.problems, *report.notes) if path.name in one]
    said += [f"rejected: {one.name}" for one in rejects.glob(f"{path.name}*")]
    told = " ".join(said)
    kept = {ticket.reference for ticket in store.tickets()}
    faults = []
    if missing := references - kept:
        faults.append(f"good tickets are missing: {sorted(missing)}")
    if path.name in HARMLESS and report.new <= len(references):
        faults.append("its ticket is missing")
    if path.name not in HARMLESS and not any(not ORDINARY.search(one) for one in said):
        faults.append("it is not named")
    if "fault of kbsearch" in told:
        faults.append("a reader failed")
    if any("good-" in one for one in report.problems):
        faults.append("a good file has a problem")
    if report.unaccounted:
        faults.append("lines are unaccounted for")
    return "; ".join(faults), told, report.read


def _processor() -> float:
    """Return the seconds of a processor that this process and those it had started have taken."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
