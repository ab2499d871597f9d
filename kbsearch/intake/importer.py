"""Import files of tickets into the store."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import Columns
from kbsearch.intake.file_import import FileImport, Job
from kbsearch.intake.folder import FoundFiles, find_files
from kbsearch.intake.readers.apart import Readers
from kbsearch.progress import Progress, Stage
from kbsearch.records.import_options import ImportOptions
from kbsearch.records.import_preview import ImportPreview
from kbsearch.records.import_report import ImportReport
from kbsearch.store.store import Store

REASONS = 3
"""Reasons for rejecting rows that a report gives, the commonest first."""


class Importer:
    """Imports files and folders of files; importing the same again changes nothing.

    rejects_folder  where rejected rows are written.
    progress        told the bytes read.

    Raises InputError if the mapping names a field that does not exist.
    """

    def __init__(
        self, store: Store, options: ImportOptions, *, rejects_folder: Path, progress: Progress
    ) -> None:
        self._job = Job(store, Columns(options.mapping), options, rejects_folder, Readers())
        self._progress = progress

    def run(self, paths: Sequence[Path]) -> ImportReport:
        """Import every file; one that cannot be read does not stop the others.

        Raises FileUnreadable, with every problem in it, if no row could be read at all.
        """
        report, _ = self._run(paths)
        if report.problems and not report.read:
            raise FileUnreadable("\n".join(report.problems))
        return report

    def preview(self, paths: Sequence[Path]) -> ImportPreview:
        """Return what the import does, with the first rows of each file.

        A file of which no column can be searched is a problem of the report; its columns are shown.
        """
        report, imports = self._run(paths)
        mask = self._job.store.masking.text
        files = tuple(one.glimpse.preview(one.file.path, mask) for one in imports)
        return ImportPreview(report, files)

    def _run(self, paths: Sequence[Path]) -> tuple[ImportReport, list[FileImport]]:
        found = find_files(paths, self._job.options.encoding)
        imports = [FileImport(self._job, file) for file in found.files]
        problems, done = found.problems, 0
        with closing(self._job.readers):
            for one in imports:
                try:
                    one.run(self._told_from(done, found.size))
                except FileUnreadable as error:
                    problems.append(str(error))
                done += one.file.size
        return self._report(imports, found), imports

    def _told_from(self, before: int, total: int) -> Callable[[int], None]:
        """Return what a file tells its own bytes to, when these many came before it."""
        return lambda done: self._progress(Stage.READING, before + done, total)

    def _report(self, imports: Sequence[FileImport], found: FoundFiles) -> ImportReport:
        counts: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        for one in imports:
            counts += one.counts
            reasons += one.reasons
        mask = self._job.store.masking.line
        rejects = [one.rejects for one in imports if one.rejects]
        return ImportReport(
            read=counts["read"],
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            older=counts["older"],
            deleted=counts["deleted"],
            joined=counts["joined"],
            rejected=counts["rejected"],
            blank=sum(one.file.blank for one in imports),
            reasons=tuple((mask(why), number) for why, number in reasons.most_common(REASONS)),
            rejects=rejects[0] if len(rejects) == 1 else self._folder(rejects),
            notes=tuple(map(mask, (*found.notes, *(n for one in imports for n in one.file.notes)))),
            problems=tuple(map(mask, found.problems)),
            unaccounted=tuple(lost for one in imports for lost in one.file.lost),
        )

    def _folder(self, rejects: Sequence[Path]) -> Path | None:
        return self._job.rejects_folder if rejects else None
