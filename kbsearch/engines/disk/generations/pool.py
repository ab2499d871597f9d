"""The files that generations are made of: written once, named by no one twice."""

import hashlib
import mmap
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from kbsearch.engines.base import Pace
from kbsearch.engines.disk.generations.damage import FileDamaged, loss_stated
from kbsearch.engines.disk.generations.disk import Disk, Piece
from kbsearch.engines.disk.generations.manifest import PoolFile
from kbsearch.messages.catalogue import Code

_PORTION = 1 << 20
"""Bytes that are hashed at a time."""


def new_id() -> str:
    """Return a name that no other segment has; not from `random`, which anyone may seed."""
    return secrets.token_hex(8)


class Pool:
    """A folder of such files; remembers which of them this process has hashed."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk
        self._added = False
        self._sound: dict[PoolFile, tuple[int, ...]] = {}

    def add(self, name: str, pieces: Iterable[Piece]) -> PoolFile:
        """Write a file, and have the disk hold it; its name only after `sync`."""
        written = self._disk.write_new(self.path / name, pieces)
        self._added = True
        return PoolFile(name, written.bytes, written.sha256)

    def sync(self) -> None:
        """Have the disk hold the names of all files that were added."""
        if self._added:
            self._added = False  # first: another thread may add one meanwhile
            try:
                self._disk.sync_folder(self.path)
            except OSError:
                self._added = True
                raise

    def mapped(self, file: PoolFile) -> memoryview:
        """Return the bytes of a file, read-only and not copied; they stay when it is removed.

        Every byte is hashed when this process first maps it. Raises FileDamaged.
        """
        with loss_stated(), (self.path / file.name).open("rb", buffering=0) as opened:
            status = os.fstat(opened.fileno())
            identity = _identity(status)
            if self._sound.get(file) != identity:
                _check(opened, file, status.st_size)
                self._sound[file] = identity
            if not file.bytes:
                return memoryview(b"")
            return memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))

    def check(self, file: PoolFile, pace: Pace | None = None) -> None:
        """Hash every byte of a file, whatever is remembered of it.

        pace  is called with the number of bytes after each portion; what it raises ends the check.

        Raises FileDamaged, also if another file has the name of the one that was mapped.
        """
        with loss_stated(), (self.path / file.name).open("rb", buffering=0) as opened:
            status = os.fstat(opened.fileno())
            _check(opened, file, status.st_size, pace)
        known = self._sound.get(file)
        if known is not None:
            if known[0] != status.st_ino:
                raise FileDamaged((Code.FILE_REPLACED,))
            self._sound[file] = _identity(status)

    def touched(self, file: PoolFile) -> bool:
        """Tell whether a file that was mapped is gone, or changed its size, time or place."""
        try:
            status = (self.path / file.name).stat()
        except OSError:
            return True
        return self._sound.get(file, _identity(status)) != _identity(status)

    def forget(self) -> None:
        """Hash every file again when it is next mapped."""
        self._sound = {}

    def names(self) -> set[str]:
        """Return the names of all files that are there."""
        return {path.name for path in self.path.iterdir()}

    def remove(self, names: Iterable[str]) -> None:
        """Remove these files, if they are there."""
        for name in sorted(names):
            with suppress(FileNotFoundError):  # a build that came to nothing removed its own
                self._disk.remove(self.path / name)
        self._sound = {file: one for file, one in self._sound.items() if file.name not in names}


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _check(opened: FileIO, file: PoolFile, size: int, pace: Pace | None = None) -> None:
    if size < file.bytes:
        raise FileDamaged((Code.FILE_CUT, size, file.bytes))
    if size > file.bytes:
        raise FileDamaged((Code.FILE_GROWN, size, file.bytes))
    if _digest(opened, pace) != file.sha256:
        raise FileDamaged((Code.FILE_CHANGED,))


def _digest(opened: FileIO, pace: Pace | None) -> str:
    digest, portion = hashlib.sha256(), bytearray(_PORTION)
    while size := opened.readinto(portion):
        digest.update(memoryview(portion)[:size])
        if pace is not None:
            pace(size)
    return digest.hexdigest()
