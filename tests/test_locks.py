"""Locks between processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kbsearch.locks import lock

HOLD = """
import sys
from pathlib import Path
from kbsearch.locks import lock
with lock(Path(sys.argv[1]), patience=0):
    print("held", flush=True)
    sys.stdin.read()
"""
HOLD_AND_FORK = """
import os
import sys
from pathlib import Path
from kbsearch.locks import lock
with lock(Path(sys.argv[1]), patience=0):
    if not os.fork():
        print("forked", flush=True)
        sys.stdin.read()
        os._exit(0)
    os.wait()
"""


def taken(path: Path, *, shared: bool = False) -> bool:
    with lock(path, shared=shared, patience=0) as ours:
        return ours


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    with lock(tmp_path / "lock", patience=0) as ours:
        assert (ours, taken(tmp_path / "lock")) == (True, False)
    assert taken(tmp_path / "lock")


def test_a_shared_lock_shuts_out_only_who_wants_it_alone(tmp_path: Path) -> None:
    with lock(tmp_path / "lock", shared=True, patience=0):
        assert taken(tmp_path / "lock", shared=True)
        assert not taken(tmp_path / "lock")


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        assert not taken(tmp_path / "lock")
        other.kill()
        other.wait()
        assert taken(tmp_path / "lock")


def test_a_waiter_gets_the_lock_when_it_is_let_go(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        other.stdin.close()
        with lock(tmp_path / "lock", patience=60) as ours:
            assert ours


def test_a_lock_that_is_let_go_is_free_at_once_though_a_child_was_forked(tmp_path: Path) -> None:
    with lock(tmp_path / "lock", patience=0):
        child = os.fork()
        if not child:
            os._exit(0)
    free = taken(tmp_path / "lock")
    os.waitpid(child, 0)
    assert free


def test_a_forked_child_does_not_keep_the_lock_of_a_killed_parent(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_FORK, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"forked\n"
        assert not taken(tmp_path / "lock")
        parent.kill()
        parent.wait()
        assert taken(tmp_path / "lock")
        assert parent.stdin
        parent.stdin.close()  # the child ends with it


def test_a_lock_needs_its_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError),
        lock(tmp_path / "missing" / "lock", patience=0),
    ):
        pass
