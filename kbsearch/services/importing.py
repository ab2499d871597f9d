"""Importing tickets from files, and bringing the index up to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What an import does otherwise than it usually would.

    dry_run      tell what would happen, and write neither tickets nor rejects.
    force_older  let rows change tickets that are newer.
    encoding     what the files are written in, "" to tell it by what they hold.
    """

    dry_run: bool = False
    force_older: bool = False
    encoding: str = ""


USUALLY = ImportOptions()


class Importing(Service):
    """Imports files."""

    def run(
        self,
        paths: Sequence[Path],
        *,
        mapping: Mapping[str, str],
        source: str,
        options: ImportOptions = USUALLY,
        progress: Progress = silent,
    ) -> ImportReport:
        """Read files into the store; the index follows with `indexing.refresh`."""
        importer = Importer(
            self._parts.store,
            mapping=mapping,
            source=source,
            dry_run=options.dry_run,
            rejects_folder=self._parts.settings.home / "rejects",
            progress=progress,
        )
        return importer.run(paths, force_older=options.force_older, encoding=options.encoding)
