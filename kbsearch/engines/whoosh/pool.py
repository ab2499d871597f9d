"""The files that generations are made of: written once, named by nobody twice."""

import hashlib
import mmap
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from kbsearch.engines.whoosh.damage import FileDamaged, loss_stated
from kbsearch.engines.whoosh.disk import Disk, Piece
from kbsearch.engines.whoosh.manifest import PoolFile


def new_id() -> str:
    """Return a name that no other segment has; not from `random`, which anybody may seed."""
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
            identity = (status.st_ino, status.st_size, status.st_mtime_ns)
            if self._sound.get(file) != identity:
                _check(opened, file, status.st_size)
                self._sound[file] = identity
            if not file.bytes:
                return memoryview(b"")
            return memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))

    def check(self, file: PoolFile) -> None:
        """Hash every byte of a file, whatever is remembered of it. Raises FileDamaged."""
        with loss_stated(), (self.path / file.name).open("rb", buffering=0) as opened:
            _check(opened, file, os.fstat(opened.fileno()).st_size)

    def names(self) -> set[str]:
        """Return the names of all files that are there."""
        return {path.name for path in self.path.iterdir()}

    def remove(self, names: Iterable[str]) -> None:
        """Remove these files, if they are there."""
        for name in sorted(names):
            with suppress(FileNotFoundError):  # a build that came to nothing removed its own
                self._disk.remove(self.path / name)
        self._sound = {file: one for file, one in self._sound.items() if file.name not in names}


def _check(opened: FileIO, file: PoolFile, size: int) -> None:
    if size < file.bytes:
        raise FileDamaged(f"has lost its end ({size:,} of {file.bytes:,} bytes are left)")
    if size > file.bytes:
        raise FileDamaged(f"has grown ({size:,} bytes instead of {file.bytes:,})")
    if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
        raise FileDamaged("is not as it was written")
