"""The last queries that people typed: what a change of the search is tried on."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from kbsearch.names import is_storable
from kbsearch.store.database import Database
from kbsearch.store.rows import portions
from kbsearch.store.tables import RecentQueryRow

RedactText = Callable[[str], str]


class RecentQueries:
    """Takes queries in at no cost to whoever asked them, and keeps the last of them.

    Nothing says who asked. Threads may share it.
    """

    def __init__(self, database: Database, *, limit: int, redact: RedactText) -> None:
        """Keep at most `limit` distinct queries; each passes `redact` before it is written."""
        self._database = database
        self._limit = limit
        self._redact = redact
        self._waiting: deque[tuple[str, datetime]] = deque(maxlen=limit)
        self._trimmed = False

    def remember(self, text: str) -> None:
        """Take note of a query; it is written by the next `flush`, and lost if there is none."""
        self._waiting.append((text, datetime.now(UTC)))

    @property
    def waits(self) -> bool:
        """Whether a query waits to be written."""
        return bool(self._waiting)

    def flush(self) -> None:
        """Write what was remembered, in one transaction, and forget what is beyond the limit.

        The first call also trims what an earlier process kept under a higher limit. If the
        database fails, which raises StoreUnavailable, these queries are lost.
        """
        asked = self._distinct()
        if not asked and self._trimmed:
            return
        rows = [{"text": text, "asked_at": at} for text, at in asked.items()]
        with self._database.writing() as connection:
            for portion in portions(asked):
                connection.execute(delete(RecentQueryRow).where(RecentQueryRow.text.in_(portion)))
            if rows:
                connection.execute(insert(RecentQueryRow), rows)
            kept = select(RecentQueryRow.id).order_by(RecentQueryRow.id.desc()).limit(self._limit)
            connection.execute(delete(RecentQueryRow).where(RecentQueryRow.id.not_in(kept)))
        self._trimmed = True

    def latest(self) -> list[str]:
        """Return the distinct queries that are kept, the last one first."""
        query = select(RecentQueryRow.text).order_by(RecentQueryRow.id.desc()).limit(self._limit)
        with self._database.reading() as connection:
            # Two processes that write the same text at a time may each keep one.
            return list(dict.fromkeys(connection.scalars(query)))

    def _distinct(self) -> dict[str, datetime]:
        """Return what waits as it will be written, each text once, in the order last asked."""
        asked: dict[str, datetime] = {}
        while self._waiting:
            typed, at = self._waiting.popleft()
            text = " ".join(self._redact(typed).split())
            if text and is_storable(text):
                asked.pop(text, None)
                asked[text] = at
        return asked
