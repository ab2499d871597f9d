"""Carry rows from the process that reads a file to the one that imports it.

A frame is four bytes with its length, and then JSON. The process that reads has met whatever the
file holds, so what it says is taken as data and never as objects.
"""

import base64
import json
import struct
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO

from kbsearch.intake.attachments.attached import AttachedFile
from kbsearch.intake.rows import ROW_LIMIT, WHOLE_ROW, BadRow, Row
from kbsearch.records.message import Message, Role

LIMIT = 16 * ROW_LIMIT
"""Bytes of a frame."""
DEPTH = 300
"""Lists and objects in each other that a row can have; the importing process has to follow them."""
_LENGTH = struct.Struct(">I")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class FrameBroken(Exception):
    """The other process has ended in the middle of a frame, or writes none."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a file besides its rows.

    notes, blank, lost, position  as `InputFile` has them.
    ended   whether it is read to its end, or cannot be read any further.
    fault   why it cannot be read any further, or "".
    """

    notes: Sequence[str]
    blank: int
    lost: Sequence[str]
    position: int
    ended: bool = False
    fault: str = ""


def write_frame(stream: BinaryIO, rows: Iterable[str], state: State) -> None:
    """Write rows, each as `written` has made it, and what is known of the file by now."""
    text = f"[[{','.join(rows)}],{_JSON.encode(asdict(state))}]"
    data = text.encode("utf-8", "surrogatepass")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Sequence[Row | BadRow], State]:
    """Return the next rows, and the state. Raises FrameBroken."""
    try:
        (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
        data = stream.read(length) if length <= LIMIT else b""
        rows, state = json.loads(data.decode("utf-8", "surrogatepass"))
        return [_row(values) for values in rows], State(**state)
    except (struct.error, ValueError, TypeError, RecursionError) as error:
        raise FrameBroken from error


def written(row: Row | BadRow) -> str:
    """Return a row as JSON; one whose lists and objects are too deep in each other is a bad row."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(DEPTH)
    try:
        return _JSON.encode(_values(row))
    except RecursionError:
        reason = "holds lists or objects too deep in each other; flatten them"
        return _JSON.encode([row.line, WHOLE_ROW, reason, {}])
    finally:
        sys.setrecursionlimit(usual)


def _values(row: Row | BadRow) -> list[object]:
    if isinstance(row, BadRow):
        return [row.line, row.field, row.reason, row.values]
    messages = [
        [one.author, one.role, _written_time(one.at), one.public, one.text, one.raw]
        for one in row.messages
    ]
    files = [
        [one.name, base64.b64encode(one.content).decode(), _written_time(one.at)]
        for one in row.files
    ]
    return [row.line, row.size, row.values, messages, files, row.raw]


def _written_time(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _row(values: object) -> Row | BadRow:
    """Return the row that was written. Raises ValueError if it is none."""
    match values:
        case [int(line), int(size), dict(cells), list(messages), list(files), dict(raw)]:
            said, attached = tuple(map(_message, messages)), tuple(map(_file, files))
            return Row(line, cells, size, said, attached, raw)
        case [int(line), str(field), str(reason), dict(cells)]:
            return BadRow(line, reason, field, cells)
    raise ValueError("this is no row")


def _message(values: object) -> Message:
    """Return the message that was written. Raises ValueError if it is none."""
    match values:
        case [str(author), str(role), str(at), bool(public), str(text), str(raw)]:
            return Message(author, Role(role), _time(at), public, text, raw)
    raise ValueError("this is no message")


def _file(values: object) -> AttachedFile:
    """Return the attachment that was written. Raises ValueError if it is none."""
    match values:
        case [str(name), str(content), str(at)]:
            return AttachedFile(name, base64.b64decode(content), _time(at))
    raise ValueError("this is no attachment")
