"""The file of rejected rows: JSONL that a person mends and imports again.

Each row has the columns that it had, and `_line`, `_field` and `_reason`. A row that is not the
whole row any more also has `_incomplete`, and stays rejected until a person who has completed it
takes that key out.
"""

import filecmp
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from kbsearch.errors import SettingInvalid, TicketInvalid
from kbsearch.intake.rows import WHOLE_ROW
from kbsearch.records.ticket import TEXT_LIMIT

INCOMPLETE = "_incomplete"
"""The key of a row that is less than it was."""
SHOWN = 2_000
"""Characters shown of a text that is longer than any field may be."""
DEPTH = 20
"""Lists and objects in each other that are written as such."""
_ENDING = re.compile(r"-rejects(-\d+)?\.jsonl$")


def is_rejects_file(path: Path) -> bool:
    """Whether this is a file of rejected rows, by its name.

    >>> is_rejects_file(Path("calls.csv-rejects-2.jsonl")), is_rejects_file(Path("calls.csv"))
    (True, False)
    """
    return _ENDING.search(path.name) is not None


def check_mended(values: Mapping[str, object]) -> None:
    """Raise TicketInvalid if the row comes from a rejects file and was not completed."""
    if values.get(INCOMPLETE):
        raise TicketInvalid(
            WHOLE_ROW, f"is not complete; complete it and take the key {INCOMPLETE} out"
        )


class Rejects:
    """Writes the rejected rows of one file; nothing is made before there is one.

    An older rejects file is left alone, and the new one gets a number.
    """

    def __init__(self, folder: Path, source: Path, mask: Callable[[str], str]) -> None:
        """Write to this folder what is rejected of `source`, each text masked."""
        self._folder = folder
        self._mask = mask
        self._name = _ENDING.sub("", source.name) + "-rejects"
        self._file: TextIO | None = None
        self._path: Path | None = None
        self.count = 0

    def write(
        self, line: int, error: TicketInvalid, values: Mapping[str, object], *, whole: bool
    ) -> None:
        """Add a row; `whole` says that `values` are all that it had.

        Raises SettingInvalid if the file cannot be written.
        """
        kept = {key: value for key, value in values.items() if key not in _OURS}
        shown = {key: _shown(value, whole=whole) for key, value in kept.items()}
        about = {"_line": line, "_field": error.field, "_reason": error.reason}
        if not whole or shown != kept or values.get(INCOMPLETE):
            about[INCOMPLETE] = True
        shown = masked_values(about | shown, self._mask)
        try:
            self._file = self._file or self._open()
            self._file.write(_json_line(shown))
        except OSError as fault:
            raise SettingInvalid(
                f"The rejected rows cannot be written to {self._folder}"
                f" ({fault.strerror or fault}); make room there, or make it writable."
            ) from None
        self.count += 1

    def close(self) -> Path | None:
        """Finish the file and return its path, or None if no row was rejected.

        When an older rejects file holds the very same rows, that one is returned instead.
        """
        if self._file is None or self._path is None:
            return None
        self._file.close()
        for older in self._siblings():
            if older != self._path and filecmp.cmp(older, self._path, shallow=False):
                self._path.unlink()
                return older
        return self._path

    def _open(self) -> TextIO:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1
        while True:
            ending = "" if number == 1 else f"-{number}"
            self._path = self._folder / f"{self._name}{ending}.jsonl"
            try:
                handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
                continue
            return os.fdopen(handle, "w", encoding="utf-8", newline="\n")

    def _siblings(self) -> list[Path]:
        return [
            path
            for path in sorted(self._folder.iterdir())
            if is_rejects_file(path) and _ENDING.sub("-rejects", path.name) == self._name
        ]


_OURS = {"_line", "_field", "_reason", INCOMPLETE}


def _shown(value: object, *, whole: bool) -> object:
    """Return what is written of a value: less than it was, if it is too long or no text."""
    if not isinstance(value, str):
        return value
    if not whole:
        value = value.encode("utf-8", "replace").decode("utf-8")
    if len(value) > TEXT_LIMIT:
        return f"{value[:SHOWN]} [cut here: it had {len(value):,} characters]"
    return value


def masked_values(row: Mapping[str, object], mask: Callable[[str], str]) -> dict[str, object]:
    """Return a row with all texts masked, numbers and names of columns as well.

    >>> masked_values({"a": ["x 1", {"b": 12}], "c": True}, lambda text: text.replace("1", "[n]"))
    {'a': ['x [n]', {'b': '[n]2'}], 'c': True}
    """
    return {mask(name): _masked(value, mask, DEPTH) for name, value in row.items()}


def _masked(value: object, mask: Callable[[str], str], depth: int) -> object:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict | list) and not depth:
        return mask(json.dumps(value, default=str))
    if isinstance(value, dict):
        return {mask(str(name)): _masked(one, mask, depth - 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_masked(one, mask, depth - 1) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    text = str(value)
    return value if (shown := mask(text)) == text else shown


def _json_line(row: Mapping[str, object]) -> str:
    """Return one line; half a character stays as its escape, to be rejected again."""
    try:
        line = json.dumps(row, ensure_ascii=False)
    except RecursionError:  # lists in lists that could just be read cannot always be written
        flat = {key: value for key, value in row.items() if not isinstance(value, list | dict)}
        return json.dumps(flat | {INCOMPLETE: True}) + "\n"
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(row)
    return line + "\n"
