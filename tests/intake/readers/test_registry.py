"""Which reader a file gets."""

from pathlib import Path

import pytest

from kbsearch.errors import FileUnreadable
from kbsearch.intake.readers.delimited import read_delimited
from kbsearch.intake.readers.json_document import read_json
from kbsearch.intake.readers.jsonl import read_jsonl
from kbsearch.intake.readers.registry import Reader, reader_of


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("calls.jsonl", read_jsonl),
        ("calls.ndjson", read_jsonl),
        ("calls.json", read_json),
        ("calls.csv", read_delimited),
        ("calls.TSV.GZ", read_delimited),
    ],
)
def test_the_ending_of_the_name_decides(name: str, reader: Reader) -> None:
    assert reader_of(Path(name)) is reader


@pytest.mark.parametrize("name", ["calls.pdf", "calls", "calls.gz", ".csv"])
def test_any_other_name_is_told_what_can_be_read(name: str) -> None:
    with pytest.raises(FileUnreadable, match=r"\.jsonl, .* Export it as CSV"):
        reader_of(Path(name))
