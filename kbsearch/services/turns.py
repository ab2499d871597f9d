"""People who read a file of the data folder and write it again take turns."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kbsearch.errors import OperatorError
from kbsearch.locks import lock

_PATIENCE = 60.0
"""Seconds to wait for another change: one that passes the gate first takes some."""


@contextmanager
def turn(home: Path) -> Iterator[None]:
    """Change files of a data folder alone.

    Two that change one at a time would each write what they read, and one change would be lost.
    Raises OperatorError if another change takes too long.
    """
    if not os.access(home, os.W_OK):  # then writing the file says so itself
        yield
        return
    with lock(home / "editing.lock", patience=_PATIENCE) as alone:
        if not alone:
            raise OperatorError(
                "Another command is changing the synonyms or the pairs of the gate; try again"
                " when it is done"
            )
        yield
