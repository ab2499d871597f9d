"""The anchors of the audit log: its newest rows, noted in a file outside the database."""

import json
import os
from pathlib import Path

from kbsearch.errors import AuditDamaged, KeysUnusable
from kbsearch.privacy.chain import Anchored, Link


class Anchors:
    """A file with a line for each row that was the newest: its time, its number and its hash.

    Who edits the database cannot take back what is noted here. Threads and processes may share it.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        """Name the file of a store, by its identity, in the folder of the key file."""
        if not identity.isalnum():
            raise AuditDamaged("The database has lost its identity; put a backup in its place.")
        self._path = folder / f"audit-{identity}.anchors"

    def check(self) -> None:
        """See that a line can be added. Raises KeysUnusable."""
        try:
            os.close(self._open())
        except OSError as error:
            raise KeysUnusable(
                f"{self._path}, which anchors the audit log, cannot be written"
                f" ({error.strerror or error}); give yourself the right to write it."
            ) from None

    def add(self, link: Link) -> None:
        """Note a row, and have the disk hold it. Raises OSError."""
        line = json.dumps({"at": link.at, "sequence": link.sequence, "hash": link.hash})
        handle = self._open()
        try:
            # A line that a power cut left unfinished must not spoil this one.
            os.write(handle, f"\n{line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def anchored(self) -> Anchored:
        """Return all that was noted; lines that were not finished are passed over."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            lines = []
        hashes: dict[int, frozenset[str]] = {}
        for line in lines:
            try:
                said = json.loads(line)
                number, known = int(said["sequence"]), str(said["hash"])
            except (ValueError, TypeError, KeyError):
                continue
            hashes[number] = hashes.get(number, frozenset()) | {known}
        return Anchored(hashes, str(self._path))

    def _open(self) -> int:
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
