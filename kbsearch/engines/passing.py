"""Does a ticket pass the filters of a query?"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from kbsearch.records.filters import Filters


def passing(filters: Filters) -> Callable[[Any], bool]:
    """Return what tells of a ticket, or of its row, whether it passes the filters.

    It reads product, status, category, kind, tags and created_at.
    """
    named = {
        "product": filters.products,
        "status": filters.statuses,
        "category": filters.categories,
        "kind": filters.kinds,
    }
    one_of = {name: _folded(values) for name, values in named.items() if values}
    tags = _folded(filters.tags)

    def passes(ticket: Any) -> bool:  # noqa: ANN401 - a ticket or a row, which share no type
        return (
            all(getattr(ticket, name).casefold() in values for name, values in one_of.items())
            and tags <= _folded(ticket.tags)
            and _in_time(ticket.created_at, filters)
        )

    return passes


def _folded(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


def _in_time(created: datetime | None, filters: Filters) -> bool:
    if filters.created_from is None and filters.created_before is None:
        return True
    if created is None:
        return False
    late_enough = filters.created_from is None or created >= filters.created_from
    early_enough = filters.created_before is None or created < filters.created_before
    return late_enough and early_enough
