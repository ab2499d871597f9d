"""Read one JSON document: a list of objects, or an object that holds lists of objects.

Python's own parser, and any that builds on it, needs the whole document in memory or gives up at
the first fault. This one only finds where each object of the list begins and ends, so that an
object that is damaged or too long is one bad row, and every row has its line.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from io import TextIOBase
from pathlib import Path

from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import is_known, listed
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.decoding import decode_object
from kbsearch.intake.readers.encoding import marked_encoding
from kbsearch.intake.readers.jsonl import read_jsonl
from kbsearch.intake.readers.people import People, begins_a_list, gathered, is_list_of_people
from kbsearch.intake.rows import BadRow, Gatherer, Row, RowText

_STRUCTURE = re.compile(r'["\[\]{},]')
_STRING_END = re.compile(r'["\\]')
_KEY = re.compile(r'"([^"]*)"\s*:\s*$')
KEY_SHOWN = 1_000
"""Characters before a bracket or brace in which its key is looked for."""
DEPTH = 1_000
"""Lists and objects in each other around a list of objects."""
INNER_DEPTH = 1_000_000
"""Lists and objects in each other in one object; fewer are one bad row."""
SURE = 4
"""Names that we know, from which a list is that of the tickets without looking at others."""
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_WHOLE_LINE = re.compile(rb"\s*\{[^\r\n]*\}[ \t]*\r?\n\s*\{")
"""A line that is an object, and then another object: JSONL under the wrong name."""


def read_json(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each object of the list; of several lists, of the one that holds tickets."""
    if _WHOLE_LINE.match(file.sample()):
        yield from read_jsonl(file)
        return
    encoding = marked_encoding(file)
    with file.text(encoding) as stream:
        chosen = _list_of_tickets(_Splitter(file.path).pieces(stream))
    people = _people(file, encoding, chosen)
    others: Counter[str] = Counter()
    with file.text(encoding) as stream:
        for path, piece in _Splitter(file.path).pieces(stream):
            if path == chosen:
                row = decode_object(piece)
                yield people.named(row) if isinstance(row, Row) else row
            elif not (people and is_list_of_people(path)):
                others[path] += 1
    if people:
        file.note(f"numbers of people have their names, by its own list of {len(people):,}.")
    if others:
        counts = ", ".join(f"{listed([path])} of {count:,}" for path, count in others.items())
        file.note(f"the rows are those of {listed([chosen])}; other lists were left out: {counts}.")


def _people(file: InputFile, encoding: str, tickets: str) -> People:
    """Return the people of the document, none if its rows are people or it has no list of them."""
    if is_list_of_people(tickets) or not _lists_people(file):
        return People()
    with file.text(encoding) as stream:
        pieces = _Splitter(file.path).pieces(stream)
        return gathered(decode_object(piece) for path, piece in pieces if is_list_of_people(path))


def _lists_people(file: InputFile) -> bool:
    before = b""
    with file.bytes() as stream:
        while part := stream.read(SAMPLE):
            if begins_a_list(before + part):
                return True
            before = part[-KEY_SHOWN:]
    return False


def _list_of_tickets(pieces: Iterable[tuple[str, RowText]]) -> str:
    """Return the list whose first object has most names that we know."""
    known: dict[str, int] = {}
    for path, piece in pieces:
        if not path or known.get(path, 0) >= SURE:
            return path
        if path not in known:
            row = decode_object(piece)
            known[path] = sum(map(is_known, row.values)) if isinstance(row, Row) else 0
    return max(known, key=known.__getitem__, default="")


