"""Read files for the process that imports them, under limits of memory and time.

This is a program of its own, `python -m kbsearch.intake.readers.program`. Each line of its input
names a file, as `apart` writes it; the answer is frames, the last of which ends the file.
"""

import json
import math
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from kbsearch.errors import FileUnreadable
from kbsearch.intake.allowance import TOO_LARGE
from kbsearch.intake.archive import Member
from kbsearch.intake.mail.folder import MailFolder
from kbsearch.intake.opening import InputFile, shortened
from kbsearch.intake.readers.frames import State, write_frame, written
from kbsearch.intake.readers.registry import reader_of
from kbsearch.intake.rows import BadRow, Row

MEMORY = 500_000_000
"""Bytes of addresses that this program may have; about two thirds of them can be rows."""
TICK = 0.25
"""Seconds of a processor after which the time is looked at, whatever is being done."""
GRACE = 2.0
"""Seconds more after which the system ends a program that does not come to look."""
BATCH = 200
"""Rows in a frame."""
BATCH_SIZE = 1_000_000
"""Characters in a frame."""
DELAY = 0.2
"""Seconds in which a row is on its way."""
DEFECT = "cannot be read by a fault of kbsearch; export it in another format, and report this"
KINDS: dict[str, Callable[..., InputFile]] = {
    kind.__name__: kind for kind in (InputFile, Member, MailFolder)
}


class _Batch:
    """Rows that are sent together."""

    def __init__(self, file: InputFile, stream: BinaryIO) -> None:
        self._file = file
        self._stream = stream
        self._rows: list[str] = []
        self._size = 0
        self._sent = time.monotonic()

    def add(self, row: Row | BadRow) -> None:
        text = written(row)
        self._rows.append(text)
        self._size += len(text)
        full = len(self._rows) >= BATCH or self._size > BATCH_SIZE
        if full or time.monotonic() - self._sent > DELAY:
            self.send()

    def send(self, *, ended: bool = False, fault: str = "") -> None:
        file = self._file
        state = State(file.notes, file.blank, file.lost, file.position, ended, fault)
        write_frame(self._stream, self._rows, state)
        self._rows.clear()
        self._size = 0
        self._sent = time.monotonic()


def main() -> None:
    """Answer one line after the other, until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the importing process ends this one
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # it has ended itself
    for line in sys.stdin.buffer:
        kind, arguments = json.loads(line)
        answer(kind, arguments, sys.stdout.buffer)


def answer(kind: str, arguments: list[str], stream: BinaryIO) -> None:
    """Write the rows of one file."""
    try:
        file = KINDS[kind](*arguments)
    except FileUnreadable as error:
        write_frame(stream, [], State([], 0, [], 0, ended=True, fault=str(error)))
        return
    batch = _Batch(file, stream)
    _end_in_time(file)
    fault = ""
    try:
        with closing(file.allowance.watch(reader_of(file.path)(file))) as rows:
            for row in rows:
                batch.add(row)
    except FileUnreadable as error:
        fault = str(error)
    except MemoryError:
        fault = f"{file.path} {TOO_LARGE}"
    except BaseException as defect:
        batch.send(ended=True, fault=f"{file.path} {_said(defect)}")
        raise
    batch.send(ended=True, fault=fault)


def _said(defect: BaseException) -> str:
    """Return where kbsearch itself has failed, as the end of a sentence."""
    places = traceback.extract_tb(defect.__traceback__)
    place = f"{Path(places[-1].filename).name}, line {places[-1].lineno}"
    what = shortened(f"{type(defect).__name__}: {defect}")
    return f"{DEFECT}: {what} ({place})."


def _end_in_time(file: InputFile) -> None:
    """Look at the time of the file from now on, now and then."""

    def look(_signal: int, _frame: object) -> None:
        end = math.ceil(time.process_time() + max(0.0, file.allowance.left) + GRACE)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (end, most))
        file.allowance.check()

    look(signal.SIGPROF, None)
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)


if __name__ == "__main__":
    main()
