"""Reading a document in a process of its own, whatever becomes of that process."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.apart import PROGRAM, Readers
from kbsearch.progress import Stage
from tests.intake.conftest import Desk

WORKBOOKS = Path(__file__).parent / "workbooks"
FOREVER = """
import sys
from pathlib import Path
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.apart import Readers

rows = Readers().rows(InputFile(Path(sys.argv[1])))
next(rows)
print("begun", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def readers() -> Iterator[Readers]:
    with closing(Readers()) as readers:
        yield readers


def _many(desk: Desk, rows: int = 20_000) -> Path:
    row = json.dumps({"id": 1, "subject": "Belt slips", "body": "It slips. " * 50})
    return desk.write("many.json", f"[{','.join([row] * rows)}]")


def _children(parent: int) -> list[int]:
    """Return the programs that a process has started to read files."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (place / "stat").read_text().rpartition(")")[2].split()
            command = (place / "cmdline").read_bytes().split(b"\0")
            if int(stat[1]) == parent and PROGRAM[-1].encode() in command and stat[0] != "Z":
                found.append(int(place.name))
    return found


def test_a_document_has_the_same_rows_as_in_this_process(desk: Desk, readers: Readers) -> None:
    path = desk.write("a.json", '[{"id": 1, "tags": ["a", null, 1.5]}, {"id": "\\ud800"}, 7]')
    file = InputFile(path)
    first, second, third = readers.rows(file)
    assert (first.line, first.values) == (1, {"id": 1, "tags": ["a", None, 1.5]})
    assert second.values == {"id": "\ud800"}
    assert "is no object" in getattr(third, "reason", "")
    assert file.position == file.size


def test_one_process_reads_one_file_after_the_other(desk: Desk, readers: Readers) -> None:
    for number in range(3):
        path = desk.write(f"{number}.json", json.dumps([{"id": number}]))
        assert [row.values for row in readers.rows(InputFile(path))] == [{"id": number}]
        assert len(_children(os.getpid())) == 1


def test_a_process_killed_in_the_middle_ends_its_file_alone(desk: Desk, readers: Readers) -> None:
    rows = readers.rows(InputFile(_many(desk)))
    next(rows)
    [child] = _children(os.getpid())
    os.kill(child, signal.SIGKILL)
    with pytest.raises(FileUnreadable, match=r"many\.json takes more memory"):
        list(rows)
    assert len(list(readers.rows(InputFile(WORKBOOKS / "calls.ods")))) == 3


def test_an_import_keeps_what_came_before_its_process_ended(desk: Desk) -> None:
    def kill(stage: Stage, done: int, total: int | None) -> None:
        for child in _children(os.getpid()):
            os.kill(child, signal.SIGKILL)

    other = desk.write("zz.json", '[{"id": "z", "subject": "Toner is empty"}]')
    report = desk.take(_many(desk), other, progress=kill)
    assert any("rows before that were read and are kept" in one for one in report.problems)
    assert "z" in desk.tickets()


def test_a_file_that_is_left_ends_its_process(desk: Desk, readers: Readers) -> None:
    rows = readers.rows(InputFile(_many(desk)))
    next(rows)
    rows.close()
    assert _children(os.getpid()) == []


def test_a_process_ends_with_the_one_that_imports(desk: Desk) -> None:
    command = [sys.executable, "-c", FOREVER, str(_many(desk))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"begun\n"
        [child] = _children(parent.pid)
        parent.kill()
    for _ in range(600):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


def test_a_workbook_that_asks_for_more_memory_than_there_is_is_refused(readers: Readers) -> None:
    with pytest.raises(FileUnreadable, match=r"one_far_cell\.xlsx takes more memory"):
        list(readers.rows(InputFile(WORKBOOKS / "one_far_cell.xlsx")))


def _mail(subject: str, headers: str = "", body: str = "It slips.") -> str:
    return (
        f"Message-ID: <{subject}@x>\nFrom: ann@example.org\nSubject: {subject}\n{headers}\n{body}\n"
    )


SLOW = _mail("Slow", "Content-Type: multipart/mixed; boundary=b\n", "--b\n\nx\n" * 150_000)
"""A mail of a megabyte that takes its reader seconds."""
BEGIN = "From ann@example.org Mon Mar  2 09:30:00 2026\n"


@pytest.mark.parametrize("kind", ["mailbox", "folder"])
def test_a_slow_mail_costs_its_own_text_alone(desk: Desk, kind: str) -> None:
    mails = [_mail("Belt"), SLOW, _mail("Fan"), _mail("Door")]
    path = desk.write("calls.mbox", "\n".join(BEGIN + mail for mail in mails))
    if kind == "folder":
        written = [desk.write(f"calls/{place}.eml", mail) for place, mail in enumerate(mails)]
        path = written[0].parent
    report = desk.take(path)
    subjects = {one.subject: one.problem for one in desk.tickets().values()}
    assert subjects == dict.fromkeys(("Belt", "Fan", "Door"), "It slips.") | {"Slow": ""}
    assert not report.problems
    assert "takes longer to read than a mail of its size; its text was left out" in " ".join(
        report.notes
    )
