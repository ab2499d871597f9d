"""The storage calls, and the two that are made of others."""

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbsearch.engines.disk.generations.disk import Disk, Piece
from tests.engines.disk.faults.watched import Killed, dying_at, recording


def test_a_new_file_holds_all_pieces_and_tells_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "file"
    pieces: list[Piece] = [b"one", memoryview(b"two"), b"", bytes(3 << 20), bytearray(b"three")]
    written = Disk().write_new(path, pieces)
    whole = b"onetwo" + bytes(3 << 20) + b"three"
    assert path.read_bytes() == whole
    assert written == (len(whole), hashlib.sha256(whole).hexdigest())


def test_a_file_without_pieces_is_empty(tmp_path: Path) -> None:
    assert Disk().write_new(tmp_path / "file", []).bytes == 0
    assert (tmp_path / "file").read_bytes() == b""


def test_a_file_that_is_there_is_never_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        Disk().write_new(tmp_path / "file", [b"new"])
    assert (tmp_path / "file").read_bytes() == b"old"


def test_small_pieces_are_written_together_and_synced_once(tmp_path: Path) -> None:
    disk, calls = recording()
    disk.write_new(tmp_path / "file", [b"x"] * 1000)
    assert [call.kind for call in calls] == ["create", "write", "write", "sync"]
    assert sum(len(call.data) for call in calls) == 1000


def test_a_file_that_cannot_be_finished_is_removed(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield bytes(2 << 20)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space left"):
        Disk().write_new(tmp_path / "file", pieces())
    assert list(tmp_path.iterdir()) == []


def test_whoever_is_dead_removes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        dying_at(4).write_new(tmp_path / "file", [b"whole"])
    assert (tmp_path / "file").read_bytes() == b"whole"


def test_a_write_may_be_torn(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        dying_at(3).write_new(tmp_path / "file", [b"torn apart"])
    assert (tmp_path / "file").read_bytes() == b"torn "


def test_folders_are_made_from_the_top(tmp_path: Path) -> None:
    disk, calls = recording()
    disk.make_folders(tmp_path / "one" / "two")
    disk.make_folders(tmp_path / "one" / "two")
    assert [str(call) for call in calls] == ["make_folder one", "make_folder two"]


def test_only_the_owner_may_look_into_files_and_folders(tmp_path: Path) -> None:
    Disk().make_folders(tmp_path / "folder")
    Disk().write_new(tmp_path / "folder" / "file", [b"x"])
    modes = [path.stat().st_mode & 0o777 for path in sorted(tmp_path.rglob("*"))]
    assert modes == [0o700, 0o600]
