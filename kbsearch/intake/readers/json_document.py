"""Read one JSON document: a list of objects, or an object that holds one list of objects.

Python's own parser, and any that builds on it, needs the whole document in memory or gives up at
the first fault. This one only finds where each object of the list begins and ends, so that an
object that is damaged or too long is one bad row, and every row has its line.
"""

import re
from collections.abc import Generator, Iterator
from io import TextIOBase

from kbsearch.errors import FileUnreadable
from kbsearch.intake.opening import SAMPLE, InputFile
from kbsearch.intake.readers.decoding import decode_object
from kbsearch.intake.readers.encoding import marked_encoding
from kbsearch.intake.readers.jsonl import read_jsonl
from kbsearch.intake.rows import BadRow, Gatherer, Row, RowText

_STRUCTURE = re.compile(r'["\[\]{},]')
_STRING_END = re.compile(r'["\\]')
_WHOLE_LINE = re.compile(rb"\s*\{[^\r\n]*\}[ \t]*\r?\n\s*\{")
"""A line that is an object, and then another object: JSONL under the wrong name."""


def read_json(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each object of the list."""
    sample = file.sample()
    if _WHOLE_LINE.match(sample):
        yield from read_jsonl(file)
        return
    with file.text(marked_encoding(file)) as stream:
        splitter = _Splitter(file)
        for piece in splitter.pieces(stream):
            yield decode_object(piece)


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
    """Finds the objects of the list, keeping only the one that is being read.

    _depth  how many brackets and braces are open.
    _level  the depth inside the list of objects, 0 outside it.
    _begun  whether the document has begun.
    _list   the key that holds the list, once it is found; "" if the document is the list.
    _key    the key of a list whose first item has not been seen yet.
    """

    def __init__(self, file: InputFile) -> None:
        self._path = file.path
        self._gatherer = Gatherer()
        self._depth = 0
        self._level = 0
        self._begun = False
        self._list: str | None = None
        self._key: str | None = None

    def pieces(self, stream: TextIOBase) -> Iterator[RowText]:
        """Yield the text of each item of the list of objects.

        Raises FileUnreadable if there is no such list, or more than one, or it is never closed.
        """
        for text, mark in marks(stream):
            self._gatherer.add(text)
            if not self._level:
                self._outside(text, mark)
            elif self._depth == self._level and mark in {",", "]"}:
                piece = self._gatherer.take()
                if piece.text.strip():
                    yield piece
            else:
                self._gatherer.add(mark)
            self._follow(mark)
        self._finish()

    def _outside(self, text: str, mark: str) -> None:
        """Look for the list of objects."""
        if self._depth == 0 and (text.strip() or (mark and self._begun)):
            raise self._fault("goes on after its end" if self._begun else "is no JSON")
        if not mark:
            return
        self._gatherer.take()
        self._begun = True
        if self._depth == 0:
            if mark == "[":
                self._list, self._level = "", 1
        elif self._depth == 1:
            key = re.search(r'"([^"]*)"\s*:\s*$', text)
            self._key = (key[1] if key else "?") if mark == "[" else None
        elif self._key is not None:
            if mark == "{" and self._depth == 2:
                self._enter(self._key)
            self._key = None

    def _enter(self, key: str) -> None:
        if self._list is not None:
            raise FileUnreadable(
                f'{self._path} holds two lists of objects, "{self._list}" and "{key}"; the rows of'
                f' "{self._list}" were read. Keep one list in the file.'
            )
        self._list, self._level = key, 2
        self._gatherer.add("{")

    def _follow(self, mark: str) -> None:
        """Keep count of what is open."""
        if mark in {"[", "{"}:
            self._depth += 1
        elif mark in {"]", "}"}:
            self._depth -= 1
            if self._level and self._depth < self._level:
                if mark == "}":
                    raise self._fault("closes a brace that was never opened")
                self._level = 0

    def _finish(self) -> None:
        if self._depth:
            raise self._fault("breaks off: a quote, bracket or brace is never closed")
        if self._list is None:
            raise FileUnreadable(
                f"{self._path} holds no list of objects; write its tickets as"
                ' [{"column": "value", ...}, ...] or one object a line in a .jsonl file.'
            )

    def _fault(self, what: str) -> FileUnreadable:
        return FileUnreadable(
            f"{self._path} {what}; look at line {self._gatherer.line}, mend it and import it again."
        )
