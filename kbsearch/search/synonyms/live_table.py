"""The synonyms of an admin as searches use them: read again as soon as their file changes."""

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from kbsearch.errors import FileUnreadable
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message
from kbsearch.search.synonyms.file import Synonym, read_synonyms
from kbsearch.search.synonyms.phrase_table import PhraseRow, PhraseTable

Signature = tuple[int, int, int]


class _Held(NamedTuple):
    """What was read last, and what the file looked like then; None if there was none."""

    signature: Signature | None
    table: PhraseTable
    note: Message | None = None


class Synonyms:
    """The table of one file, as it is now. Threads may share it; no process needs a restart.

    A line that is no row is left out. A file that cannot be read at all leaves the table as it was.
    """

    def __init__(self, path: Path) -> None:
        """Read the table at `path`; there need not be a file."""
        self._path = path
        self._lock = Lock()
        self._held = _Held(None, phrase_table(()))

    def table(self) -> PhraseTable:
        """Return the table; looking whether the file has changed costs some microseconds."""
        signature = _signature(self._path)
        # While one thread reads, the others go on with what they have.
        if signature != self._held.signature and self._lock.acquire(blocking=False):
            try:
                self._held = self._read(signature)
            finally:
                self._lock.release()
        return self._held.table

    def note(self) -> Message | None:
        """Return what is wrong with the file, None if nothing is."""
        return self._held.note

    def _read(self, signature: Signature | None) -> _Held:
        try:
            found = read_synonyms(self._path)
        except FileUnreadable:
            return _Held(signature, self._held.table, (Code.SYNONYMS_UNREADABLE,))
        note = (Code.SYNONYMS_LEFT_OUT,) if found.faults else None
        return _Held(signature, phrase_table(found.rows), note)


def phrase_table(synonyms: Iterable[Synonym]) -> PhraseTable:
    """Return the table that searches read these rows from."""
    return PhraseTable(PhraseRow(row.phrase, row.also, both=row.both) for row in synonyms)


def _signature(path: Path) -> Signature | None:
    """Return what changes whenever a file is written or replaced, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
