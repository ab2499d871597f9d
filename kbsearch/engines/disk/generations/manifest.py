"""What a generation is made of, as text that shows any change of a byte.

A manifest is one line of JSON, written in one way only, with the SHA-256 of the rest in it; the
pointer to it, in CURRENT, is a line with its number and the SHA-256 of its text, and then the text
once more. So one damaged file of the two costs nothing, and two manifests that changed places are
noticed.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple, Self

from kbsearch.engines.disk.generations.damage import FileDamaged
from kbsearch.messages.catalogue import Code
from kbsearch.records.history import Mark

FORMAT = 3
"""Raised when the files of an index change their meaning."""
_POINTER = re.compile(rb"([1-9][0-9]{0,15}) ([0-9a-f]{64})")
_NAME = re.compile(r"[0-9A-Za-z_-]+\.[a-z]+")


@dataclass(frozen=True, slots=True)
class PoolFile:
    """A file of the pool, as it was written."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment in a generation.

    documents   how many it has, deleted ones included.
    deleted     the numbers of the deleted ones, ascending; a file of the pool if they are many.
    in_lexicon  whether the lexicon of the generation counts its words; else it brings its own.
    """

    id: str
    file: PoolFile
    documents: int
    deleted: tuple[int, ...] | PoolFile = ()
    in_lexicon: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a generation holds.

    watermark    the last change of the store that it has taken in.
    store        the identity of that store; `change` the digest of that change.
    fingerprint  the analysis that made its terms.
    partial      a damaged segment or lexicon was left out, and waits for a rebuild.
    """

    segments: tuple[SegmentEntry, ...]
    lexicon: PoolFile | None
    tickets: int
    watermark: int
    fingerprint: str
    partial: bool = False
    store: str = ""
    change: str = ""

    @property
    def mark(self) -> Mark:
        """The place in the history of its store up to which changes are taken in."""
        return Mark(self.watermark, self.store, self.change)

    def at(self, mark: Mark) -> Self:
        """Return the same, with the changes taken in up to a mark."""
        return replace(self, watermark=mark.sequence, store=mark.store, change=mark.change)

    def files(self) -> Iterator[PoolFile]:
        """Yield every file of the pool that it needs."""
        for segment in self.segments:
            yield segment.file
            if isinstance(segment.deleted, PoolFile):
                yield segment.deleted
        if self.lexicon:
            yield self.lexicon


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation: its number, what it holds, and the number of the one to go back to."""

    number: int
    content: Content
    spare: int | None = None


class Pointer(NamedTuple):
    """What CURRENT says: a number, the SHA-256 of that manifest, and what should be its text."""

    number: int
    sha256: str
    copy: bytes


def sha256(text: bytes) -> str:
    """Return the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(text).hexdigest()


def rendered(manifest: Manifest) -> bytes:
    """Return the text of a manifest."""
    record = {"format": FORMAT, **asdict(manifest)}
    return _compact(record | {"sha256": sha256(_compact(record))})


def parsed(text: bytes, number: int) -> Manifest:
    """Read the manifest of this number. Raises FileDamaged if it is not as it was written."""
    try:
        record = json.loads(text)
        claimed = record.pop("sha256")
        if claimed != sha256(_compact(record)):
            raise FileDamaged((Code.FILE_CHANGED,))
        if record["format"] != FORMAT:
            raise FileDamaged((Code.FILE_OF_OTHER_FORMAT, record["format"], FORMAT))
        manifest = _manifest(record)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileDamaged((Code.FILE_CHANGED,)) from error
    if rendered(manifest) != text:
        raise FileDamaged((Code.FILE_CHANGED,))
    if manifest.number != number:
        raise FileDamaged((Code.FILE_OF_OTHER_GENERATION, manifest.number))
    return manifest


def rendered_pointer(manifest: Manifest) -> bytes:
    """Return the text of CURRENT."""
    text = rendered(manifest)
    return b"%d %s\n%s" % (manifest.number, sha256(text).encode(), text)


def parsed_pointer(text: bytes) -> Pointer:
    """Read the text of CURRENT, whatever the copy in it is like. Raises FileDamaged."""
    line, _, copy = text.partition(b"\n")
    found = _POINTER.fullmatch(line)
    if not found:
        raise FileDamaged((Code.FILE_NAMES_NO_GENERATION,))
    return Pointer(int(found[1]), found[2].decode(), copy)


def _compact(record: dict[str, Any]) -> bytes:
    return json.dumps(record, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _manifest(record: dict[str, Any]) -> Manifest:
    content = record["content"]
    held = Content(
        segments=tuple(_segment(one) for one in content.pop("segments")),
        lexicon=_file(content.pop("lexicon")),
        **content,
    )
    return Manifest(record["number"], held, record["spare"])


def _segment(record: dict[str, Any]) -> SegmentEntry:
    deleted = record.pop("deleted")
    return SegmentEntry(
        file=_pool_file(record.pop("file")),
        deleted=tuple(deleted) if isinstance(deleted, list) else _pool_file(deleted),
        **record,
    )


def _file(record: dict[str, Any] | None) -> PoolFile | None:
    return None if record is None else _pool_file(record)


def _pool_file(record: dict[str, Any]) -> PoolFile:
    if not _NAME.fullmatch(record["name"]):  # or it could name a file outside of the pool
        raise ValueError(record["name"])
    return PoolFile(**record)
