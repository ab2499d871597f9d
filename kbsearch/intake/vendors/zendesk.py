"""The comments of a ticket of Zendesk."""

from collections.abc import Iterable

from kbsearch.intake.vendors.message import RawMessage, Values, objects, raw_message
from kbsearch.intake.vendors.paths import value_at, values_at
from kbsearch.records.message import Role

SYSTEM = -1
"""The author of what a rule of Zendesk writes."""


def messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the comments; who is only copied in may be anyone."""
    names = {
        str(value_at(row, f"{who}.id")): value_at(row, f"{who}.name")
        for who in ("requester", "submitter", "assignee")
    }
    requester = value_at(row, "requester.id", "requester_id")
    names.setdefault(str(requester), value_at(row, "via.source.from.name"))
    for one in objects(value):
        author = value_at(one, "author.id", "author_id")
        yield raw_message(
            value_at(one, "author.name") or names.get(str(author)) or author,
            _role(row, author, requester),
            one.get("created_at"),
            value_at(one, "plain_body", "html_body", "body"),
            public=one.get("public") is not False,
        )


def _role(row: Values, author: object, requester: object) -> Role:
    copied = [*values_at(row, "collaborator_ids[]"), *values_at(row, "email_cc_ids[]")]
    if author == SYSTEM:
        return Role.SYSTEM
    if author == requester:
        return Role.REQUESTER
    return Role.UNKNOWN if author in copied or author == "" else Role.AGENT


def tags(value: object) -> object:
    """Return the tags of a CSV, which have blanks between them and none inside."""
    return value.split() if isinstance(value, str) and not set(value) & set(",;|[") else value
