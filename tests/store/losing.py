"""A database that loses tickets without a word in its change log."""

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime

from sqlalchemy import update

from kbsearch.store.database import Database
from kbsearch.store.tables import TicketRow


def lose(url: str, references: Iterable[str]) -> None:
    """Let nothing find these tickets, as if somebody had restored or edited the database."""
    with closing(Database(url)) as database, database.writing() as connection:
        lost = update(TicketRow).where(TicketRow.reference.in_(list(references)))
        connection.execute(lost.values(deleted_at=datetime.now(UTC)))
