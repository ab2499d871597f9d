"""Importing tickets from files, and bringing the index up to them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kbsearch.intake.importer import Importer, ImportReport
from kbsearch.progress import Progress, silent
from kbsearch.services.service import Service


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
