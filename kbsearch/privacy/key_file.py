"""The key file: made at first use, for its owner only, and never written half."""

import json
import os
import shlex
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kbsearch.errors import InputError, KeysMissing, KeysUnusable
from kbsearch.locks import lock
from kbsearch.privacy.keys import SIZE, Key, Keyring

_READABLE = 0o077
"""The rights of all but the owner."""
_WRITABLE = 0o022
_PATIENCE = 60.0
"""Seconds to wait for another process that makes or changes the file."""


class KeyFile:
    """The keys in a file. Threads and processes may share it; a change is seen at the next call."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self.path = path
        self._held: tuple[tuple[int, ...], Keyring] | None = None

    def read(self) -> Keyring:
        """Return the keys.

        Raises KeysMissing, or KeysUnusable if others may read or replace the file, or if it is
        damaged.
        """
        with self._stated("read"):
            try:
                self._check_folder()
                stamp = _stamp(self.path.stat())
            except FileNotFoundError:
                raise KeysMissing(
                    f"The key file {self.path} is missing, and this store needs it; put your backup"
                    " of it there, or set KBSEARCH_KEYS to where it is."
                ) from None
            if self._held is None or self._held[0] != stamp:
                self._held = self._load()
            return self._held[1]

    def ensure(self) -> Keyring:
        """Return the keys; where there is no file, make one with a first key."""
        try:
            return self.read()
        except KeysMissing:
            with self._alone():
                if not self.path.exists():
                    self._replace([Key.new(1)])
            return self.read()

    def add(self) -> Keyring:
        """Add a version, which is in use from now on, and return the keys."""
        with self._alone():
            keys = self.read().keys
            self._replace([*keys, Key.new(keys[-1].version + 1)])
        return self.read()

    def back_up(self, target: Path) -> None:
        """Copy the keys to a new file for its owner only.

        Raises InputError if there is a file of that name, or it cannot be written.
        """
        text = _text(self.read().keys)
        try:
            _write(target, text, os.O_EXCL)
            _keep_names(target.parent)
        except FileExistsError:
            raise InputError(f"{target} exists already; name a new file.") from None
        except OSError as error:
            raise InputError(
                f"{target} cannot be written ({error.strerror or error}); name another file."
            ) from None

    def _load(self) -> tuple[tuple[int, ...], Keyring]:
        with self.path.open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_mode & _READABLE:
                raise KeysUnusable(
                    f"The key file {self.path} can be read by others on this computer; run:"
                    f" chmod 600 {shlex.quote(str(self.path))}"
                )
            return _stamp(status), Keyring(self._keys(file.read()), self.path)

    def _keys(self, data: bytes) -> list[Key]:
        try:
            keys = {key.version: key for key in map(_key, json.loads(data)["keys"])}
            return [keys[version] for version in range(1, max(keys) + 1)]
        except (ValueError, TypeError, KeyError):  # no detail: it might repeat a secret
            raise KeysUnusable(
                f"The key file {self.path} is damaged; put your backup of it there."
            ) from None

    def _check_folder(self) -> None:
        folder = self.path.parent
        if folder.stat().st_mode & _WRITABLE:
            raise KeysUnusable(
                f"Others on this computer may write in {folder}, which has the key file; run:"
                f" chmod 700 {shlex.quote(str(folder))}"
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no one else make or change the file meanwhile; the folder is made if need be."""
        with self._stated("written"):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._check_folder()
            with lock(self.path.with_suffix(".lock"), patience=_PATIENCE) as alone:
                if not alone:
                    raise KeysUnusable(
                        f"Another process is changing the key file {self.path}; try again."
                    )
                yield

    def _replace(self, keys: Sequence[Key]) -> None:
        new = self.path.with_suffix(".new")
        _write(new, _text(keys), os.O_TRUNC)
        new.replace(self.path)
        _keep_names(self.path.parent)

    @contextmanager
    def _stated(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise KeysUnusable(
                f"The key file {self.path} cannot be {what} ({error.strerror or error}); see to"
                " your rights there, or set KBSEARCH_KEYS to another file."
            ) from None


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes when the file is replaced, or opened to others."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode


def _text(keys: Sequence[Key]) -> str:
    rows = [
        {"version": key.version, "created": key.created.isoformat(), "secret": key.secret.hex()}
        for key in keys
    ]
    return json.dumps({"keys": rows}, indent=1) + "\n"


def _key(row: dict[str, object]) -> Key:
    version, secret = row["version"], bytes.fromhex(str(row["secret"]))
    if type(version) is not int or version < 1 or len(secret) != SIZE:
        raise ValueError("a key")
    return Key(version, datetime.fromisoformat(str(row["created"])), secret)


def _write(path: Path, text: str, how: int) -> None:
    """Write a file for its owner only, and have the disk hold it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, 0o600)  # whatever the umask
        file.write(text)
        file.flush()
        os.fsync(handle)


def _keep_names(folder: Path) -> None:
    """Have the disk hold the names of a folder, and its own."""
    for one in (folder, folder.parent):
        with suppress(PermissionError):  # a folder that lists its names to no one
            handle = os.open(one, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
