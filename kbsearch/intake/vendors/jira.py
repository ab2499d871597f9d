"""The comments of Jira: objects in its API and its feeds, "date;author;text" in its CSV."""

from collections.abc import Iterable

from kbsearch.intake.vendors.document import document_text, is_document
from kbsearch.intake.vendors.message import RawMessage, Values, objects, raw_message, role_of
from kbsearch.intake.vendors.paths import value_at
from kbsearch.records.message import Role

_PEOPLE = ("assignee", "reporter")
_ROLES = {"customer": Role.REQUESTER, "app": Role.SYSTEM}


def plain(value: object) -> object:
    """Return a document of Jira as text, anything else as it is."""
    return document_text(value) if is_document(value) else value


def api_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the comments of an issue."""
    reporter = value_at(row, "fields.reporter.accountId", "fields.reporter.name")
    for one in objects(value):
        author = value_at(one, "author.accountId", "author.name")
        role = _ROLES.get(str(value_at(one, "author.accountType"))) or role_of(author, [reporter])
        yield raw_message(
            value_at(one, "author.displayName", "author.name"),
            role,
            one.get("created"),
            plain(one.get("body")),
            public=one.get("jsdPublic") is not False,
        )


def csv_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the comment of one cell; its author is an account, which other columns name."""
    at, _, rest = str(value).partition(";")
    account, _, text = rest.partition(";")
    if not text:
        yield raw_message("", Role.UNKNOWN, None, value)
        return
    role, author = Role.UNKNOWN, account
    for column, known in (("Assignee", Role.AGENT), ("Reporter", Role.REQUESTER)):
        if account in (row.get(column), row.get(f"{column} Id")):
            role, author = known, str(row.get(column) or account)
    yield raw_message(author, role, at, text)


def feed_messages(row: Values, value: object, _column: str) -> Iterable[RawMessage]:
    """Yield the comments of an issue in a feed; the attributes of other columns name accounts."""
    names = {value_at(row, f"_attributes.{column}.username"): row.get(column) for column in _PEOPLE}
    reporter = value_at(row, "_attributes.reporter.username")
    for one in objects(value):
        account = one.get("author")
        author = names.get(account, account)
        yield raw_message(author, role_of(account, [reporter]), one.get("created"), one.get("text"))


def attachment_name(value: object) -> object:
    """Return the name of a file from "date;author;name;address"."""
    parts = str(value).split(";")
    return parts[2] if len(parts) >= 4 else value
