"""What Whoosh and the disk raise, as errors that whoever runs kbsearch can mend."""

import errno
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pickle import UnpicklingError

from whoosh.codec.whoosh3 import CorruptIndexError
from whoosh.index import IndexError as WhooshIndexError

from kbsearch.engines.whoosh.folder import IndexFolder
from kbsearch.errors import IndexDamaged, OperatorError

UNREADABLE = (
    CorruptIndexError,
    WhooshIndexError,
    EOFError,
    UnpicklingError,
    struct.error,
    zlib.error,
)
"""What reading a damaged file of Whoosh ends in."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def storage_errors(folder: IndexFolder) -> Iterator[None]:
    """Turn what the files of an index raise into an OperatorError; IndexDamaged is one."""
    try:
        yield
    except UNREADABLE as error:
        raise IndexDamaged(
            f"The index in {folder.path} is damaged ({error}); run: kbsearch reindex"
        ) from error
    except OSError as error:
        mend = "make room on the disk" if error.errno in _FULL else "check the folder's permissions"
        raise OperatorError(
            f"The index in {folder.path} cannot be used ({error.strerror or error}); {mend}."
        ) from error
