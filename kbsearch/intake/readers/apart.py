"""Read the rows of any file; a document in a process of its own.

A few bytes of a document can stand for more than any machine holds, or keep a reader busy for
hours. `program` reads it under limits; where that ends, so does the file, after the rows that had
come. Files of lines have readers that keep no more than a row, and never look at one twice: those
read here, under the same limit of time.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import kbsearch
from kbsearch.errors import FileUnreadable
from kbsearch.intake.allowance import TOO_LARGE, TOO_SLOW
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.frames import FrameBroken, State, read_frame
from kbsearch.intake.readers.registry import LINE_READERS, reader_of
from kbsearch.intake.rows import BadRow, Row

PROGRAM = [sys.executable, "-P", "-m", "kbsearch.intake.readers.program"]
PATIENCE = 2.0
"""Seconds that a program has to end in once it has ended its answer."""
_Process = subprocess.Popen[bytes]


class Readers:
    """Reads one file after the other. What was started for them ends with `close`."""

    def __init__(self) -> None:
        self._process: _Process | None = None

    def rows(self, file: InputFile) -> Generator[Row | BadRow, None, None]:
        """Return the rows of a file, of which its path says how it is read.

        Raises FileUnreadable, then or where the file cannot be read any further.
        """
        reader = reader_of(file.path)
        if reader in LINE_READERS:
            return file.allowance.watch(reader(file))
        return self._apart(file)

    def close(self) -> None:
        """End the process, if there is one, whatever it is doing."""
        if self._process is not None:
            with self._process as process:
                process.kill()
                with suppress(BrokenPipeError):
                    process.communicate()
            self._process = None

    def _apart(self, file: InputFile) -> Generator[Row | BadRow, None, None]:
        state = State([], 0, [], 0)
        try:
            process = self._asked(file)
            while not state.ended:
                rows, state = self._answer(file, process)
                file.notes += [note for note in state.notes if note not in file.notes]
                file.lost[:] = state.lost
                file.blank, file.position = state.blank, state.position
                yield from rows
        finally:
            if not state.ended:
                self.close()
        if state.fault:
            raise FileUnreadable(state.fault)

    def _asked(self, file: InputFile) -> _Process:
        """Return the process, which has been asked for the rows of a file."""
        if self._process is None or self._process.poll() is not None:
            self._process = self._started()
        line = json.dumps([type(file).__name__, file.arguments])
        asked = cast(BinaryIO, self._process.stdin)
        with suppress(BrokenPipeError):  # it has ended, and so has its answer
            asked.write(line.encode() + b"\n")
            asked.flush()
        return self._process

    def _started(self) -> _Process:
        self.close()
        path = str(Path(kbsearch.__path__[0]).parent)
        return subprocess.Popen(
            PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    def _answer(self, file: InputFile, process: _Process) -> tuple[Sequence[Row | BadRow], State]:
        """Return the next rows. Raises FileUnreadable if the process has ended."""
        try:
            return read_frame(cast(BinaryIO, process.stdout))
        except FrameBroken:
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            late = process.poll() == -signal.SIGXCPU
            raise FileUnreadable(f"{file.path} {TOO_SLOW if late else TOO_LARGE}") from None
