"""Measure SQLite FTS5: any of the words, or any three letters of them, ordered by bm25()."""

import re
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from measuring.dataset import TicketText
from measuring.peers.system import Ask, System, content_words

_BEST = "SELECT rowid FROM tickets WHERE tickets MATCH ? ORDER BY rank LIMIT 10"
"""`rank` is bm25() of the row."""
_WORD = re.compile(r"\w+")
_LETTERS = 3
_EVERY = 10


def timed(tickets: Iterable[TicketText], folder: Path) -> list[System]:
    """Return it with the porter tokenizer."""
    ask = _table(tickets, folder, "porter")
    return [System("SQLite FTS5", lambda text: ask(_WORD.findall(text)), _EVERY)]


def ranked(tickets: Iterable[TicketText], folder: Path) -> list[System]:
    """Return it with the trigram tokenizer."""
    ask = _table(tickets, folder, "trigram")

    def ready(text: str) -> Ask:
        return ask(piece for word in content_words(text) for piece in trigrams(word))

    return [System("FTS5 trigram", ready, _EVERY)]


def trigrams(word: str) -> list[str]:
    """Return each three letters that are neighbours.

    >>> trigrams("mail")
    ['mai', 'ail']
    """
    return [word[start : start + _LETTERS] for start in range(len(word) - _LETTERS + 1)]


def _table(
    tickets: Iterable[TicketText], folder: Path, tokenizer: str
) -> Callable[[Iterable[str]], Ask]:
    """Return what asks the table for any of some pieces; the table is built if there is none."""
    path = folder / "tickets.db"
    exists = path.exists()
    connection = sqlite3.connect(path)
    if not exists:
        with connection:
            connection.execute(
                f"CREATE VIRTUAL TABLE tickets USING fts5(text, tokenize={tokenizer})"
            )
            rows = ((number, ticket.text) for number, ticket in enumerate(tickets))
            connection.executemany("INSERT INTO tickets(rowid, text) VALUES (?, ?)", rows)
            connection.execute("INSERT INTO tickets(tickets) VALUES ('optimize')")

    def ask(pieces: Iterable[str]) -> Ask:
        match = " OR ".join(f'"{piece}"' for piece in dict.fromkeys(pieces))
        return lambda: [row for (row,) in connection.execute(_BEST, (match,))] if match else []

    return ask
