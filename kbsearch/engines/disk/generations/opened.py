"""A generation opened for searching: every file of it mapped, and hashed once a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kbsearch.engines.base import Pace
from kbsearch.engines.disk.generations.damage import FileDamaged, Finding
from kbsearch.engines.disk.generations.manifest import Manifest, PoolFile, SegmentEntry
from kbsearch.engines.disk.generations.pool import Pool

Deleted = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class OpenedSegment:
    """A segment: its file, mapped, and the numbers of its deleted documents, ascending."""

    entry: SegmentEntry
    buffer: memoryview
    deleted: Deleted


@dataclass(frozen=True, slots=True)
class GenerationReader:
    """A generation that stays readable, whatever is committed or removed afterwards.

    stamp     what `Generations.stamp` gave before it was opened.
    manifest  what is opened: of a generation that is not whole, only what is left of it, marked
              as partial.
    lexicon   None if it has none, or has lost it.
    findings  what is damaged; of the generation that CURRENT names, if this is not that one.
    """

    stamp: bytes
    manifest: Manifest
    segments: tuple[OpenedSegment, ...]
    lexicon: memoryview | None
    findings: tuple[Finding, ...] = ()


def open_files(pool: Pool, manifest: Manifest, stamp: bytes) -> GenerationReader:
    """Open every file of a generation that is as it was written, leaving out the others."""
    findings: list[Finding] = []
    segments = []
    lexicon = None
    content = manifest.content
    for entry in content.segments:
        with _noted(findings, pool, entry.file):
            buffer = pool.mapped(entry.file)
            deleted = _deleted(pool, entry, findings)
            if deleted is not None:
                segments.append(OpenedSegment(entry, buffer, deleted))
    if content.lexicon:
        with _noted(findings, pool, content.lexicon):
            lexicon = pool.mapped(content.lexicon)
    if findings:
        manifest = _left_of(manifest, segments, lexicon)
    return GenerationReader(stamp, manifest, tuple(segments), lexicon, tuple(findings))


def check_files(pool: Pool, manifest: Manifest, pace: Pace | None = None) -> list[Finding]:
    """Hash every byte of a generation, at a pace, and return what is damaged."""
    findings: list[Finding] = []
    content = manifest.content
    for entry in content.segments:
        with _noted(findings, pool, entry.file):
            pool.check(entry.file, pace)
        if isinstance(entry.deleted, PoolFile):
            with _noted(findings, pool, entry.deleted):
                pool.check(entry.deleted, pace)
    if content.lexicon:
        with _noted(findings, pool, content.lexicon):
            pool.check(content.lexicon, pace)
    return findings


def _deleted(pool: Pool, entry: SegmentEntry, findings: list[Finding]) -> Deleted | None:
    """Return the deleted documents, None if they are lost: then the segment is, too."""
    if not isinstance(entry.deleted, PoolFile):
        return np.array(entry.deleted, np.uint32)
    with _noted(findings, pool, entry.deleted):
        return np.frombuffer(pool.mapped(entry.deleted), "<u4")
    return None


def _left_of(
    manifest: Manifest, segments: list[OpenedSegment], lexicon: memoryview | None
) -> Manifest:
    content = replace(
        manifest.content,
        segments=tuple(segment.entry for segment in segments),
        lexicon=manifest.content.lexicon if lexicon is not None else None,
        tickets=sum(segment.entry.documents - segment.deleted.size for segment in segments),
        partial=True,
    )
    return replace(manifest, content=content)


@contextmanager
def _noted(findings: list[Finding], pool: Pool, file: PoolFile) -> Iterator[None]:
    try:
        yield
    except FileDamaged as damage:
        findings.append(damage.at(pool.path / file.name))
