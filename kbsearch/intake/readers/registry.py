"""The readers of file formats, by the ending of the file.

To add one: write a generator that takes an `InputFile` and yields `Row` and `BadRow`, in a module
of its own; open the file by `file.text(...)` or `file.bytes()`, which unpack gzip and turn every
fault into a sentence; keep no more than one row in memory; add its endings here.
"""

from collections.abc import Collection, Generator, Mapping
from pathlib import Path
from typing import Protocol

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.delimited import read_delimited
from kbsearch.intake.readers.json_document import read_json
from kbsearch.intake.readers.jsonl import read_jsonl
from kbsearch.intake.readers.mailbox import read_mail, read_mail_folder, read_mbox
from kbsearch.intake.readers.workbook import read_workbook
from kbsearch.intake.readers.xml_document import read_xml
from kbsearch.intake.rows import BadRow, Row


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, file: InputFile) -> Generator[Row | BadRow, None, None]:
        """Yield the rows of the file in order.

        Raises FileUnreadable where the file cannot be read any further.
        """


READERS: Mapping[str, Reader] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".mbox": read_mbox,
    ".eml": read_mail,
    ".xml": read_xml,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".ods": read_workbook,
}

LINE_READERS: Collection[Reader] = (read_jsonl, read_delimited)
"""Readers of files of which every line is read by itself, so that no few bytes make much work."""


def has_reader(path: Path) -> bool:
    """Whether files of this name can be read.

    >>> has_reader(Path("calls.CSV.gz")), has_reader(Path("calls.pdf"))
    (True, False)
    """
    return _ending(path) in READERS


def reader_of(path: Path) -> Reader:
    """Return the reader for files of this name; raises FileUnreadable if there is none.

    A folder that is imported as one file holds mails.
    """
    if path.is_dir():
        return read_mail_folder
    reader = READERS.get(_ending(path))
    if reader is None:
        raise FileUnreadable(
            f"{path} cannot be imported: its name ends in none of {', '.join(READERS)}, nor these"
            " with .gz. Export it as CSV (UTF-8) or JSONL."
        )
    return reader


def _ending(path: Path) -> str:
    name = path.name.casefold().removesuffix(".gz")
    return Path(name).suffix
