"""Adding files to the pool, committing them as a generation, and removing what no one needs."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kbsearch.engines.disk.generations.catalogue import ManifestStore
from kbsearch.engines.disk.generations.damage import FileDamaged, damaged
from kbsearch.engines.disk.generations.disk import Piece
from kbsearch.engines.disk.generations.manifest import Content, Manifest, PoolFile
from kbsearch.engines.disk.generations.opened import Deleted, GenerationReader, open_files
from kbsearch.engines.disk.generations.pool import Pool, new_id
from kbsearch.errors import IndexBusy
from kbsearch.locks import lock

_INLINE = 128
"""Deleted documents of a segment that stand in the manifest itself; more get a file."""
_CLEANING = 0.05
"""Seconds to wait for readers that are opening files; what then stays goes another time."""
_DROPPING = 60.0
"""Seconds to wait for them where everything must go."""


class StagedFiles:
    """Files added to the pool, which no generation names yet."""

    def __init__(self, catalogue: ManifestStore, pool: Pool) -> None:
        self._catalogue = catalogue
        self._pool = pool
        self._added: set[str] = set()

    def add(self, name: str, pieces: Iterable[Piece]) -> PoolFile:
        """Write a file of the pool; the disk holds it and, once it is committed, its name.

        name  `new_id()`, a dot and letters, such as "3f0c5a9e1b7d2c48.seg".
        """
        self._added.add(name)
        return self._pool.add(name, pieces)

    def add_deletions(self, segment: str, deleted: Deleted) -> tuple[int, ...] | PoolFile:
        """Return what stands in `SegmentEntry.deleted` for these documents, ascending.

        segment  the id of the segment that they are deleted from.
        """
        if deleted.size <= _INLINE:
            return tuple(deleted.tolist())
        return self.add(f"{segment}-{new_id()}.del", [deleted.astype("<u4").tobytes()])

    def discard(self) -> None:
        """Remove what was added and came to nothing."""
        needed = set().union(*map(self._catalogue.files, self._catalogue.numbers()))
        with suppress(OSError):  # what stays goes after the next commit
            self._pool.remove(self._added & self._pool.names() - needed)


class CommitSession(StagedFiles):
    """The one writer: while it is there, no one else changes which generation is current."""

    def __init__(self, path: Path, catalogue: ManifestStore, pool: Pool) -> None:
        super().__init__(catalogue, pool)
        self._path = path

    def extend(self, base: GenerationReader, content: Content) -> Manifest:
        """Commit what `base` became: tickets were added or deleted, or segments merged.

        The spare stays what it was.
        """
        spare = base.manifest.spare
        return self._commit(content, spare if spare in self._catalogue.numbers() else None)

    def supersede(self, content: Content) -> Manifest:
        """Commit a full reindex; the generation before it becomes the spare, if it is whole.

        Raises ValueError if the two share a file: what damaged one would damage the other.
        """
        before = self._catalogue.current().manifest
        if before and not set(content.files()).isdisjoint(before.content.files()):
            raise ValueError("a full reindex shares no file with its predecessor")
        return self._commit(content, self._first_whole(before) if before else None)

    def rollback(self, content: Content) -> Manifest:
        """Commit what the spare became; the generation that is left becomes the spare."""
        left, findings = self._catalogue.current()
        if left is None:
            raise damaged(findings)
        return self._commit(content, left.number if self._is_whole(left) else None)

    def drop_spare(self) -> Manifest:
        """Commit the current generation without a spare, and remove every file that it needs not.

        The caller builds, so that no one else does.

        Raises IndexBusy if readers open files for too long.
        """
        left, findings = self._catalogue.current()
        if left is None:
            raise damaged(findings)
        manifest = self._commit(left.content, None)
        if not self._clean(manifest, patience=_DROPPING, is_ours=True):
            raise IndexBusy("Other processes open files of the index; try again")
        return manifest

    def _first_whole(self, before: Manifest) -> int | None:
        if self._is_whole(before):
            return before.number
        if before.spare is None:
            return None
        try:
            return before.spare if self._is_whole(self._catalogue.read(before.spare)) else None
        except FileDamaged:
            return None

    def _is_whole(self, manifest: Manifest) -> bool:
        if manifest.content.partial:
            return False
        return not open_files(self._pool, manifest, b"").findings

    def _commit(self, content: Content, spare: int | None) -> Manifest:
        manifest = Manifest(self._catalogue.next_number(), content, spare)
        self._pool.sync()
        self._catalogue.commit(manifest)
        with suppress(OSError):  # what stays goes after the next commit
            self._clean(manifest)
        return manifest

    def _clean(
        self, current: Manifest, *, patience: float = _CLEANING, is_ours: bool = False
    ) -> bool:
        """Remove what neither this generation nor its spare needs, while no one opens files.

        is_ours  whoever builds now is the caller, who needs nothing else.

        Returns whether it was done.
        """
        with lock(self._path / "pool.lock", patience=patience) as alone:
            if not alone:
                return False
            others = set(self._catalogue.numbers()) - {current.number, current.spare}
            needed = {file.name for file in current.content.files()}
            if current.spare is not None:
                needed |= self._catalogue.files(current.spare)
            goes = self._pool.names() - needed
            if not is_ours and is_building(self._path):
                # Then what no manifest names may be of that build.
                goes &= set().union(*map(self._catalogue.files, others))
            self._pool.remove(goes)
            for number in sorted(others):
                self._catalogue.remove(number)
            return True


def is_building(path: Path) -> bool:
    """Tell whether files are made aside; who begins after this made none of those seen."""
    with lock(path / "rebuild.lock", patience=0) as nobody:
        return not nobody
