"""Importing tickets from files, and bringing the index up to them."""

from collections.abc import Sequence
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.folder import find_files
from kbsearch.intake.importer import Importer
from kbsearch.progress import Progress, silent
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_report import ImportReport
from kbsearch.services.service import Service


def check_paths(paths: Sequence[Path]) -> None:
    """Raise FileUnreadable if none of these is a file that can be imported, or a folder of one."""
    found = find_files(paths)
    if not found.files:
        raise FileUnreadable("\n".join(found.problems))


class Importing(Service):
    """Imports files."""

    def run(
        self, paths: Sequence[Path], options: ImportOptions, *, progress: Progress = silent
    ) -> ImportReport:
        """Read files into the store; the index follows with `indexing.refresh`."""
        importer = Importer(
            self._parts.store,
            options,
            rejects_folder=self._parts.settings.home / "rejects",
            progress=progress,
        )
        return importer.run(paths)
