"""Reading JSONL."""

from collections.abc import Callable

import pytest

from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.jsonl import read_jsonl
from kbsearch.intake.rows import ROW_LIMIT, BadRow, Row
from tests.intake.conftest import Desk

Read = Callable[[str | bytes], list[Row | BadRow]]


@pytest.fixture
def read(desk: Desk) -> Read:
    """Reads the content of a JSONL file."""
    return lambda content: list(read_jsonl(InputFile(desk.write("calls.jsonl", content))))


def test_each_line_is_a_row(read: Read) -> None:
    assert read('{"id": 1}\n\n  \n{"id": 2}') == [Row(1, {"id": 1}, 10), Row(4, {"id": 2}, 9)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"id": 1', "is no JSON", id="breaks off"),
        pytest.param(b"[1]", "is no object", id="list"),
        pytest.param(b'{"id": "\xe9"}', "no UTF-8", id="bytes"),
        pytest.param(b'{"id": ' + b"[" * 99_999 + b"]" * 99_999 + b"}", "too deep", id="deep"),
        pytest.param(b'{"id": ' + b"9" * 5000 + b"}", "cannot be read", id="long number"),
    ],
)
def test_a_bad_line_is_one_bad_row(read: Read, line: bytes, reason: str) -> None:
    rows = read(b'{"id": 1}\n' + line + b'\n{"id": 3}\n')
    assert [row.line for row in rows] == [1, 2, 3]
    assert isinstance(rows[1], BadRow)
    assert reason in rows[1].reason


def test_a_line_of_many_megabytes_is_one_bad_row(read: Read) -> None:
    bad, good = read('{"id": 1, "body": "' + "x" * 2 * ROW_LIMIT + '"}\n{"id": 2}\n')
    assert isinstance(bad, BadRow)
    assert "has 16,000,0" in bad.reason
    assert good == Row(2, {"id": 2}, 10)


def test_unmarked_lines_in_utf_16_with_a_byte_order_mark_are_read(read: Read) -> None:
    assert read('{"id": "é"}\n'.encode("utf-16"))[0].values == {"id": "é"}
