"""Every storage call that changes an index, in one small class.

A call of `Disk` is one system call, except for the two that are made of others: `write_new` and
`make_folders`. So a test can put a double in its place that stops at the n-th call, records what
was done, or leaves one fsync out.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1 << 20
"""Bytes that are gathered before they are written: many arrays of a file are small."""

Piece = bytes | bytearray | memoryview


class Written(NamedTuple):
    """What a new file holds: how many bytes, and their SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


class Disk:
    """The disk. Everything raises OSError; files and folders are their owner's only."""

    def create(self, path: Path) -> int:
        """Make an empty file and return its handle. Raises FileExistsError if there is one."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)

    def write(self, handle: int, piece: Piece) -> None:
        """Append all these bytes to an open file."""
        left = memoryview(piece).cast("B")
        while left:
            left = left[os.write(handle, left) :]

    def sync(self, handle: int) -> None:
        """Return once the disk holds what was written to an open file."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close a file."""
        os.close(handle)

    def replace(self, source: Path, target: Path) -> None:
        """Give a file another name in its folder, in the place of the file that has that name."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file; whoever has it open or mapped keeps what is in it."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Make a folder. Raises FileExistsError if there is one."""
        path.mkdir(mode=0o700)

    def sync_folder(self, path: Path) -> None:
        """Return once the disk holds the names in a folder, as they are now."""
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def write_new(self, path: Path, pieces: Iterable[Piece]) -> Written:
        """Write a file that was not there, and have the disk hold its bytes; not yet its name.

        What fails half-way leaves no file.
        """
        digest, size = hashlib.sha256(), 0
        handle = self.create(path)
        try:
            for chunk in _gathered(pieces):
                self.write(handle, chunk)
                digest.update(chunk)
                size += len(chunk)
            self.sync(handle)
        except BaseException:
            with suppress(OSError):
                self.remove(path)
            raise
        finally:
            self.close(handle)
        return Written(size, digest.hexdigest())

    def make_folders(self, path: Path) -> None:
        """Make a folder and those above it that are missing; the disk need not hold them yet."""
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                with suppress(FileExistsError):  # another process was quicker
                    self.make_folder(folder)


def _gathered(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the same bytes in pieces that are worth a call each."""
    waiting = bytearray()
    for piece in pieces:
        flat = memoryview(piece).cast("B")
        if len(waiting) + len(flat) > _CHUNK and waiting:
            yield waiting
            waiting = bytearray()
        if len(flat) > _CHUNK:
            yield flat
        else:
            waiting += flat
    if waiting:
        yield waiting
