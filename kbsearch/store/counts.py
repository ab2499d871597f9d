"""How many tickets are there, and how many have each value of a field?"""

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, func, literal, select

from kbsearch.store.database import Database
from kbsearch.store.rows import RESOLVED
from kbsearch.store.tables import CounterRow, TicketRow

Figure = TypeVar("Figure")

FIELDS = ("product", "status", "category", "kind", "source", "tags")
"""The fields whose values can be counted."""
TICKETS = select(func.count()).select_from(TicketRow).where(TicketRow.deleted_at.is_(None))
RESOLVED_TICKETS = TICKETS.where(RESOLVED)
_LAST_SEQUENCE = select(CounterRow.last_sequence)


class Figures:
    """Figures about all tickets, each worked out again once the change log grew.

    Threads may share it.
    """

    def __init__(self, database: Database) -> None:
        """Count in this database."""
        self._database = database
        self._known: dict[str, tuple[int, Any]] = {}

    def tickets(self) -> int:
        """Return how many tickets there are."""
        return self._figure("tickets", lambda connection: connection.scalars(TICKETS).one())

    def resolved(self) -> int:
        """Return how many tickets have a resolution that is not blank."""
        return self._figure(
            "resolved", lambda connection: connection.scalars(RESOLVED_TICKETS).one()
        )

    def values(self, field: str) -> list[tuple[str, int]]:
        """Return the values of a field with how many tickets have each, most frequent first."""
        if field not in FIELDS:
            raise ValueError(f"{field} is none of {', '.join(FIELDS)}")
        return list(self._figure(field, lambda connection: of_values(connection, field)))

    def _figure(self, name: str, work_out: Callable[[Connection], Figure]) -> Figure:
        with self._database.reading() as connection:
            last = connection.execute(_LAST_SEQUENCE).scalar_one()
            known = self._known.get(name)
            if known is None or known[0] != last:
                known = self._known[name] = last, work_out(connection)
        figure: Figure = known[1]
        return figure


def of_values(connection: Connection, field: str) -> list[tuple[str, int]]:
    """Return the values of a field with how many tickets have each, most frequent first."""
    column = TicketRow.__table__.c[field]
    alive = TicketRow.deleted_at.is_(None)
    if field == "tags":
        query = select(column, literal(1)).where(alive)  # PostgreSQL cannot group by JSON
    else:
        query = select(column, func.count()).where(alive, column != "").group_by(column)
    counted = Counter[str]()
    for value, count in connection.execute(query):
        for one in value if field == "tags" else (value,):
            counted[one] += count
    spelt = counted if field == "source" else _of_one_spelling(counted)
    # Sorted here, because each database sorts texts by a rule of its own.
    return sorted(spelt.items(), key=lambda pair: (-pair[1], pair[0]))


def _of_one_spelling(counted: Counter[str]) -> Counter[str]:
    """Return the counts of values that differ in capitals only under the most frequent one.

    >>> _of_one_spelling(Counter({"Solved": 2, "solved": 1}))
    Counter({'Solved': 3})
    """
    names: dict[str, str] = {}
    merged = Counter[str]()
    for value, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        merged[names.setdefault(value.casefold(), value)] += count
    return merged
