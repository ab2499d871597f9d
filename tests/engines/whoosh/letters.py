"""Generations of segments that hold a few letters."""

from dataclasses import replace
from pathlib import Path

from kbsearch.engines.disk.generations.committing import StagedFiles
from kbsearch.engines.disk.generations.generations import Generations
from kbsearch.engines.disk.generations.manifest import Content, SegmentEntry
from kbsearch.engines.disk.generations.pool import new_id


def segment(adding: StagedFiles, text: bytes, deleted: tuple[int, ...] = ()) -> SegmentEntry:
    """Add a segment of as many documents as it has letters."""
    name = new_id()
    return SegmentEntry(name, adding.add(f"{name}.seg", [text]), len(text), deleted)


def rebuild(index: Generations, *texts: bytes, watermark: int = 1) -> None:
    """Reindex: a segment for each text, and a lexicon."""
    with index.building() as building:
        segments = tuple(segment(building, text) for text in texts)
        lexicon = building.add(f"{new_id()}.lex", [b"words"])
        content = Content(segments, lexicon, sum(map(len, texts)), watermark, "analysis")
        with index.writing() as writing:
            writing.supersede(content)


def append(index: Generations, text: bytes) -> None:
    """Add a segment."""
    with index.writing() as writing:
        opened = index.usable()
        content = opened.manifest.content
        segments = (*content.segments, segment(writing, text))
        changed = replace(content, segments=segments, watermark=content.watermark + 1)
        writing.extend(opened, changed)


def texts(index: Generations) -> list[bytes]:
    """Return what the current segments hold."""
    return [bytes(segment.buffer) for segment in index.usable().segments]


def files(index: Generations, pattern: str) -> list[Path]:
    """Return the files of an index, the oldest first."""
    return sorted(index.path.glob(pattern), key=lambda path: path.stat().st_mtime_ns)


def damage(path: Path) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
