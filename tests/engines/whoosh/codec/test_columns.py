"""Columns in a file of arrays, as Whoosh reads them and as filters do."""

import numpy as np
import pytest
from whoosh import columns

from kbsearch.engines.disk.segment.columns import CodedColumn, Entries, coded_arrays, least
from kbsearch.engines.disk.segment.postings import Arrays
from kbsearch.engines.disk.segment.strings import Strings
from kbsearch.engines.indexing.document import TAG_SEPARATOR
from kbsearch.inverted.array_file import ArrayFile, laid_out
from tests.engines.whoosh.writing.codec import WritingCodec, WrittenSegment
from tests.engines.whoosh.writing.columns import column_arrays
from tests.engines.whoosh.writing.documents import WrittenDocumentReader

VALUES = {1: b"b", 2: b"a", 4: b"b"}
TAGS = ["vpn", "vpn\x1fmac", "", "mac vpn", "ma\x1fc", "xmac", "c"]


def file_of(arrays: Arrays) -> ArrayFile:
    """Return arrays as they are read."""
    return ArrayFile(b"".join(laid_out(arrays)))


def reader_of(
    column: columns.Column, values: dict[int, object], documents: int
) -> columns.ColumnReader:
    """Return what Whoosh reads a column of these values with."""
    segment = WrittenSegment(WritingCodec(), "MAIN")
    segment.set_doc_count(documents)
    file = file_of(column_arrays("name", column, values, documents))
    reader = WrittenDocumentReader(file, segment)
    assert reader.has_column("name")
    assert not reader.has_column("other")
    return reader.column_reader("name", column)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (columns.VarBytesColumn(), VALUES),
        (columns.RefBytesColumn(), VALUES),
        (columns.FixedBytesColumn(1), VALUES),
        (columns.NumericColumn("q", default=-(2**62)), {0: 5, 3: -7}),
        (columns.NumericColumn("Q"), {0: 2**64 - 1}),
        (columns.NumericColumn("d"), {2: 0.1}),
        (columns.BitColumn(), {0: True, 4: True}),
    ],
)
def test_whoosh_reads_what_was_put_in(column: columns.Column, values: dict[int, object]) -> None:
    reader = reader_of(column, values, 5)
    expected = [values.get(document, column.default_value()) for document in range(5)]
    assert list(reader) == [reader[document] for document in range(5)] == expected


def test_whoosh_sorts_by_numbers_both_ways() -> None:
    reader = reader_of(columns.NumericColumn("i"), {0: 3, 1: 1, 2: 2}, 3)
    assert sorted(range(3), key=reader.sort_key) == [1, 2, 0]
    reader.set_reverse()
    assert sorted(range(3), key=reader.sort_key) == [0, 2, 1]


@pytest.mark.parametrize(
    "column", [columns.PickleColumn(columns.VarBytesColumn()), columns.CompressedBlockColumn()]
)
def test_a_column_that_would_be_pickled_is_refused(column: columns.Column) -> None:
    with pytest.raises(TypeError, match="the column extra would be pickled"):
        column_arrays("extra", column, {0: b"x"}, 1)


def test_documents_are_found_by_any_of_some_values() -> None:
    file = file_of(coded_arrays("status", [b"open", b"solved", b"", b"open"]))
    column = CodedColumn(file, "status")
    assert column.any_of([b"open", b"unknown"]).tolist() == [True, False, False, True]
    assert column.any_of([b"unknown"]).tolist() == [False] * 4


@pytest.mark.parametrize("tag", ["vpn", "mac", "ma", "c", "pn", "mac vpn", "nowhere", "cxmac", ""])
def test_documents_are_found_by_one_entry_of_their_list(tag: str) -> None:
    entries = Entries(file_of(coded_arrays("tags", [one.encode() for one in TAGS])), "tags")
    expected = [place for place, one in enumerate(TAGS) if tag and tag in one.split(TAG_SEPARATOR)]
    assert entries.listing(tag.encode()).tolist() == expected


def test_documents_must_list_all_entries_and_be_allowed_before() -> None:
    entries = Entries(file_of(coded_arrays("tags", [one.encode() for one in TAGS])), "tags")
    for wanted, expected in [([b"vpn"], [1]), ([b"vpn", b"mac"], [1]), ([b"vpn", b"c"], [])]:
        allowed = np.array([False, *[True] * 6])
        entries.keep_listing(allowed, wanted)
        assert np.flatnonzero(allowed).tolist() == expected


def test_an_entry_is_looked_up_and_not_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    distinct = 4096
    values = [TAG_SEPARATOR.join(f"{n:05}" for n in range(distinct)).encode()] * 2
    entries = Entries(file_of(coded_arrays("tags", values)), "tags")
    read: list[int] = []
    look = Strings.__getitem__

    def counted(table: Strings, number: int) -> bytes:
        read.append(number)
        return look(table, number)

    monkeypatch.setattr(Strings, "__getitem__", counted)
    entries.keep_listing(np.ones(2, np.bool_), [f"{n:05}".encode() for n in range(100)])
    assert len(read) <= 100 * (distinct.bit_length() + 1)


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [([], "i8"), ([0, 255], "u1"), ([256], "u2"), ([1 << 16], "u4"), ([-1, 5], "i8")],
)
def test_numbers_take_no_more_bytes_than_they_need(numbers: list[int], kind: str) -> None:
    assert least(np.array(numbers, np.int64)).dtype.str[1:] == kind
