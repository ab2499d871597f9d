"""A store in a temporary folder, and files to import into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kbsearch.intake.importer import Importer
from kbsearch.progress import Progress, silent
from kbsearch.records.import_options import DateOrder, ImportOptions
from kbsearch.records.import_report import ImportReport
from kbsearch.records.ticket import StoredTicket
from kbsearch.store.store import Store
from tests.masking import unmasked


@dataclass(frozen=True)
class Desk:
    """A folder of files, and the store that they are imported into."""

    folder: Path
    store: Store

    @property
    def rejects_folder(self) -> Path:
        return self.folder / "rejects"

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(
        self,
        *paths: Path,
        mapping: Mapping[str, str] | None = None,
        dry_run: bool = False,
        date_order: DateOrder | None = None,
        progress: Progress = silent,
    ) -> ImportReport:
        """Import these files."""
        importer = Importer(
            self.store,
            ImportOptions(mapping=mapping or {}, dry_run=dry_run, date_order=date_order),
            rejects_folder=self.rejects_folder,
            progress=progress,
        )
        return importer.run(paths)

    def tickets(self) -> dict[str, StoredTicket]:
        """Return reference -> ticket."""
        return {ticket.reference: ticket for ticket in self.store.tickets()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose store is empty."""
    store = Store.open(f"sqlite:///{tmp_path / 'kbsearch.db'}", masking=unmasked)
    yield Desk(tmp_path, store)
    store.close()
