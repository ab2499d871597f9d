"""Carrying rows from one process to another."""

import io
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from kbsearch.intake.attachments.attached import AttachedFile
from kbsearch.intake.readers.frames import FrameBroken, State, read_frame, write_frame, written
from kbsearch.intake.rows import BadRow, Row
from kbsearch.records.message import Message, Role

STATE = State(["it was read"], 2, [], 7)


def _sent(*rows: Row | BadRow) -> io.BytesIO:
    stream = io.BytesIO()
    write_frame(stream, map(written, rows), STATE)
    stream.seek(0)
    return stream


def test_a_frame_comes_as_it_was_written() -> None:
    at = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    message = Message("Ann", Role.AGENT, at, public=True, text="Tighten", raw="<b>Tighten")
    log = AttachedFile("error.log", b"\xff\0", at)
    rows: list[Row | BadRow] = [
        Row(
            1,
            {"id": 7, "x": [None, True, 1.5, {"a": "\ud800"}]},
            40,
            (message,),
            (log,),
            {"id": "&7"},
        ),
        BadRow(2, "is no object", "row", {"_text": "é"}),
    ]
    read, state = read_frame(_sent(*rows))
    assert state == STATE
    assert list(map(asdict, read)) == list(map(asdict, rows))
    assert all(value for one in (rows[0], message) for value in asdict(one).values())  # no default


def test_a_row_too_deep_for_another_process_is_a_bad_one() -> None:
    deep: object = "end"
    for _ in range(900):
        deep = [deep]
    [row], _ = read_frame(_sent(Row(3, {"a": deep})))
    assert isinstance(row, BadRow)
    assert "too deep" in row.reason


@pytest.mark.parametrize("length", [0, 3, 4, 20])
def test_a_frame_that_breaks_off_is_told(length: int) -> None:
    with pytest.raises(FrameBroken):
        read_frame(io.BytesIO(_sent(Row(1, {"id": "7"})).getvalue()[:length]))


@pytest.mark.parametrize("text", [b"[]", b"null", b'[[[1]],{"a":[]}]', b"[[[1,2,{},3,[],{}]],{}]"])
def test_what_is_no_row_is_told(text: bytes) -> None:
    with pytest.raises(FrameBroken):
        read_frame(io.BytesIO(len(text).to_bytes(4) + text))
