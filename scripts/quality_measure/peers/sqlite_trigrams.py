"""SQLite FTS5 with its trigram tokenizer: any three letters of any word, ordered by bm25()."""

import sqlite3
from pathlib import Path

from quality_measure.peers.system import System, telling
from quality_measure.tickets import Tickets

_BEST = "SELECT rowid FROM tickets WHERE tickets MATCH ? ORDER BY rank LIMIT 10"
"""`rank` is bm25() of the row."""
_LETTERS = 3
_EVERY = 10


def systems(tickets: Tickets, folder: Path) -> list[System]:
    """Build the table."""
    connection = sqlite3.connect(folder / "tickets.db")
    with connection:
        connection.execute("CREATE VIRTUAL TABLE tickets USING fts5(text, tokenize=trigram)")
        insert = "INSERT INTO tickets(rowid, text) VALUES (?, ?)"
        connection.executemany(insert, enumerate(tickets.texts))
        connection.execute("INSERT INTO tickets(tickets) VALUES ('optimize')")

    def answer(text: str) -> list[int]:
        found = dict.fromkeys(piece for word in telling(text) for piece in trigrams(word))
        asked = " OR ".join(f'"{piece}"' for piece in found)
        return [number for (number,) in connection.execute(_BEST, (asked,))] if asked else []

    return [System("FTS5 trigram", answer, every=_EVERY)]


def trigrams(word: str) -> list[str]:
    """Return each three letters that stand side by side.

    >>> trigrams("mail")
    ['mai', 'ail']
    """
    return [word[start : start + _LETTERS] for start in range(len(word) - _LETTERS + 1)]
