"""The keys: which there are, a new version of them, a copy for a safe place."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kbsearch.errors import InputError, KeysUnusable
from kbsearch.progress import Progress, Stage, silent
from kbsearch.records.audit import AuditAction
from kbsearch.services.service import Service
from kbsearch.store.vault import START

STEP = 500
"""Originals that are sealed again in one transaction."""
PAUSE = 0.02
"""Seconds between two steps, in which others get a turn to write."""


@dataclass(frozen=True, slots=True)
class KeyVersion:
    """A version of the keys.

    originals  how many it seals.
    in_use     whether new originals and rows of the audit log get it.
    """

    id: str
    created: datetime
    originals: int
    in_use: bool


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did.

    key      the id of the key in use.
    resumed  whether it went on with a rotation that was broken off, and made no new version.
    sealed   originals that it sealed by that key.
    damaged  originals that could not be opened, and stay as they are.
    """

    key: str
    resumed: bool
    sealed: int
    damaged: int


class Keys(Service):
    """Looks after the key file."""

    @property
    def path(self) -> Path:
        """Where the key file is."""
        return self._parts.settings.key_file

    def versions(self) -> list[KeyVersion]:
        """Return every version, the oldest first; none before the first use. Raises KeysUnusable.

        No secret is among it.
        """
        ring = self._parts.store.keys.held()
        if ring is None:
            return []
        sealed = self._parts.store.vault.counts()
        return [
            KeyVersion(key.id, key.created, sealed.get(key.id, 0), key is ring.current)
            for key in ring.keys
        ]

    def trouble(self) -> str:
        """Return why originals cannot be shown and nothing can be changed, "" if all is well."""
        try:
            self._parts.store.keys.held()
        except KeysUnusable as error:
            return str(error)
        return ""

    def rotate(self, progress: Progress = silent) -> Rotation:
        """Add a version, and seal every original by it, while others read and write.

        A rotation that was broken off is finished first, without another version. Old versions
        stay in the file, for the audit log is checked by them. Raises KeysUnusable.
        """
        keys = self._parts.store.keys
        ring = keys.held() or keys.file.ensure()
        begun = self._parts.store.audit.last_of(AuditAction.ROTATION_BEGUN, AuditAction.ROTATION)
        before = ring.current.id
        if begun and begun.action == AuditAction.ROTATION_BEGUN:
            before = begun.object
        resumed = before != ring.current.id  # its version was added
        self._record(AuditAction.ROTATION_BEGUN, before)
        key = (ring if resumed else keys.file.add()).current.id
        sealed = self._parts.store.vault.counts()
        done, damaged = self._reseal(sum(sealed.values()) - sealed.get(key, 0), progress)
        self._record(AuditAction.ROTATION, key, sealed=done, damaged=damaged)
        return Rotation(key, resumed, done, damaged)

    def back_up(self, target: Path) -> None:
        """Copy the key file to a new file for its owner only, and record that.

        Raises KeysUnusable, or InputError if there is such a file, or it is in the data folder.
        """
        home = self._parts.settings.home.resolve()
        if target.resolve().is_relative_to(home):
            raise InputError(
                f"{target} is in the data folder, so a copy of the folder would have the keys as"
                " well; name a file outside it."
            )
        with self._parts.store.audit.recording() as recorder:
            recorder.append(self._entry(AuditAction.KEY_BACKUP, file=target.name))
            self._parts.store.keys.file.back_up(target)

    def _reseal(self, total: int, progress: Progress) -> tuple[int, int]:
        place: tuple[int, str] | None = START
        done = damaged = 0
        while place is not None:
            step = self._parts.store.vault.reseal(place, STEP)
            place, done, damaged = step.last, done + step.done, damaged + step.damaged
            progress(Stage.SEALING, done + damaged, total)
            time.sleep(PAUSE)
        return done, damaged
