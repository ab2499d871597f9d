"""Builds, the pointer to one of them, and the locks."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kbsearch.engines.base import IndexState
from kbsearch.engines.whoosh.folder import (
    IndexFolder,
    read_manifest,
    shortened_files,
    write_manifest,
    write_whole,
)
from kbsearch.errors import IndexDamaged, IndexMissing

STATE = IndexState(tickets=3, watermark=7, fingerprint="abc", size_bytes=0)
HOLD = """
import sys
from itertools import pairwise
from pathlib import Path
from kbsearch.engines.base import View
from kbsearch.engines.whoosh.folder import IndexFolder
with IndexFolder(Path(sys.argv[1]), View.INTERNAL).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def names(folder: IndexFolder) -> list[str]:
    return sorted(path.name for path in folder.path.glob("build-*"))


def test_without_a_pointer_there_is_no_index(folder: IndexFolder) -> None:
    with pytest.raises(IndexMissing, match=r"There is no index yet; run: kbsearch reindex"):
        folder.current()


@pytest.mark.parametrize("name", ["", "build-000007", "..", "/", "elsewhere"])
def test_a_pointer_that_names_no_build_is_damaged(folder: IndexFolder, name: str) -> None:
    folder.swap(folder.new_build())
    (folder.path / "elsewhere").mkdir()
    (folder.path / "CURRENT").write_text(name, "utf-8")
    with pytest.raises(IndexDamaged, match=r"CURRENT names no index; run: kbsearch reindex"):
        folder.current()


def test_a_swap_keeps_the_predecessor_and_removes_what_is_older(folder: IndexFolder) -> None:
    for _ in range(4):
        folder.swap(folder.new_build())
    assert folder.current().name == "build-000004"
    assert names(folder) == ["build-000003", "build-000004"]


def test_a_swap_removes_what_a_crash_left(folder: IndexFolder) -> None:
    folder.swap(folder.new_build())
    folder.new_build()
    folder.swap(folder.new_build())
    assert names(folder) == ["build-000001", "build-000003"]


def test_a_pointer_may_end_in_a_line_feed(folder: IndexFolder) -> None:
    folder.swap(folder.new_build())
    (folder.path / "CURRENT").write_text("build-000001\n", "utf-8")
    folder.swap(folder.new_build())
    assert names(folder) == ["build-000001", "build-000002"]


def test_only_the_owner_may_look_into_the_folders(folder: IndexFolder) -> None:
    build = folder.new_build()
    assert (folder.path.stat().st_mode & 0o777, build.stat().st_mode & 0o777) == (0o700, 0o700)


def test_a_manifest_comes_back(folder: IndexFolder) -> None:
    build = folder.new_build()
    write_manifest(build, STATE)
    found = read_manifest(build)
    assert (found.tickets, found.watermark, found.fingerprint) == (3, 7, "abc")
    assert found.size_bytes == sum(path.stat().st_size for path in build.iterdir())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 99}', '{"format": 1, "tickets": 3}', "\x00"]
)
def test_a_manifest_that_cannot_be_read_is_named(folder: IndexFolder, text: str) -> None:
    build = folder.new_build()
    (build / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(IndexDamaged, match=r"manifest\.json cannot be read .*kbsearch reindex$"):
        read_manifest(build)


def test_a_lost_manifest_is_named(folder: IndexFolder) -> None:
    with pytest.raises(IndexDamaged, match=r"manifest\.json cannot be read"):
        read_manifest(folder.new_build())


def test_the_stamp_changes_with_every_manifest(folder: IndexFolder) -> None:
    build = folder.new_build()
    write_manifest(build, STATE)
    folder.swap(build)
    stamps = [folder.stamp()]
    for _ in range(3):
        write_manifest(build, STATE)
        stamps.append(folder.stamp())
    assert all(one != other for one, other in pairwise(stamps))


def test_a_file_that_lost_its_end_is_named_and_one_that_grew_or_went_is_not(
    folder: IndexFolder,
) -> None:
    build = folder.new_build()
    for name in ("MAIN_a.seg", "words-added.tsv", "MAIN_b.seg"):
        (build / name).write_text("some text", "utf-8")
    write_manifest(build, STATE)
    os.truncate(build / "MAIN_a.seg", 4)
    (build / "words-added.tsv").write_text("some text and more", "utf-8")
    (build / "MAIN_b.seg").unlink()
    [sentence] = shortened_files(build)
    assert "MAIN_a.seg has lost its end (4 of 9 bytes are left)" in sentence


def test_a_manifest_without_sizes_is_still_good(folder: IndexFolder) -> None:
    build = folder.new_build()
    write_manifest(build, STATE)
    old = json.loads((build / "manifest.json").read_text("utf-8"))
    del old["files"]
    (build / "manifest.json").write_text(json.dumps(old), "utf-8")
    assert shortened_files(build) == []


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    write_whole(path, "one")
    with path.open(encoding="utf-8") as reader:
        write_whole(path, "two")
        assert (reader.read(), path.read_text("utf-8")) == ("one", "two")
    assert [file.name for file in tmp_path.iterdir()] == ["CURRENT"]


def test_one_writer_shuts_out_another_process(folder: IndexFolder, root: Path) -> None:
    held = []
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        held.append(other.stdout.readline())
        free = subprocess.run(
            ["flock", "--nonblock", str(folder.path / "writer.lock"), "true"], check=False
        )
        other.stdin.close()
        with folder.writing():
            held.append("ours")
    assert (held, free.returncode, other.returncode) == (["held\n", "ours"], 1, 0)


def test_a_rebuild_does_not_hold_up_a_writer(folder: IndexFolder) -> None:
    with folder.rebuilding(), folder.writing():
        assert folder.new_build().is_dir()
