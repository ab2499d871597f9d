"""Where an index lies: one folder a build, a pointer to the current one, and a lock.

    index/internal/
        CURRENT               the name of the current build
        writer.lock           held while the current build is changed or replaced
        rebuild.lock          held while another build is made
        build-000002/
            manifest.json     what it is made of: fingerprint, watermark, tickets, bytes of files
            words.tsv         the surface words of the tickets it was built from
            words-added.tsv   those of the tickets taken in since
            MAIN_*            Whoosh's files

Searches take no lock: they open what the pointer and the manifest name.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from kbsearch.engines.base import IndexState, View
from kbsearch.errors import IndexDamaged, IndexMissing, OperatorError

FORMAT = 1
"""Raised when the files of a build change their meaning."""
_PATIENCE = 60.0
"""Seconds to wait for another writer."""


class IndexFolder:
    """The folder of one view."""

    def __init__(self, root: Path, view: View) -> None:
        """Name the folder; nothing is made or read yet."""
        self.path = root / view.value
        self._pointer = self.path / "CURRENT"

    def current(self) -> Path:
        """Return the current build. Raises IndexMissing if there is none."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise IndexMissing("There is no index yet; run: kbsearch reindex") from None
        except OSError as error:
            raise IndexDamaged(f"{self._pointer} cannot be read ({error.strerror})") from None
        build = self.path / name
        if not name.startswith("build-") or not build.is_dir():
            raise IndexDamaged(f"{self._pointer} names no index; run: kbsearch reindex")
        return build

    def new_build(self) -> Path:
        """Make an empty folder for the next build."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max((_number(build) for build in self._builds()), default=0) + 1
        build = self.path / f"build-{number:06d}"
        build.mkdir(mode=0o700)
        return build

    def swap(self, build: Path) -> None:
        """Make a build the current one; keep its predecessor, remove what is older."""
        replaced = ""
        if self._pointer.exists():
            replaced = self._pointer.read_text(encoding="utf-8").strip()
        write_whole(self._pointer, build.name)
        for old in self._builds():
            if old.name not in {build.name, replaced} and _number(old) < _number(build):
                shutil.rmtree(old, ignore_errors=True)  # what stays goes after the next swap

    def stamp(self) -> tuple[int, ...]:
        """Return numbers that change whenever the index does; cheap enough for every search."""
        manifest = (self.current() / "manifest.json").stat()
        return (manifest.st_ino, manifest.st_mtime_ns)

    def writing(self) -> AbstractContextManager[None]:
        """Hold the lock of the one writer. Raises OperatorError after a minute of waiting."""
        return self._locked("writer.lock", "Another process is writing the index")

    def rebuilding(self) -> AbstractContextManager[None]:
        """Hold the lock of the one rebuild. Raises OperatorError after a minute of waiting."""
        return self._locked("rebuild.lock", "Another process is rebuilding the index")

    @contextmanager
    def _locked(self, name: str, taken: str) -> Iterator[None]:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.path / name).open("w") as lock:
            patience = time.monotonic() + _PATIENCE
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > patience:
                        raise OperatorError(f"{taken}; try again when it is done") from None
                    time.sleep(0.01)
            yield

    def _builds(self) -> list[Path]:
        return [build for build in self.path.glob("build-*") if build.is_dir()]


def read_manifest(build: Path) -> IndexState:
    """Return what a build is made of. Raises IndexDamaged if its manifest cannot be read."""
    path = build / "manifest.json"
    try:
        found = _parsed(path.read_text(encoding="utf-8"))
        return IndexState(
            tickets=found["tickets"],
            watermark=found["watermark"],
            fingerprint=found["fingerprint"],
            size_bytes=folder_size(build),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); run: kbsearch reindex") from None


def _parsed(manifest: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(manifest)
    if found["format"] != FORMAT:
        raise ValueError(f"format {found['format']}")
    return found


def write_manifest(build: Path, state: IndexState) -> None:
    """Record what a build is made of, in one swap, once the disk holds all of it."""
    for path in (*build.iterdir(), build):
        _sync(path)
    found = {
        "format": FORMAT,
        "tickets": state.tickets,
        "watermark": state.watermark,
        "fingerprint": state.fingerprint,
        "files": {path.name: _size(path) for path in sorted(build.iterdir()) if _is_kept(path)},
    }
    write_whole(build / "manifest.json", json.dumps(found, indent=2) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Replace a file by one that is whole: a reader sees the old text or the new."""
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    _sync(path.parent)


def folder_size(build: Path) -> int:
    """Return the bytes of all files of a build."""
    return sum(_size(path) or 0 for path in build.iterdir())


def shortened_files(build: Path) -> list[str]:
    """Return a sentence for each file of a build that has lost its end.

    Files that are gone are not told: a merge may have replaced them.
    """
    recorded = json.loads((build / "manifest.json").read_text(encoding="utf-8")).get("files", {})
    left = {name: _size(build / name) for name in recorded}
    return [
        f"{build / name} has lost its end ({found:,} of {recorded[name]:,} bytes are left);"
        " run: kbsearch reindex"
        for name, found in left.items()
        if found is not None and found < recorded[name]
    ]


def _sync(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder, before what follows is written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_kept(path: Path) -> bool:
    return path.suffix in {".seg", ".trm", ".pst", ".col", ".toc", ".tsv"}


def _size(path: Path) -> int | None:
    """Return the bytes of a file, None if a merge removed it meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _number(build: Path) -> int:
    return int(build.name.removeprefix("build-"))
