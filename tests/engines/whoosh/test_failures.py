"""What Whoosh and the disk raise reaches nobody as it is."""

import errno
import gc
import os
import resource
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.engines.whoosh.failures import UNREADABLE, storage_errors
from kbsearch.engines.whoosh.folder import IndexFolder
from kbsearch.errors import IndexDamaged, OperatorError
from tests.engines.desk import asking, saved, ticket


@pytest.mark.parametrize("kind", UNREADABLE, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_what_a_damaged_file_ends_in_names_the_way_out(
    kind: type[Exception], folder: IndexFolder
) -> None:
    with (
        pytest.raises(IndexDamaged, match=r"is damaged .*; run: kbsearch reindex"),
        storage_errors(folder),
    ):
        raise kind("a byte is not as it should be")


def test_a_real_short_read_is_one_of_them(folder: IndexFolder) -> None:
    with pytest.raises(IndexDamaged), storage_errors(folder):
        struct.unpack("!I", b"\x00")


def test_a_folder_that_is_not_ours_says_so(folder: IndexFolder) -> None:
    with (
        pytest.raises(OperatorError, match=r"Permission denied\); check the folder's permissions"),
        storage_errors(folder),
    ):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_lock_that_cannot_be_opened_is_an_operators_error(
    engine: WhooshEngine, folder: IndexFolder
) -> None:
    lock = folder.path / "writer.lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(OperatorError, match="Is a directory"):
        engine.apply(View.INTERNAL, saved(ticket(9, "zeppelin")), watermark=99)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond 20 kB, as on a disk with no more room."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        gc.collect()  # Whoosh lets go of some of its files only when they are collected


# As above.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_says_so_and_leaves_the_index_as_it_was(
    engine: WhooshEngine, root: Path
) -> None:
    tickets = [ticket(number, f"zeppelin{number} " * 50) for number in range(1, 400)]
    with full_disk(), pytest.raises(OperatorError, match="make room on the disk"):
        engine.rebuild(View.INTERNAL, tickets, watermark=99)
    assert engine.state(View.INTERNAL).watermark != 99
    assert WhooshEngine(root).lexicon(View.INTERNAL).count("zeppelin1") == 0


# As above.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_a_full_disk_refused_is_taken_in_when_there_is_room(engine: WhooshEngine) -> None:
    updates = saved(*(ticket(number, f"zeppelin{number} " * 50) for number in range(20, 400)))
    with full_disk(), pytest.raises(OperatorError, match="make room on the disk"):
        engine.apply(View.INTERNAL, updates, watermark=99)
    engine.apply(View.INTERNAL, updates, watermark=99)
    assert engine.search(View.INTERNAL, asking("zeppelin20"), limit=5).total == 1
