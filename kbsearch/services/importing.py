"""Importing tickets from files, and bringing the index up to them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.folder import find_files
from kbsearch.intake.importer import Importer
from kbsearch.progress import Progress, silent
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
        self,
        paths: Sequence[Path],
        *,
        mapping: Mapping[str, str],
        source: str,
        dry_run: bool = False,
        force_older: bool = False,
        progress: Progress = silent,
    ) -> ImportReport:
        """Read files into the store; the index follows with `indexing.refresh`.

        force_older  let rows change tickets that are newer.
        """
        importer = Importer(
            self._parts.store,
            mapping=mapping,
            source=source,
            dry_run=dry_run,
            rejects_folder=self._parts.settings.home / "rejects",
            progress=progress,
        )
        return importer.run(paths, force_older=force_older)
