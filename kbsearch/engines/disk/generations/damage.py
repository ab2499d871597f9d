"""What can be wrong with the files of an index."""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from kbsearch.errors import IndexDamaged
from kbsearch.messages.catalogue import Code
from kbsearch.messages.message import Message, Template, render

_LOST = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
_UNREADABLE = (errno.EIO, errno.EUCLEAN, errno.EBADMSG, errno.ELOOP)

Finding: TypeAlias = tuple[Template, str, Message]
"""A message about one damaged file: `Code.FILE_DAMAGED`, its path, and what is wrong with it."""


class FileDamaged(Exception):
    """A file that is not as it was written; `wrong` says only what is wrong with it."""

    def __init__(self, wrong: Message) -> None:
        super().__init__(render(wrong))
        self.wrong = wrong

    def at(self, path: Path) -> Finding:
        """Return which file it is, and what is wrong with it."""
        return Code.FILE_DAMAGED, str(path), self.wrong


def damaged(findings: Iterable[Finding]) -> IndexDamaged:
    """Return the error about a generation that cannot be used whole."""
    return IndexDamaged(f"{'; '.join(map(render, findings))}; run: kbsearch reindex")


@contextmanager
def loss_stated() -> Iterator[None]:
    """Raise FileDamaged where a file is gone or the disk cannot read it.

    What says nothing about the file, as that too many are open, stays an OSError.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise FileDamaged((Code.FILE_GONE,)) from error
        if isinstance(error, _LOST) or error.errno in _UNREADABLE:
            raise FileDamaged((Code.FILE_UNREADABLE, str(error.strerror))) from error
        raise
