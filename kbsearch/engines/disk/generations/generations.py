"""Where an index lies: write-once files, generations made of them, and a pointer to one.

    index/internal/
        CURRENT               the number of the current generation, and its manifest once more
        generations/17.json   its manifest: what it is made of, with the SHA-256 of every file
        segments/             the pool: files that are written once and never changed
        writer.lock           held while another generation becomes the current one
        rebuild.lock          held while files are made aside, for a rebuild or a merge
        pool.lock             shared while files are opened, held alone while they are removed
        check.lock            held while a server hashes the files that it has open

Everything is on the disk before CURRENT is replaced, so that a crash leaves the generation before
or the one after. A reader opens every file at once and then needs nothing of the folder any more.

    generations = Generations(folder, disk)         # one a process: it remembers what it hashed
    opened = generations.usable()                   # or open(), which raises if anything is damaged
    generations.stamp() == opened.stamp             # nothing was committed since

    with generations.writing() as writing:          # add or delete
        opened = generations.usable()
        file = writing.add(f"{new_id()}.seg", pieces)
        writing.extend(opened, replace(opened.manifest.content, segments=...))

    with generations.building() as building:        # reindex: aside, for as long as it takes
        file = building.add(f"{new_id()}.seg", pieces)
        with generations.writing() as writing:
            writing.supersede(Content(...))         # a merge extends what usable() gives here
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from kbsearch.engines.base import Pace, no_spare
from kbsearch.engines.disk.generations.catalogue import ManifestStore
from kbsearch.engines.disk.generations.committing import CommitSession, StagedFiles
from kbsearch.engines.disk.generations.damage import FileDamaged, Finding, damaged
from kbsearch.engines.disk.generations.disk import Disk
from kbsearch.engines.disk.generations.manifest import Content, Manifest
from kbsearch.engines.disk.generations.opened import GenerationReader, check_files, open_files
from kbsearch.engines.disk.generations.pool import Pool
from kbsearch.errors import IndexBusy, IndexMissing, IndexOutdated
from kbsearch.locks import lock
from kbsearch.messages.catalogue import Code

_PATIENCE = 60.0
"""Seconds to wait for another process."""
_MOMENT = 0.02
"""Seconds to wait for a process that only looks whether a person builds."""


class Generations:
    """The generations of one view. Threads may share one."""

    def __init__(self, path: Path, disk: Disk) -> None:
        """Name the folder; nothing is made or read yet."""
        self.path = path
        self._disk = disk
        self._catalogue = ManifestStore(path, disk)
        self._pool = Pool(path / "segments", disk)

    def stamp(self) -> bytes:
        """Return what changes with every generation; cheap enough for every search."""
        return self._catalogue.stamp()

    def current(self) -> Manifest:
        """Return the manifest of the current generation, opening nothing.

        Raises IndexMissing, or IndexDamaged if no copy of it is left.
        """
        with self._reading():
            return self._current_manifest()

    def open(self) -> GenerationReader:
        """Open the current generation.

        Raises IndexMissing, or IndexDamaged if any file of it is not as it was written.
        """
        with self._reading():
            stamp = self.stamp()
            return self._opened(self._current_manifest(whole=True), stamp)

    def usable(self) -> GenerationReader:
        """Open the best that there is, saying in `findings` what is damaged.

        That is the current generation; if that is damaged, its spare; else what is left of the
        current one. Where nothing names the current one, it is the newest that is whole.

        Raises IndexMissing if there was none, and IndexDamaged if nothing can be read.
        """
        with self._reading():
            stamp = self.stamp()
            manifest, findings = self._catalogue.current()
            if manifest is None:
                _stop_if_outdated(findings)
                return self._newest(stamp, findings)
            opened = open_files(self._pool, manifest, stamp)
            findings += opened.findings
            if opened.findings and manifest.spare is not None:
                opened = self._whole([manifest.spare], stamp) or opened
        return replace(opened, findings=tuple(findings))

    def spare(self) -> GenerationReader:
        """Open the spare of the current generation.

        Raises IndexMissing, OperatorError if there is no spare, IndexDamaged if it is not
        whole.
        """
        with self._reading():
            current = self._current_manifest()
            if current.spare is None:
                raise no_spare()
            try:
                manifest = self._catalogue.read(current.spare)
            except FileDamaged as damage:
                found = damage.at(self._catalogue.path(current.spare))
                raise damaged([found]) from None
            return self._opened(manifest)

    def opened(self, content: Content) -> GenerationReader:
        """Open files that are not committed. Raises IndexDamaged."""
        with self._reading():
            return self._opened(Manifest(0, content))

    def verify(self) -> list[Finding]:
        """Hash every byte of the current generation and its spare, and return what is damaged.

        Raises IndexMissing.
        """
        with self._reading():
            self._stop_if_missing()
            manifest, findings = self._catalogue.current()
            if manifest is None:
                _stop_if_outdated(findings)
                return findings
            findings += check_files(self._pool, manifest)
            if manifest.spare is not None:
                try:
                    findings += check_files(self._pool, self._catalogue.read(manifest.spare))
                except FileDamaged as damage:
                    findings.append(damage.at(self._catalogue.path(manifest.spare)))
        return findings

    def check(self, opened: GenerationReader, pace: Pace | None = None) -> list[Finding]:
        """Hash every byte of what is opened, at a pace, and return what is damaged.

        Also of files that were removed since.
        """
        return check_files(self._pool, opened.manifest, pace)

    def touched(self, opened: GenerationReader) -> bool:
        """Tell whether the size, the time or the place of any file of it has changed."""
        return any(map(self._pool.touched, opened.manifest.content.files()))

    def forget(self) -> None:
        """Hash every file again when it is next opened."""
        self._pool.forget()

    @contextmanager
    def writing(self) -> Iterator[CommitSession]:
        """Be the one writer. Raises IndexBusy after a minute of waiting."""
        writing = CommitSession(self.path, self._catalogue, self._pool)
        with self._lock("writer.lock") as ours, _discarding(writing):
            if not ours:
                raise _taken("writing the index")
            yield writing

    @contextmanager
    def building(self, patience: float = _MOMENT) -> Iterator[StagedFiles]:
        """Add files that stay until they are committed.

        patience  seconds to wait for another process that does; then IndexBusy is raised.
        """
        building = StagedFiles(self._catalogue, self._pool)
        with self._lock("rebuild.lock", patience=patience) as ours, _discarding(building):
            if not ours:
                raise _taken("rebuilding the index")
            yield building

    def _lock(self, name: str, patience: float = _PATIENCE) -> AbstractContextManager[bool]:
        for folder in (self._pool.path, self._catalogue.folder):
            self._disk.make_folders(folder)
        return lock(self.path / name, patience=patience)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Keep files from being removed while they are opened."""
        if not self.path.is_dir():
            raise _missing()
        with lock(self.path / "pool.lock", shared=True, patience=_PATIENCE) as ours:
            if not ours:
                raise _taken("removing old files of the index")
            yield

    def _current_manifest(self, *, whole: bool = False) -> Manifest:
        self._stop_if_missing()
        manifest, findings = self._catalogue.current()
        if manifest is None:
            _stop_if_outdated(findings)
        if manifest is None or (whole and findings):
            raise damaged(findings)
        return manifest

    def _stop_if_missing(self) -> None:
        if not self._catalogue.pointer.exists():
            raise _missing()

    def _opened(self, manifest: Manifest, stamp: bytes = b"") -> GenerationReader:
        opened = open_files(self._pool, manifest, stamp)
        if opened.findings:
            raise damaged(opened.findings)
        return opened

    def _newest(self, stamp: bytes, findings: list[Finding]) -> GenerationReader:
        """Open the newest generation that is whole, or what is left of the newest at all."""
        numbers = self._catalogue.numbers()
        if opened := self._whole(numbers, stamp):
            return replace(opened, findings=tuple(findings))
        self._stop_if_missing()  # then one that was never committed may lie here, half-written
        for number in numbers:
            with suppress(FileDamaged):
                opened = open_files(self._pool, self._catalogue.read(number), stamp)
                return replace(opened, findings=(*findings, *opened.findings))
        raise damaged(findings)

    def _whole(self, numbers: Iterable[int], stamp: bytes) -> GenerationReader | None:
        """Open the first of these generations that is whole."""
        for number in numbers:
            with suppress(FileDamaged):
                opened = open_files(self._pool, self._catalogue.read(number), stamp)
                if not opened.findings:
                    return opened
        return None


@contextmanager
def _discarding(adding: StagedFiles) -> Iterator[None]:
    """Remove what was added if anything is raised, unless it was committed by then."""
    try:
        yield
    except BaseException:
        adding.discard()
        raise


def _stop_if_outdated(findings: list[Finding]) -> None:
    """Raise IndexOutdated if another version of kbsearch wrote what is found."""
    if any(wrong[0] is Code.FILE_OF_OTHER_FORMAT for _, _, wrong in findings):
        raise IndexOutdated(
            "The index was made by another version of kbsearch; run: kbsearch reindex"
        )


def _missing() -> IndexMissing:
    return IndexMissing("There is no index yet; run: kbsearch reindex")


def _taken(by: str) -> IndexBusy:
    return IndexBusy(f"Another process is {by}; try again when it is done")
