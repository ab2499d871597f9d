"""How many tickets are there, and how many have each value of a field?"""

from sqlalchemy import Connection, func, select

from kbsearch.store.rows import RESOLVED
from kbsearch.store.tables import TicketRow

FIELDS = ("product", "status", "category", "kind", "source")
"""The fields whose values can be counted."""
TICKETS = select(func.count()).select_from(TicketRow).where(TicketRow.deleted_at.is_(None))
RESOLVED_TICKETS = TICKETS.where(RESOLVED)


def of_values(connection: Connection, field: str) -> list[tuple[str, int]]:
    """Return the values of a field with how many tickets have each, most frequent first."""
    column = TicketRow.__table__.c[field]
    query = (
        select(column, func.count())
        .where(TicketRow.deleted_at.is_(None), column != "")
        .group_by(column)
    )
    counted = [(str(value), int(count)) for value, count in connection.execute(query)]
    # Sorted here, because each database sorts texts by a rule of its own.
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))
