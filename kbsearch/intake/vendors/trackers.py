"""The notes of issue trackers: Redmine, GitHub and GitLab."""

from collections.abc import Iterable

from kbsearch.intake.vendors.message import RawMessage, Values, objects, raw_message, role_of
from kbsearch.intake.vendors.paths import value_at
from kbsearch.records.message import Role

_STAFF = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""What GitHub calls those who answer."""


def redmine_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the notes of the journals; an entry without notes is a change of fields."""
    asked = value_at(row, "author.id")
    for one in objects(value):
        if one.get("notes"):
            private = bool(one.get("private_notes"))
            role = role_of(value_at(one, "user.id"), [asked])
            author, at = value_at(one, "user.name"), one.get("created_on")
            yield raw_message(author, role, at, one["notes"], public=not private)


def last_note(_row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the one note that a CSV of Redmine has, without its author."""
    yield raw_message("", Role.UNKNOWN, None, value)


def github_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the comments of an issue; what the API has in their place is their number."""
    asked = value_at(row, "user.login", "author.login")
    for one in objects(value):
        author = value_at(one, "user.login", "author.login")
        staff = str(value_at(one, "author_association", "authorAssociation")) in _STAFF
        if value_at(one, "user.type") == "Bot" or str(author).endswith("[bot]"):
            role = Role.SYSTEM
        elif author == asked:
            role = Role.REQUESTER
        else:
            role = Role.AGENT if staff else Role.UNKNOWN
        yield raw_message(author, role, value_at(one, "created_at", "createdAt"), one.get("body"))


def pull_request(row: Values) -> str:
    """Return what a row is that GitHub lists among its issues and is none."""
    return "pull request" if row.get("pull_request") else ""


def gitlab_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the notes of an issue."""
    asked = value_at(row, "author.username")
    for one in objects(value):
        system = bool(one.get("system"))
        role = Role.SYSTEM if system else role_of(value_at(one, "author.username"), [asked])
        internal = bool(one.get("internal") or one.get("confidential"))
        text = value_at(one, "body", "note")
        yield raw_message(
            value_at(one, "author.name"), role, one.get("created_at"), text, public=not internal
        )
