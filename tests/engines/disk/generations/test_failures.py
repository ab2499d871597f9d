"""What the disk raises reaches nobody as it is."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbsearch.engines.base import View
from kbsearch.engines.disk.generations.failures import storage_errors
from kbsearch.engines.whoosh.engine import WhooshEngine
from kbsearch.errors import IndexDamaged, OperatorError
from kbsearch.inverted.array_file import ArrayFile, laid_out
from kbsearch.records.history import Mark
from tests.engines.desk import Listed, asking, saved, ticket


def test_a_file_of_another_layout_names_the_way_out(folder: Path) -> None:
    with (
        pytest.raises(IndexDamaged, match=r"cannot be read \(it has no counts\); run: kbsearch"),
        storage_errors(folder),
    ):
        ArrayFile(b"".join(laid_out({}))).array("counts")


def test_a_folder_that_is_not_ours_says_so(folder: Path) -> None:
    with (
        pytest.raises(OperatorError, match=r"Permission denied\); check the folder's permissions"),
        storage_errors(folder),
    ):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_a_lock_that_cannot_be_opened_is_an_operators_error(
    engine: WhooshEngine, folder: Path
) -> None:
    lock = folder / "writer.lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(OperatorError, match="Is a directory"):
        engine.apply(View.INTERNAL, saved(ticket(9, "zeppelin")), after=0, mark=Mark(99))


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow beyond 20 kB, as on a disk with no more room."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_says_so_and_leaves_the_index_as_it_was(
    engine: WhooshEngine, root: Path
) -> None:
    tickets = [ticket(number, f"zeppelin{number} " * 50) for number in range(1, 400)]
    with full_disk(), pytest.raises(OperatorError, match="make room on the disk"):
        engine.rebuild(View.INTERNAL, Listed(tickets, 99))
    assert engine.snapshot(View.INTERNAL).state.watermark != 99
    assert WhooshEngine(root).snapshot(View.INTERNAL).lexicon.count("zeppelin1") == 0


def test_what_a_full_disk_refused_is_taken_in_when_there_is_room(engine: WhooshEngine) -> None:
    updates = saved(*(ticket(number, f"zeppelin{number} " * 50) for number in range(20, 400)))
    with full_disk(), pytest.raises(OperatorError, match="make room on the disk"):
        engine.apply(View.INTERNAL, updates, after=0, mark=Mark(99))
    engine.apply(View.INTERNAL, updates, after=0, mark=Mark(99))
    assert engine.snapshot(View.INTERNAL).search(asking("zeppelin20"), limit=5).total == 1