def marks(stream: TextIOBase) -> Iterator[tuple[str, str]]:
    r"""Yield the text before each bracket, brace or comma outside strings, and that mark.

    A mark of "" means that the text goes on.

    >>> import io
    >>> list(marks(io.StringIO('[{"a,b": 1}]')))
    [('', '['), ('', '{'), ('"a,b": 1', '}'), ('', ']'), ('', '')]
    """
    in_string, skipped = False, 0
    while chunk := stream.read(SAMPLE):
        start, at = 0, skipped
        while found := (_STRING_END if in_string else _STRUCTURE).search(chunk, at):
            at = found.end()
            mark = found.group()
            if mark == '"':
                in_string = not in_string
            elif in_string:
                at += 1  # whatever the backslash protects
            else:
                yield chunk[start : at - 1], mark
                start = at
        skipped = max(0, at - len(chunk))
        yield chunk[start:], ""


class _Splitter:
    """Finds the objects of each list of objects, keeping only the one that is being read.

    _open   the key of each object that is open, None for each list.
    _list   the path of the list of objects that is being read, None outside.
    _inner  how many brackets and braces are open inside that list.
    _key    the path of a list whose first item has not been seen yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._gatherer = Gatherer()
        self._open: list[str | None] = []
        self._begun = False
        self._found = False
        self._list: str | None = None
        self._inner = 0
        self._key: str | None = None

    def pieces(self, stream: TextIOBase) -> Iterator[tuple[str, RowText]]:
        """Yield the path of each list of objects, such as "data.tickets", with each of its items.

        The path of the document itself is "". Raises FileUnreadable if there is no such list, or
        anything is never closed.
        """
        for text, mark in marks(stream):
            self._gatherer.add(text)
            if self._list is None:
                self._outside(text, mark)
            elif self._inner == 0 and mark in {",", "]"}:
                piece = self._gatherer.take()
                if piece.text.strip():
                    yield self._list, piece
            else:
                self._gatherer.add(mark)
            self._follow(text, mark)
        self._finish()

    def _outside(self, text: str, mark: str) -> None:
        """Look for a list of objects."""
        if not self._open and (text.strip() or (mark and self._begun)):
            raise self._fault("goes on after its end" if self._begun else "is no JSON")
        if not mark:
            return
        self._gatherer.take()
        if mark == "{" and self._key is not None and not text.strip():
            self._list, self._inner, self._found = self._key, 0, True
            self._gatherer.add("{")
        self._key = None
        if mark == "[" and None not in self._open:
            self._key = self._path_to(text)
            if not self._begun:  # the document is the list
                self._open.append(None)
                self._list, self._inner, self._found = "", -1, True
        self._begun = True

    def _path_to(self, text: str) -> str:
        return ".".join([*filter(None, self._open), _key_of(text)])

    def _follow(self, text: str, mark: str) -> None:
        """Keep count of what is open."""
        if self._list is not None and (self._inner or mark != "]"):
            self._inner += _STEPS.get(mark, 0)
            if self._inner < 0:
                raise self._fault('closes a "}" that was never opened')
            if self._inner > INNER_DEPTH:
                raise self._fault(
                    f"holds more than {INNER_DEPTH:,} lists and objects in each other"
                )
        elif mark in {"[", "{"}:
            if len(self._open) >= DEPTH:
                raise self._fault(f"holds more than {DEPTH:,} lists and objects in each other")
            self._open.append(_key_of(text) if mark == "{" else None)
        elif mark in {"]", "}"}:
            if not self._open or (self._open[-1] is None) != (mark == "]"):
                raise self._fault(f'closes a "{mark}" that was never opened')
            self._open.pop()
            self._list = None

    def _finish(self) -> None:
        if self._open:
            raise self._fault("breaks off: a quote, bracket or brace is never closed")
        if not self._found:
            raise FileUnreadable(
                f"{self._path} holds no list of objects; write its tickets as"
                ' [{"column": "value", ...}, ...] or one object a line in a .jsonl file.'
            )

    def _fault(self, what: str) -> FileUnreadable:
        return FileUnreadable(
            f"{self._path} {what}; look at line {self._gatherer.line}, mend it and import it again."
        )


def _key_of(text: str) -> str:
    """Return the key at the end of a text before a bracket or brace, "" if there is none."""
    found = _KEY.search(text[-KEY_SHOWN:])
    return found[1] if found else ""
