"""Damaged files: noticed, and what is answered in spite of them."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.errors import IndexDamaged, IndexMissing
from kbsearch.messages.catalogue import Code
from tests.engines.whoosh.letters import append, damage, files, rebuild, texts


@pytest.fixture
def index(tmp_path: Path) -> Generations:
    """The generations of a view that has none yet."""
    return Generations(tmp_path / "index" / "internal", Disk())


def test_a_damaged_spare_is_not_gone_back_to(index: Generations) -> None:
    rebuild(index, b"abc")
    rebuild(index, b"defg")
    damage(files(index, "segments/*.seg")[0])
    with index.writing() as writing, pytest.raises(IndexDamaged, match=r"\.seg is not as it was"):
        writing.rollback(index.spare().manifest.content)
    assert texts(index) == [b"defg"]


def test_a_damaged_generation_does_not_become_the_spare(index: Generations) -> None:
    rebuild(index, b"abc")
    rebuild(index, b"defg")
    damage(files(index, "segments/*.seg")[1])
    rebuild(index, b"hij")
    assert (texts(index), index.current().spare) == ([b"hij"], 1)


def test_a_damaged_segment_is_answered_by_the_spare(index: Generations) -> None:
    rebuild(index, b"abc")
    rebuild(index, b"defg")
    [_, segment_file] = files(index, "segments/*.seg")
    damage(segment_file)
    with pytest.raises(IndexDamaged, match=r"\.seg is not as it was written; run: kbsearch"):
        index.open()
    opened = index.usable()
    assert [bytes(segment.buffer) for segment in opened.segments] == [b"abc"]
    assert (opened.manifest.number, opened.manifest.content.partial) == (1, False)
    assert [path for _, path, _ in opened.findings] == [str(segment_file)]


def test_without_a_spare_the_rest_is_partial_until_a_reindex(index: Generations) -> None:
    rebuild(index, b"abc", b"defg")
    damage(index.path / "segments" / index.current().content.segments[0].file.name)
    content = index.usable().manifest.content
    assert (texts(index), content.partial, content.tickets) == ([b"defg"], True, 4)
    append(index, b"x")
    assert (texts(index), index.open().manifest.content.partial) == ([b"defg", b"x"], True)
    rebuild(index, b"new")
    assert (index.current().content.partial, index.current().spare) == (False, None)


def test_lost_deletions_take_their_segment_along(index: Generations) -> None:
    rebuild(index, b"abc", b"d" * 200)
    with index.writing() as writing:
        opened = index.open()
        one, other = opened.manifest.content.segments
        deleted = writing.add_deletions(other.id, np.arange(150, dtype=np.uint32))
        segments = (one, replace(other, deleted=deleted))
        writing.extend(opened, replace(opened.manifest.content, segments=segments))
    files(index, "segments/*.del")[0].unlink()
    assert texts(index) == [b"abc"]
    [finding] = index.usable().findings
    assert (finding[1][-4:], finding[2]) == (".del", (Code.FILE_GONE,))


def test_a_lost_lexicon_is_left_out(index: Generations) -> None:
    rebuild(index, b"abc")
    os.truncate(files(index, "segments/*.lex")[0], 2)
    opened = index.usable()
    assert (opened.lexicon, opened.manifest.content.partial) == (None, True)
    assert opened.findings[0][2] == (Code.FILE_CUT, 2, 5)


@pytest.mark.parametrize("pattern", ["CURRENT", "generations/*.json"])
def test_either_copy_of_the_manifest_will_do(index: Generations, pattern: str) -> None:
    rebuild(index, b"abc")
    damage(files(index, pattern)[0])
    with pytest.raises(IndexDamaged):
        index.open()
    assert (texts(index), index.current().number, len(index.usable().findings)) == ([b"abc"], 1, 1)


@pytest.mark.parametrize("text", [b"", b"1", b"7 " + b"0" * 64 + b"\n", b"\0" * 100])
def test_where_nothing_names_it_the_newest_whole_generation_is_used(
    index: Generations, text: bytes
) -> None:
    rebuild(index, b"abc")
    rebuild(index, b"defg")
    (index.path / "CURRENT").write_bytes(text)
    assert texts(index) == [b"defg"]
    append(index, b"x")
    assert (texts(index), index.verify()) == ([b"defg", b"x"], [])


def test_a_lost_pointer_is_found_again(index: Generations) -> None:
    rebuild(index, b"abc")
    (index.path / "CURRENT").unlink()
    with pytest.raises(IndexMissing):
        index.open()
    assert texts(index) == [b"abc"]


def test_an_index_of_which_nothing_can_be_read_is_built_anew(index: Generations) -> None:
    rebuild(index, b"abc")
    damage(index.path / "CURRENT")
    damage(files(index, "generations/*")[0])
    with pytest.raises(IndexDamaged):
        index.usable()
    rebuild(index, b"defg")
    assert (index.open().manifest.number, index.verify()) == (2, [])


def test_swapped_manifests_are_noticed(index: Generations) -> None:
    rebuild(index, b"abc")
    rebuild(index, b"defg")
    one, other = files(index, "generations/*")
    texts = one.read_bytes(), other.read_bytes()
    one.write_bytes(texts[1])
    other.write_bytes(texts[0])
    assert {path for _, path, _ in index.verify()} == {str(one), str(other)}


def test_verify_hashes_what_was_hashed_before(index: Generations) -> None:
    rebuild(index, b"abc")
    index.open()
    path = files(index, "segments/*.seg")[0]
    times = path.stat()
    path.write_bytes(b"abd")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert [found for _, found, _ in index.verify()] == [str(path)]


def test_a_file_that_was_replaced_is_hashed_anew(index: Generations) -> None:
    rebuild(index, b"abc")
    index.open()
    path = files(index, "segments/*.seg")[0]
    path.unlink()
    path.write_bytes(b"abd")
    with pytest.raises(IndexDamaged):
        index.open()


def test_what_says_nothing_about_a_file_is_no_damage(
    index: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(index, b"abc")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(OSError, match="Too many open files"):
        index.usable()
