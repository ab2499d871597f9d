"""The rows of a file that belong together, wherever they stand in it."""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from kbsearch.intake.rows import ROW_LIMIT, Row
from kbsearch.records.ticket import MESSAGES_LIMIT

_TABLE = "CREATE TABLE rows (place INTEGER PRIMARY KEY, key, line, text, size)"
_CACHE_KIB = 16_384
"""Memory in which rows are sorted; the rest is on disk."""


class RowGroups:
    """Keeps rows on disk until the file is read, and gives them back by their key.

    The disk file has no name once it is made: only this process can read it, and nothing of it is
    left when the process ends, however it does.
    """

    def __init__(self, folder: Path) -> None:
        """Keep the rows in this folder."""
        descriptor, path = tempfile.mkstemp(dir=folder)
        try:
            self._rows = sqlite3.connect(path, isolation_level=None)
            self._rows.execute("PRAGMA journal_mode = OFF")
            self._rows.execute("PRAGMA synchronous = OFF")
            self._rows.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._rows.execute("PRAGMA temp_store = FILE")
            self._rows.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._rows.execute(
                "CREATE TABLE rows (place INTEGER PRIMARY KEY, key, line, text, size)"
            )
        finally:
            os.close(descriptor)
            Path(path).unlink()
        self._count = 0

    def __len__(self) -> int:
        """Return how many rows are kept."""
        return self._count

    def add(self, key: str, row: Row) -> None:
        """Keep a row."""
        name = key.encode("utf-8", "surrogatepass")
        values = (name, row.line, json.dumps(row.values), row.size)
        self._rows.execute("INSERT INTO rows (key, line, text, size) VALUES (?, ?, ?, ?)", values)
        self._count += 1

    def __iter__(self) -> Iterator[list[Row]]:
        """Yield the rows of one key after the other, as they came; very many in several lots."""
        self._rows.execute("CREATE INDEX by_key ON rows (key, place)")
        query = "SELECT key, line, text, size FROM rows ORDER BY key, place"
        for _, some in groupby(self._rows.execute(query), key=itemgetter(0)):
            yield from _lots(Row(line, json.loads(text), size) for _, line, text, size in some)

    def close(self) -> None:
        """Forget all rows."""
        self._rows.close()


def _lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    lot: list[Row] = []
    size = 0
    for row in rows:
        lot.append(row)
        size += row.size
        if len(lot) == MESSAGES_LIMIT or size > ROW_LIMIT:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot
