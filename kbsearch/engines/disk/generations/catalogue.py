"""The manifests of a folder, and which of them is the current one."""

import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kbsearch.engines.disk.generations.damage import (
    FileDamaged,
    Finding,
    loss_stated,
)
from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.manifest import (
    Manifest,
    Pointer,
    parsed,
    parsed_pointer,
    rendered,
    rendered_pointer,
    sha256,
)
from kbsearch.messages.catalogue import Code

_LINE = 96
"""Bytes that hold the first line of CURRENT."""
_NAME = re.compile(r"([1-9][0-9]{0,15})\.json")


class CurrentManifest(NamedTuple):
    """What CURRENT names: the manifest, None if nothing of it is left, and what is damaged."""

    manifest: Manifest | None
    findings: list[Finding]


class ManifestStore:
    """CURRENT, and the folder of manifests."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.folder = path / "generations"
        self.pointer = path / "CURRENT"
        self._path = path
        self._disk = disk

    def stamp(self) -> bytes:
        """Return what changes with every generation, b"" if there is no pointer."""
        try:
            with self.pointer.open("rb", buffering=0) as file:
                return file.read(_LINE).partition(b"\n")[0]
        except FileNotFoundError:
            return b""

    def current(self) -> CurrentManifest:
        """Return what CURRENT names; either of the two copies of the manifest will do."""
        try:
            pointer = parsed_pointer(_text(self.pointer))
        except FileDamaged as damage:
            return CurrentManifest(None, [damage.at(self.pointer)])
        return self._named(pointer)

    def read(self, number: int) -> Manifest:
        """Return a manifest. Raises FileDamaged."""
        return parsed(_text(self.path(number)), number)

    def path(self, number: int) -> Path:
        """Return where a manifest lies."""
        return self.folder / f"{number}.json"

    def numbers(self) -> list[int]:
        """Return the numbers of all manifests that are there, the newest first."""
        found = [_NAME.fullmatch(path.name) for path in self.folder.glob("*.json")]
        return sorted((int(name[1]) for name in found if name), reverse=True)

    def files(self, number: int) -> set[str]:
        """Return the names of the files that a generation needs; none if that is lost."""
        try:
            return {file.name for file in self.read(number).content.files()}
        except FileDamaged:
            return set()

    def next_number(self) -> int:
        """Return a number above that of any generation, whether it came to anything or not."""
        taken = [0, *self.numbers()]
        with suppress(FileDamaged):
            taken.append(parsed_pointer(_text(self.pointer)).number)
        return max(taken) + 1

    def commit(self, manifest: Manifest) -> None:
        """Make this the current generation, once the disk holds all of it."""
        self._disk.write_new(self.path(manifest.number), [rendered(manifest)])
        self._disk.sync_folder(self.folder)
        if not self.pointer.exists():  # then the folders may be new, too
            for folder in (self._path.parent.parent, self._path.parent, self._path):
                self._disk.sync_folder(folder)
        aside = self.pointer.with_name("CURRENT.new")
        if aside.exists():  # left by a crash
            self._disk.remove(aside)
        try:
            self._disk.write_new(aside, [rendered_pointer(manifest)])
            self._disk.replace(aside, self.pointer)
        except OSError:
            self.remove(manifest.number)
            raise
        self._disk.sync_folder(self._path)

    def remove(self, number: int) -> None:
        """Remove a manifest."""
        self._disk.remove(self.path(number))

    def _named(self, pointer: Pointer) -> CurrentManifest:
        manifest, findings = None, []
        try:
            manifest = _checked(pointer.copy, pointer)
        except FileDamaged as damage:
            findings.append(damage.at(self.pointer))
        path = self.path(pointer.number)
        try:
            manifest = _checked(_text(path), pointer)
        except FileDamaged as damage:
            findings.append(damage.at(path))
        return CurrentManifest(manifest, findings)


def _checked(text: bytes, pointer: Pointer) -> Manifest:
    if sha256(text) != pointer.sha256:
        raise FileDamaged((Code.FILE_CHANGED,))
    return parsed(text, pointer.number)


def _text(path: Path) -> bytes:
    with loss_stated():
        return path.read_bytes()
