"""The conversations of a ticket of Freshdesk."""

from collections.abc import Iterable

from kbsearch.intake.vendors.message import RawMessage, Values, objects, raw_message
from kbsearch.intake.vendors.paths import value_at
from kbsearch.records.message import Role


def messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the replies and notes; what comes in is from who asked."""
    requester = row.get("requester_id")
    for one in objects(value):
        user = one.get("user_id")
        asked = bool(one.get("incoming")) or user == requester
        name = value_at(row, "requester.name") if user == requester else ""
        yield raw_message(
            name or value_at(one, "user.name", "from_email", "user_id"),
            Role.REQUESTER if asked else Role.AGENT,
            one.get("created_at"),
            value_at(one, "body_text", "body"),
            public=not one.get("private"),
        )
