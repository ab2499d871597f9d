"""Importing tickets from files, and bringing the index up to them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from kbsearch.errors import FileUnreadable
from kbsearch.intake.folder import find_files
from kbsearch.intake.importer import Importer
from kbsearch.intake.saved_options import SavedOptions
from kbsearch.intake.uploads import drop_upload, keep_upload
from kbsearch.progress import Progress, silent
from kbsearch.records.audit import AuditAction
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_preview import ImportPreview
from kbsearch.records.import_report import ImportReport
from kbsearch.services.service import Service

_NAMED = 100
"""Files that the audit log names; any others are counted."""
_COUNTED = ("read", "new", "changed", "unchanged", "older", "deleted", "rejected")


def check_paths(paths: Sequence[Path]) -> None:
    """Raise FileUnreadable if none of these is a file that can be imported, or a folder of one."""
    found = find_files(paths)
    if not found.files:
        raise FileUnreadable("\n".join(found.problems))


class Importing(Service):
    """Imports files."""

    @property
    def saved(self) -> SavedOptions:
        """The options that an admin has kept under a name."""
        return SavedOptions(self._parts.settings.home / "mappings")

    def keep(self, name: str, content: IO[bytes]) -> Path:
        """Keep an uploaded file for the steps of one import, and drop those of before yesterday."""
        return keep_upload(self._uploads, name, content)

    def drop(self, path: Path) -> None:
        """Remove a file that was kept for an import; any other stays."""
        drop_upload(self._uploads, path)

    @property
    def _uploads(self) -> Path:
        return self._parts.settings.home / "uploads"

    def preview(
        self, paths: Sequence[Path], options: ImportOptions, *, progress: Progress = silent
    ) -> ImportPreview:
        """Return what an import would do; nothing is written."""
        importer = self._importer(replace(options, dry_run=True), progress)
        return importer.preview(paths)

    def run(
        self, paths: Sequence[Path], options: ImportOptions, *, progress: Progress = silent
    ) -> ImportReport:
        """Read files into the store; the index follows with `indexing.refresh`.

        The audit log says that it begins, and what became of it: one that has no second row was
        broken off. Raises KeysUnusable, before anything is read, if it cannot be recorded.
        """
        importer = self._importer(options, progress)
        if options.dry_run:
            return importer.run(paths)
        files = [self._parts.masking.text(path.name) for path in paths[:_NAMED]]
        said: dict[str, object] = {
            "files": files,
            "more_files": len(paths) - len(files),
            "source": options.source,
        }
        self._record(AuditAction.IMPORT_BEGUN, **said)
        report = importer.run(paths)
        counts = {name: getattr(report, name) for name in _COUNTED}
        self._record(AuditAction.IMPORT, **said, **counts)
        return report

    def _importer(self, options: ImportOptions, progress: Progress) -> Importer:
        rejects = self._parts.settings.home / "rejects"
        return Importer(self._parts.store, options, rejects_folder=rejects, progress=progress)
