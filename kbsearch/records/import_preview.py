"""What an import would do, before anything is written."""

from dataclasses import dataclass

from kbsearch.records.import_report import ImportReport
from kbsearch.records.ticket import TicketFields


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column of a file.

    field    the field that takes it, "" if none does.
    samples  its first values.
    """

    name: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """One file.

    path     where it is.
    columns  its columns, in order, as far as its first rows have them.
    rows     its first rows as they will be stored.
    """

    path: str
    columns: tuple[ColumnPreview, ...]
    rows: tuple[TicketFields, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import of some files would do.

    report  the counts, and all that was assumed.
    """

    report: ImportReport
    files: tuple[FilePreview, ...]
