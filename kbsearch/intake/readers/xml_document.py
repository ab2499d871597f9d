"""Read XML: each element of the kind that holds a ticket is a row.

Neither entities nor a DTD nor anything of the network is read.
"""

import re
from collections.abc import Generator, Iterator
from itertools import islice
from typing import BinaryIO

from lxml import etree

from kbsearch.errors import FileUnreadable
from kbsearch.intake.columns import is_known, listed
from kbsearch.intake.opening import InputFile
from kbsearch.intake.readers.encoding import marked_encoding
from kbsearch.intake.rows import COLUMN_LIMIT, ROW_LIMIT, WHOLE_ROW, BadRow, Row, beyond_limit

LOOKED_AT = 100_000
"""Elements that tell which of them are rows."""
SURE = 4
"""Names that we know in one element, from which it is a row."""
DEPTH = 200
"""Elements in each other."""
PIECES = 20_000
"""Elements that one row may have."""
REFERENCE = 12
"""Bytes in which the number of a character ends, such as "&#x1b;"."""
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));",
    re.IGNORECASE,
)
Path = tuple[str, ...]


def read_xml(file: InputFile) -> Generator[Row | BadRow, None, None]:
    """Yield a row for each element that is a ticket; what is in it and its attributes are columns.

    Raises FileUnreadable if none is, or the document breaks off.
    """
    file.blank = 0
    with file.bytes() as stream:
        rows = _path_of_rows(_Document(file, stream))
    if not rows:
        raise FileUnreadable(
            f"{file.path} holds no elements with the names of a ticket; export it as CSV (UTF-8)"
            " or JSONL and import that."
        )
    file.note(f"each element {listed([rows[-1]])} is a row.")
    with file.bytes() as stream:
        yield from _Rows(rows).read(_Document(file, stream))


class _Document:
    """The elements of a document, in order, of which only those that are open are kept."""

    def __init__(self, file: InputFile, stream: BinaryIO) -> None:
        self._file = file
        self._events = etree.iterparse(
            _Characters(file, stream),
            events=("start", "end"),
            encoding=file.encoding or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )

    def elements(self) -> Iterator[tuple[Path, etree.ElementBase, bool]]:
        """Yield the path of each element when it begins, and again, with True, when it has ended.

        Raises FileUnreadable where the document breaks off.
        """
        path: list[str] = []
        try:
            for event, element in self._events:
                if event == "start":
                    path.append(_name(element))
                    if len(path) > DEPTH:
                        raise self._fault("holds elements too deep in each other")
                yield tuple(path), element, event == "end"
                if event == "end":
                    path.pop()
        except etree.XMLSyntaxError as error:
            raise self._fault(f"breaks off or is damaged ({error.msg})") from None

    def _fault(self, what: str) -> FileUnreadable:
        return FileUnreadable(f"{self._file.path} {what}; export it again, or as CSV.")


class _Characters:
    """A stream without the control characters that programs write and XML does not allow."""

    def __init__(self, file: InputFile, stream: BinaryIO) -> None:
        self._file = file
        self._stream = stream
        self._wide = marked_encoding(file).startswith(("utf-16", "utf-32"))

    def read(self, size: int) -> bytes:
        """Return the next bytes, a space for each such character."""
        data = self._stream.read(size)
        if self._wide:
            return data
        if b"&" in data[-REFERENCE:]:
            data += self._stream.read(REFERENCE)
        clean, count = _CONTROL.subn(b" ", data)
        if count:
            self._file.note("control characters in it were read as spaces.")
        return clean


def _path_of_rows(document: _Document) -> Path:
    """Return the path of the elements with most names that we know, () if no name is known.

    Raises FileUnreadable if the document is damaged before any such element.
    """
    known: dict[Path, int] = {}
    try:
        for path, names in islice(_names(document), LOOKED_AT):
            known[path] = max(known.get(path, 0), sum(map(is_known, names)))
            if known[path] >= SURE:
                break
    except FileUnreadable:
        if not any(known.values()):
            raise
    best = max(known, key=lambda path: (known[path], -len(path)), default=())
    return best if known.get(best) else ()


def _names(document: _Document) -> Iterator[tuple[Path, set[str]]]:
    """Yield the path of each element, and the names of what is in it and of its attributes."""
    names: list[set[str]] = []
    for path, element, ended in document.elements():
        if ended:
            yield path, names.pop()
            _forget(element)
        else:
            if names:
                names[-1].add(path[-1])
            names.append(set(element.keys()))


class _Rows:
    """Makes rows of the elements at a path, keeping only the one that is being read."""

    def __init__(self, rows: Path) -> None:
        self._rows = rows
        self._pieces = 0
        self._length = 0

    def read(self, document: _Document) -> Iterator[Row | BadRow]:
        """Yield a row for each element at the path."""
        for path, element, ended in document.elements():
            if not ended:
                continue
            inside = len(path) > len(self._rows) and path[: len(self._rows)] == self._rows
            if inside:
                self._pieces += 1
                self._length += len(element.text or "")
            if inside and not self._is_beyond():
                continue
            if path == self._rows:
                yield self._row(element)
                self._pieces = self._length = 0
            _forget(element)

    def _is_beyond(self) -> bool:
        return self._pieces > PIECES or self._length > ROW_LIMIT

    def _row(self, element: etree.ElementBase) -> Row | BadRow:
        line = element.sourceline or 1
        values = _own(element) | _attributes(element) | _members(element)
        if self._is_beyond():
            return BadRow(line, beyond_limit(self._length), WHOLE_ROW, {})
        if len(values) > COLUMN_LIMIT:
            reason = f"has {len(values):,} columns, the limit is {COLUMN_LIMIT:,}"
            return BadRow(line, reason, WHOLE_ROW, {})
        return Row(line, values, self._length)


def _members(element: etree.ElementBase) -> dict[str, object]:
    """Return name -> value of what is in an element; of a name that is repeated, a list."""
    found: dict[str, list[object]] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(_name(child), []).append(_value(child))
    return {name: some if len(some) > 1 else some[0] for name, some in found.items()}


def _name(element: etree.ElementBase) -> str:
    """Return the name of an element without its namespace, even if it is no valid one."""
    return str(element.tag).rpartition("}")[2]


def _own(element: etree.ElementBase) -> dict[str, object]:
    """Return the attributes of an element, no more than a row may have columns, and one."""
    return {name: element.get(name) for name in element.keys()[: COLUMN_LIMIT + 1]}


def _attributes(element: etree.ElementBase) -> dict[str, object]:
    """Return name -> the attributes of what is in an element next to its text, as one column."""
    found = {
        _name(child): _own(child)
        for child in element
        if child.keys() and child.text and child.get("display_value") is None
    }
    return {"_attributes": found} if found else {}


def _value(element: etree.ElementBase) -> object:
    """Return the text of an element, or what is in it; a list of one kind is a list."""
    shown = element.get("display_value")
    if shown is not None:
        return shown
    members = _members(element)
    if not members:
        text = "".join(element.itertext())
        return text if text.strip() or not element.keys() else _own(element)
    if len(members) == 1:
        return [_item(child) for child in element]
    return _own(element) | members


def _item(element: etree.ElementBase) -> object:
    """Return the value of an element of a list: with its attributes, if it has both."""
    value = _value(element)
    if isinstance(value, str) and element.keys():
        return {**_own(element), "text": value}
    return value


def _forget(element: etree.ElementBase) -> None:
    """Free an element that has ended, and those before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]
