"""What can be wrong with the files of an index."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kbsearch.errors import IndexDamaged

_LOST = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
_UNREADABLE = (errno.EIO, errno.EUCLEAN, errno.EBADMSG, errno.ELOOP)


class IndexPart(StrEnum):
    """What a damaged file is to the index."""

    POINTER = "pointer"
    MANIFEST = "manifest"
    SEGMENT = "segment"
    DELETIONS = "deletions"
    LEXICON = "lexicon"


@dataclass(frozen=True, slots=True)
class Finding:
    """One damaged file: `str(finding)` is a sentence without its full stop.

    wrong     what is wrong with it, such as "has lost its end (4 of 9 bytes are left)".
    outdated  nothing is, but another version of kbsearch wrote it.
    """

    part: IndexPart
    path: Path
    wrong: str
    outdated: bool = False

    def __str__(self) -> str:
        return f"{self.path} {self.wrong}"


class FileDamaged(Exception):
    """A file that is not as it was written; says only what is wrong with it."""


class FormatDiffers(FileDamaged):
    """A file that another version of kbsearch wrote."""


class GenerationDamaged(IndexDamaged):
    """A generation that cannot be used whole; `findings` names every damaged file."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{'; '.join(map(str, findings))}; run: kbsearch reindex")
        self.findings = tuple(findings)


@contextmanager
def loss_stated() -> Iterator[None]:
    """Raise FileDamaged where a file is gone or the disk cannot read it.

    What says nothing about the file, as that too many are open, stays an OSError.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise FileDamaged("is gone") from error
        if isinstance(error, _LOST) or error.errno in _UNREADABLE:
            raise FileDamaged(f"cannot be read ({error.strerror})") from error
        raise
