"""What the disk raises, as errors that whoever runs kbsearch can mend."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbsearch.errors import IndexDamaged, OperatorError
from kbsearch.inverted.array_file import ArrayFileDamaged

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the files of an index in `path` raise into an OperatorError."""
    try:
        yield
    except ArrayFileDamaged as error:  # every byte is as it was written, by another version
        raise IndexDamaged(
            f"The index in {path} cannot be read ({error}); run: kbsearch reindex"
        ) from error
    except OSError as error:
        mend = "make room on the disk" if error.errno in _FULL else "check the folder's permissions"
        raise OperatorError(
            f"The index in {path} cannot be used ({error.strerror or error}); {mend}."
        ) from error
