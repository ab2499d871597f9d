"""An index as it is at one moment, opened for searching."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from whoosh import index
from whoosh.reading import SegmentReader

from kbsearch.engines.base import Field, IndexState
from kbsearch.engines.document import index_fingerprint
from kbsearch.engines.searching import Collection
from kbsearch.engines.whoosh.folder import IndexFolder, read_manifest, shortened_files
from kbsearch.engines.whoosh.schema import make_schema
from kbsearch.engines.whoosh.segment import SegmentArrays, WhooshSegment
from kbsearch.engines.whoosh.words_file import ADDED, BUILT, read_words
from kbsearch.engines.words import IndexLexicon, WordTable
from kbsearch.errors import IndexDamaged, IndexOutdated

_TRIES = 20
"""How often to look again when a writer swaps Whoosh's table of contents while we read it."""
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a search needs: everything in it was read at the same stamp."""

    build: Path
    stamp: tuple[int, ...]
    state: IndexState
    collection: Collection
    segments: Mapping[str, SegmentArrays]
    words: IndexLexicon


def is_current(snapshot: Snapshot, folder: IndexFolder) -> bool:
    """Tell whether the index is still as it was when it was opened."""
    try:
        return snapshot.build == folder.current() and snapshot.stamp == folder.stamp()
    except FileNotFoundError:
        return False


def open_snapshot(folder: IndexFolder, before: Snapshot | None) -> Snapshot:
    """Open the current build, taking over from `before` what is still the same.

    Raises IndexMissing, IndexOutdated or IndexDamaged.
    """
    for _ in range(_TRIES):
        try:
            return _open(folder, before)
        except (FileNotFoundError, index.EmptyIndexError):
            time.sleep(_PAUSE)
    raise IndexDamaged(f"{folder.path} has lost files of its index; run: kbsearch reindex")


def _open(folder: IndexFolder, before: Snapshot | None) -> Snapshot:
    build = folder.current()
    stamp = folder.stamp()
    state = read_manifest(build)
    check_fingerprint(state)
    if wrong := shortened_files(build):
        raise IndexDamaged(wrong[0])
    same = before if before and before.build == build else None
    segments, seen = _open_segments(build, same.segments if same else {})
    collection = Collection(seen)
    words = IndexLexicon(
        same.words.built if same else WordTable(read_words(build / BUILT)),
        WordTable(read_words(build / ADDED, growing=True)),
        lambda term: collection.matching(Field.TEXT, term),
    )
    return Snapshot(build, stamp, state, collection, segments, words)


def _open_segments(
    build: Path, known: Mapping[str, SegmentArrays]
) -> tuple[dict[str, SegmentArrays], list[WhooshSegment]]:
    opened = index.open_dir(str(build), schema=make_schema())
    segments: dict[str, SegmentArrays] = {}
    seen = []
    for segment in opened._segments():
        name = segment.segment_id()
        arrays = known.get(name)
        if arrays is None:
            arrays = SegmentArrays(SegmentReader(opened.storage, opened.schema, segment))
        segments[name] = arrays
        seen.append(WhooshSegment(arrays, segment.deleted_docs()))
    return segments, seen


def check_fingerprint(state: IndexState) -> None:
    """Raise IndexOutdated if another analysis than ours made the terms."""
    if state.fingerprint != index_fingerprint():
        raise IndexOutdated(
            "The index was made by another version of the analysis and would miss tickets;"
            " run: kbsearch reindex"
        )
