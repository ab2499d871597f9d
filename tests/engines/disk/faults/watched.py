"""A disk that tells of every call before it makes it: to record them, or to die at one."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kbsearch.engines.disk.generations.disk import Disk, Piece


@dataclass(frozen=True, slots=True)
class Call:
    """One storage call: create, write, sync, replace, remove, make_folder or sync_folder.

    path    the file or folder; with replace, the one that loses its name.
    target  with replace, the one that loses its content.
    data    with write, the bytes.
    """

    kind: str
    path: Path
    target: Path | None = None
    data: bytes = b""

    def __str__(self) -> str:
        return f"{self.kind} {self.path.name}"


class Killed(BaseException):
    """The process is dead: whatever it still tries, nothing reaches the disk."""


class QuickDisk(Disk):
    """A disk that does not wait for itself: what a model or a kill then shows stays the same."""

    def sync(self, handle: int) -> None:
        """Do nothing."""

    def sync_folder(self, path: Path) -> None:
        """Do nothing."""


class WatchedDisk(QuickDisk):
    """A disk whose calls `watch` sees first; every write is cut in two, so that it can be torn."""

    def __init__(self, watch: Callable[[Call], None]) -> None:
        self._watch = watch
        self._paths: dict[int, Path] = {}

    def create(self, path: Path) -> int:
        self._watch(Call("create", path))
        handle = super().create(path)
        self._paths[handle] = path
        return handle

    def write(self, handle: int, piece: Piece) -> None:
        data = bytes(piece)
        half = len(data) // 2
        for part in (data[:half], data[half:]):
            self._watch(Call("write", self._paths[handle], data=part))
            super().write(handle, part)

    def sync(self, handle: int) -> None:
        self._watch(Call("sync", self._paths[handle]))
        super().sync(handle)

    def replace(self, source: Path, target: Path) -> None:
        self._watch(Call("replace", source, target))
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._watch(Call("remove", path))
        super().remove(path)

    def make_folder(self, path: Path) -> None:
        self._watch(Call("make_folder", path))
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        self._watch(Call("sync_folder", path))
        super().sync_folder(path)


def recording() -> tuple[WatchedDisk, list[Call]]:
    """Return a disk, and the list that its calls are added to."""
    calls: list[Call] = []
    return WatchedDisk(calls.append), calls


def dying_at(fatal: int, *, by_signal: bool = False) -> WatchedDisk:
    """Return a disk that dies before its call number `fatal`, counted from 1.

    by_signal  by SIGKILL to this process; else by Killed, at this call and every later one.
    """
    made = 0

    def count(_: Call) -> None:
        nonlocal made
        made += 1
        if made >= fatal:
            if by_signal:
                os.kill(os.getpid(), signal.SIGKILL)
            raise Killed

    return WatchedDisk(count)
