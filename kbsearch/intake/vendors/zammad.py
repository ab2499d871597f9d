"""The articles of a ticket of Zammad."""

from collections.abc import Iterable

from kbsearch.intake.vendors.message import RawMessage, Values, objects, raw_message
from kbsearch.intake.vendors.paths import value_at
from kbsearch.records.message import Role

_SENDERS = {"Customer": Role.REQUESTER, "Agent": Role.AGENT, "System": Role.SYSTEM}


def messages(_row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the articles."""
    for one in objects(value):
        yield raw_message(
            value_at(one, "from", "created_by"),
            _SENDERS.get(str(one.get("sender")), Role.UNKNOWN),
            one.get("created_at"),
            one.get("body"),
            public=not one.get("internal"),
        )
