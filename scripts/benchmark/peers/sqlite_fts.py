"""SQLite FTS5: the porter tokenizer, any of the words, ordered by bm25()."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmark.systems import Ask, System

_BEST = "SELECT rowid FROM tickets WHERE tickets MATCH ? ORDER BY rank LIMIT 10"
"""`rank` is bm25() of the row."""
_WORD = re.compile(r"\w+")


def systems(texts: Iterable[str], folder: Path) -> list[System]:
    """Build the table, or open the one that is there."""
    path = folder / "tickets.db"
    if not path.exists():
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("CREATE VIRTUAL TABLE tickets USING fts5(text, tokenize=porter)")
            insert = "INSERT INTO tickets(rowid, text) VALUES (?, ?)"
            connection.executemany(insert, enumerate(texts))
            connection.execute("INSERT INTO tickets(tickets) VALUES ('optimize')")
    connection = sqlite3.connect(path)

    def ready(text: str) -> Ask:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_WORD.findall(text)))
        return lambda: [number for (number,) in connection.execute(_BEST, (words,))]

    return [System("SQLite FTS5", ready, every=10)]
