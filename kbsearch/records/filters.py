"""What a ticket must be to count, whatever its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kbsearch.errors import FilterInvalid
from kbsearch.records.ticket import NAME_LIMIT

FILTER_LIMIT = 100
"""Values of one filter: far more than anyone chooses from a list."""
FILTER_FIELDS = {
    "products": "product",
    "statuses": "status",
    "categories": "category",
    "tags": "tag",
    "kinds": "kind",
}
"""What people call the filters of `Filters` that name values."""
COLUMNS = {**FILTER_FIELDS, "tags": "tags"}
"""The field of a ticket that each of these filters looks at."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a ticket must be, whatever its words; an empty filter lets everything pass.

    products, statuses, categories, kinds   any one of them, upper and lower case alike.
    tags                                    all of them.
    created_from, created_before            UTC, the first included, the second not.

    Raises FilterInvalid for more values than FILTER_LIMIT, or one that no ticket could have.
    """

    products: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    created_from: datetime | None = None
    created_before: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what would take long to look for."""
        for name, field_name in FILTER_FIELDS.items():
            if values := getattr(self, name):
                _check_values(field_name, values)


def _check_values(field_name: str, values: Sequence[str]) -> None:
    if len(values) > FILTER_LIMIT:
        raise FilterInvalid(field_name, too_many_values(len(values)))
    if (longest := max(map(len, values))) > NAME_LIMIT:
        raise FilterInvalid(
            field_name,
            f"one of its values has {longest:,} characters, the limit is {NAME_LIMIT}; shorten it.",
        )


def too_many_values(number: int) -> str:
    """Return what is said of a filter with so many values."""
    return f"has {number:,} values, the limit is {FILTER_LIMIT}; leave some out."
