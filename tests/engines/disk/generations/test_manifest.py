"""Manifests and pointers as text."""

import json
from dataclasses import replace
from typing import Any

import pytest

from kbsearch.engines.disk.generations.damage import FileDamaged
from kbsearch.engines.disk.generations.manifest import (
    Content,
    Manifest,
    PoolFile,
    SegmentEntry,
    parsed,
    parsed_pointer,
    rendered,
    rendered_pointer,
    sha256,
)

SEGMENTS = (
    SegmentEntry("a1", PoolFile("a1.seg", 90, "0" * 64), 3, (1, 2), in_lexicon=True),
    SegmentEntry("b2", PoolFile("b2.seg", 80, "1" * 64), 900, PoolFile("b2-c.del", 4, "2" * 64)),
)
CONTENT = Content(SEGMENTS, PoolFile("d4.lex", 70, "3" * 64), 2, 17, "abc")
MANIFEST = Manifest(5, CONTENT, 4)
TEXT = rendered(MANIFEST)


@pytest.mark.parametrize(
    "manifest",
    [MANIFEST, Manifest(1, Content((), None, 0, 0, "", partial=True))],
    ids=["full", "empty"],
)
def test_a_manifest_comes_back(manifest: Manifest) -> None:
    assert parsed(rendered(manifest), manifest.number) == manifest


def test_a_manifest_lists_every_file() -> None:
    assert [file.name for file in CONTENT.files()] == ["a1.seg", "b2.seg", "b2-c.del", "d4.lex"]


def test_any_byte_that_changed_is_noticed() -> None:
    for at in range(len(TEXT)):
        for bit in range(8):
            changed = bytearray(TEXT)
            changed[at] ^= 1 << bit
            with pytest.raises(FileDamaged):
                parsed(bytes(changed), 5)


def test_any_byte_of_the_pointer_that_changed_is_noticed() -> None:
    whole = rendered_pointer(MANIFEST)
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        try:
            pointer = parsed_pointer(bytes(changed))
        except FileDamaged:
            continue
        assert (pointer.number, sha256(pointer.copy)) != (5, pointer.sha256)


@pytest.mark.parametrize("text", [b"", TEXT[:-1], TEXT + b"\n", b"[]", b"{}", b"null", b"[" * 9999])
def test_a_text_that_is_no_manifest_is_damaged(text: bytes) -> None:
    with pytest.raises(FileDamaged, match="is not as it was written"):
        parsed(text, 5)


def test_a_manifest_under_another_number_is_told() -> None:
    with pytest.raises(FileDamaged, match="is that of generation 5"):
        parsed(TEXT, 4)


def signed(record: dict[str, object]) -> bytes:
    """Return a record with the hash that fits it."""
    del record["sha256"]
    compact: dict[str, Any] = {"separators": (",", ":"), "sort_keys": True}
    line = json.dumps(record, **compact).encode() + b"\n"
    return json.dumps(record | {"sha256": sha256(line)}, **compact).encode() + b"\n"


def test_a_manifest_of_another_format_is_told() -> None:
    with pytest.raises(FileDamaged, match="has the format 2, not 3"):
        parsed(signed(json.loads(TEXT) | {"format": 2}), 5)


def test_a_manifest_that_lacks_something_is_damaged() -> None:
    record = json.loads(TEXT)
    del record["content"]["watermark"]
    with pytest.raises(FileDamaged):
        parsed(signed(record), 5)


@pytest.mark.parametrize("name", ["../CURRENT", "/etc/passwd", "", "a1", "a1.seg\n", "a/b.seg"])
def test_a_manifest_names_no_file_outside_of_the_pool(name: str) -> None:
    lexicon = PoolFile(name, 1, "0" * 64)
    text = rendered(replace(MANIFEST, content=replace(CONTENT, lexicon=lexicon)))
    with pytest.raises(FileDamaged):
        parsed(text, 5)


@pytest.mark.parametrize("text", [b"", b"5", b"5 abc\n", b"05 " + b"0" * 64, b"5 " + b"A" * 64])
def test_a_pointer_that_names_no_generation_is_damaged(text: bytes) -> None:
    with pytest.raises(FileDamaged, match="names no generation"):
        parsed_pointer(text)
