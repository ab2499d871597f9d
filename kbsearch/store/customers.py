"""Which tickets does a customer have, by the number that a ticket shows?"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Text, bindparam, func, literal_column, select

from kbsearch.store.tables import HAS_CUSTOMER, TicketRow, customer_key

Keep = Callable[[Any], bool]
"""Tells of the row of a ticket whether it is wanted."""

_COLUMNS = TicketRow.__table__.c
_FILTERED = tuple(
    _COLUMNS[name] for name in ("id", "product", "status", "category", "kind", "tags", "created_at")
)
"""What a ticket may be kept or left out by."""
_KEY = customer_key(_COLUMNS.customer_reference)
_TYPED = customer_key(bindparam("typed", type_=Text))
# Many searches ask this one, so it is made once.
NUMBERS = (
    select(_COLUMNS.customer_reference)
    .where(_KEY == _TYPED, HAS_CUSTOMER)
    .group_by(_COLUMNS.customer_reference)
    .order_by(_COLUMNS.customer_reference)
)
_OF_NUMBERS = (
    _KEY == _TYPED,
    # An expression, or SQLite would walk through the whole index for this condition.
    (_COLUMNS.customer_reference + literal_column("''")).in_(bindparam("numbers", expanding=True)),
    HAS_CUSTOMER,
)
_COUNT = select(func.count()).where(*_OF_NUMBERS)
_NEWEST = (
    select(*_FILTERED)
    .where(*_OF_NUMBERS)
    .order_by(_COLUMNS.created_at.desc().nulls_last(), _COLUMNS.id.desc())
)


def customer_numbers(connection: Connection, typed: str) -> tuple[str, ...]:
    """Return the customer numbers that a person may have typed, none if no ticket has such a one.

    Case, marks and blanks do not matter. Where that leaves several numbers, and one of them is as
    it was typed except for its case, only that one is meant.
    """
    typed = typed.strip()
    # SQLite folds the case of ASCII letters alone.
    ways = (typed,) if typed.isascii() else (typed, typed.upper(), typed.lower())
    numbers = {one: None for way in ways for one in connection.scalars(NUMBERS, {"typed": way})}
    same = tuple(one for one in numbers if one.casefold() == typed.casefold())
    return same or tuple(numbers)


def newest_of(
    connection: Connection, numbers: tuple[str, ...], *, limit: int, keep: Keep | None
) -> tuple[int, list[int]]:
    """Return how many tickets have one of these customer numbers, and the ids of the newest.

    keep  tells of a row which tickets are wanted, None for all.
    """
    asked = {"typed": numbers[0], "numbers": numbers}
    if keep is None:
        newest = connection.execute(_NEWEST.limit(limit), asked)
        return connection.scalars(_COUNT, asked).one(), [row.id for row in newest]
    kept = [row.id for row in connection.execute(_NEWEST, asked) if keep(row)]
    return len(kept), kept[:limit]
