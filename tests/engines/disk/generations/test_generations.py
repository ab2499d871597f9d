"""Generations: committed whole, opened whole, cleared away when nobody needs them."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Content, PoolFile
from kbsearch.errors import IndexBusy, IndexMissing, OperatorError
from kbsearch.locks import lock
from tests.engines.disk.faults.watched import WatchedDisk
from tests.engines.whoosh.letters import append, files, rebuild, segment, texts


@pytest.fixture
def index(tmp_path: Path) -> Generations:
    """The generations of a view that has none yet."""
    return Generations(tmp_path / "index" / "internal", Disk())


def test_without_a_folder_there_is_no_index(index: Generations) -> None:
    assert index.stamp() == b""
    for look in (index.open, index.usable, index.current, index.verify):
        with pytest.raises(IndexMissing, match=r"There is no index yet; run: kbsearch reindex"):
            look()
    assert not index.path.exists()


def test_an_index_that_was_never_committed_is_missing(index: Generations) -> None:
    with index.building() as building:
        segment(building, b"abc")
    for look in (index.open, index.usable):
        with pytest.raises(IndexMissing):
            look()


def test_a_reindex_is_opened(index: Generations) -> None:
    rebuild(index, b"abc", b"defg", watermark=9)
    opened = index.open()
    assert [bytes(segment.buffer) for segment in opened.segments] == [b"abc", b"defg"]
    assert bytes(opened.lexicon or b"") == b"words"
    assert (opened.manifest.number, opened.manifest.spare, opened.findings) == (1, None, ())
    assert index.current() == opened.manifest


def test_every_commit_changes_the_stamp(index: Generations) -> None:
    stamps = [index.stamp()]
    rebuild(index, b"abc")
    for _ in range(3):
        append(index, b"x")
        stamps.append(index.stamp())
    assert index.open().stamp == stamps[-1]
    assert len(set(stamps)) == 4


def test_an_opened_generation_stays_when_its_files_are_gone(index: Generations) -> None:
    rebuild(index, b"abc")
    opened = index.open()
    rebuild(index, b"defg")
    rebuild(index, b"hij")
    assert len(files(index, "segments/*.seg")) == 2
    assert bytes(opened.segments[0].buffer) == b"abc"


def test_an_addition_shares_files_and_keeps_the_spare(index: Generations) -> None:
    rebuild(index, b"abc")
    rebuild(index, b"defg")
    append(index, b"x")
    append(index, b"y")
    assert texts(index) == [b"defg", b"x", b"y"]
    assert index.current().spare == 1
    assert sorted(path.name for path in files(index, "generations/*")) == ["1.json", "4.json"]


@pytest.mark.parametrize("many", [3, 129])
def test_deletions_come_back_however_many(index: Generations, many: int) -> None:
    rebuild(index, b"a" * 200)
    deleted = np.arange(many, dtype=np.uint32)
    with index.writing() as writing:
        opened = index.open()
        content = opened.manifest.content
        entry = content.segments[0]
        entry = replace(entry, deleted=writing.add_deletions(entry.id, deleted))
        writing.extend(opened, replace(content, segments=(entry,)))
    [found] = index.open().segments
    assert found.deleted.tolist() == list(range(many))
    assert isinstance(found.entry.deleted, PoolFile) == (many > 128)


def test_a_reindex_that_shares_a_file_is_refused(index: Generations) -> None:
    rebuild(index, b"abc")
    with index.writing() as writing, pytest.raises(ValueError, match="shares no file"):
        writing.supersede(index.current().content)


def test_a_rollback_is_a_new_generation_and_can_be_rolled_back(index: Generations) -> None:
    rebuild(index, b"abc", watermark=1)
    rebuild(index, b"defg", watermark=5)
    for spare, text, watermark in ((2, b"abc", 1), (3, b"defg", 5)):
        with index.writing() as writing:
            manifest = writing.rollback(index.spare().manifest.content)
        assert (manifest.number, manifest.spare) == (spare + 1, spare)
        assert (texts(index), index.current().content.watermark) == ([text], watermark)


def test_a_rollback_needs_a_spare(index: Generations) -> None:
    rebuild(index, b"abc")
    with index.writing() as writing, pytest.raises(OperatorError, match="no earlier index"):
        writing.rollback(index.spare().manifest.content)


def test_the_number_of_a_crashed_commit_is_never_used_again(index: Generations) -> None:
    rebuild(index, b"abc")
    (index.path / "generations" / "7.json").write_bytes(b"torn")
    (index.path / "CURRENT.new").write_bytes(b"torn")
    append(index, b"x")
    assert index.current().number == 8
    assert [path.name for path in files(index, "generations/*")] == ["8.json"]
    assert files(index, "CURRENT*") == [index.path / "CURRENT"]


def test_what_a_failed_build_added_is_removed(index: Generations) -> None:
    rebuild(index, b"abc")

    def fail() -> None:
        with index.building() as building:
            segment(building, b"lost")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(files(index, "segments/*")) == 2


def test_what_was_committed_before_a_failure_stays(index: Generations) -> None:
    def fail() -> None:
        with index.building() as building:
            content = Content((segment(building, b"abc"),), None, 3, 1, "analysis")
            with index.writing() as writing:
                writing.supersede(content)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert texts(index) == [b"abc"]


def test_a_build_under_way_keeps_its_files(index: Generations) -> None:
    rebuild(index, b"abc")
    with index.building() as building:
        entry = segment(building, b"defg")
        append(index, b"x")
        append(index, b"y")
        with index.writing() as writing:
            writing.supersede(Content((entry,), None, 4, 1, "analysis"))
    assert texts(index) == [b"defg"]


def test_nothing_is_removed_while_somebody_opens_files(index: Generations) -> None:
    rebuild(index, b"abc")
    append(index, b"x")
    with lock(index.path / "pool.lock", shared=True, patience=0):
        append(index, b"y")
        assert len(files(index, "generations/*")) == 2
    append(index, b"z")
    assert len(files(index, "generations/*")) == 1


def test_only_one_build_is_under_way(index: Generations) -> None:
    with (
        index.building(),
        pytest.raises(IndexBusy, match="Another process is rebuilding the index; try again"),
        index.building(),
    ):
        pass
    rebuild(index, b"abc")


def test_a_full_disk_leaves_the_index_and_no_files(tmp_path: Path) -> None:
    full = False

    def refuse(call: object) -> None:
        if full and "write CURRENT.new" in str(call):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    index = Generations(tmp_path / "index" / "internal", WatchedDisk(refuse))
    rebuild(index, b"abc")
    before = set(files(index, "**/*"))
    full = True
    with pytest.raises(OSError, match="No space left"):
        append(index, b"x")
    assert set(files(index, "**/*")) == before
